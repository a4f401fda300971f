package dev.hearsay.cli.http;

import dev.hearsay.live.transport.Addresses;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request and its answer, which may go on for as long as the connection does (RFC 9112). Written here because an {@code
 * HttpURLConnection} cannot be closed while somebody waits for its next byte, and that is how such a stream ends; and because it tries one
 * address of a name only, and may send a request twice; and because the first request of {@code java.net.http} takes 0.3 s of processor time, where this
 * takes next to none.
 */
final class HttpStream implements AutoCloseable {

    private static final int LINE_MAX = 1 << 16;
    private static final int CONNECT_MILLIS = 3_000;

    private final Socket socket;
    private final InputStream in;
    private final int status;
    private final InputStream body;

    private HttpStream(Socket socket, InputStream in, int status, InputStream body) {
        this.socket = socket;
        this.in = in;
        this.status = status;
        this.body = body;
    }

    /**
     * Sends a request and reads the answer's head.
     *
     * @param address {@code host:port}
     * @param body null for none
     * @param answerMillis how long to wait for the head of the answer
     * @param silenceMillis how long its body may be silent
     */
    static HttpStream send(
            String method,
            String address,
            String path,
            Map<String, String> headers,
            byte @Nullable [] body,
            int answerMillis,
            int silenceMillis)
            throws IOException {
        int colon = address.lastIndexOf(':');
        Socket socket = Addresses.connect(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), CONNECT_MILLIS);
        try {
            socket.setSoTimeout(answerMillis);
            socket.setTcpNoDelay(true);
            StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + address);
            request.append("\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            byte[] content = body == null ? new byte[0] : body;
            if (body != null) {
                request.append("Content-Length: ").append(content.length).append("\r\n");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(content);
            HttpStream stream = answer(socket, bytes.toByteArray());
            socket.setSoTimeout(silenceMillis);
            return stream;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Who refuses a body without reading all of it answers, and closes: then that answer counts. */
    private static HttpStream answer(Socket socket, byte[] request) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        try {
            socket.getOutputStream().write(request);
        } catch (IOException broken) {
            try {
                return head(socket, in);
            } catch (IOException silent) {
                throw broken;
            }
        }
        return head(socket, in);
    }

    private static HttpStream head(Socket socket, InputStream in) throws IOException {
        String[] words = line(in).split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        boolean isChunked = false;
        long length = words[1].equals("204") ? 0 : -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            isChunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
            if (lower.matches("content-length:\\s*\\d{1,18}\\s*")) {
                length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        InputStream body = isChunked || length >= 0 ? new Chunks(in, isChunked ? -1 : length) : in;
        return new HttpStream(socket, in, Integer.parseInt(words[1]), body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed");
            }
            if (line.length() > LINE_MAX) {
                throw new IOException("the answer is not HTTP");
            }
            line.append((char) b);
        }
        int length = line.length();
        line.setLength(length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
        return line.toString();
    }

    int status() {
        return status;
    }

    InputStream body() {
        return body;
    }

    /** Ends it; whoever waits for its next byte is told so. */
    @Override
    public void close() {
        try {
            socket.close();
            in.close();
        } catch (IOException ignored) {
            // It is closed, one way or the other.
        }
    }

    /** A body that comes in chunks, each after its length, or in one whose length is known. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private final boolean isOnlyOne;
        private long left;
        private boolean isFirst = true;
        private boolean isOver;

        /** The body whose length this is; negative if it is before each chunk. */
        Chunks(InputStream in, long length) {
            this.in = in;
            this.isOnlyOne = length >= 0;
            this.left = Math.max(0, length);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte @Nullable [] bytes, int offset, int length) throws IOException {
            if (left == 0 && !isOver && !isOnlyOne) {
                nextChunk();
            }
            if (isOver || left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the connection was closed");
            }
            left -= count;
            return count;
        }

        private void nextChunk() throws IOException {
            if (!isFirst) {
                line(in);
            }
            isFirst = false;
            String size = line(in);
            int end = size.indexOf(';');
            try {
                left = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
            } catch (NumberFormatException e) {
                throw new IOException("the answer is not HTTP", e);
            }
            isOver = left == 0;
        }
    }
}
