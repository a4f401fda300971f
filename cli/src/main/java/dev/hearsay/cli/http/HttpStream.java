package dev.hearsay.cli.http;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer that goes on for as long as the connection does (RFC 9112). Written here because an {@code
 * HttpURLConnection} cannot be closed while somebody waits for its next byte, and that is how such a stream ends.
 */
final class HttpStream implements AutoCloseable {

    private static final int LINE_MAX = 1 << 16;

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
     * Sends a GET and reads the answer's head.
     *
     * @param address {@code host:port}
     * @param answerMillis how long to wait for a connection, and then for the head of the answer
     * @param silenceMillis how long its body may be silent
     */
    static HttpStream get(String address, String path, Map<String, String> headers, int answerMillis, int silenceMillis)
            throws IOException {
        int colon = address.lastIndexOf(':');
        var host = InetAddress.getByName(address.substring(0, colon).replaceAll("[\\[\\]]", ""));
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(answerMillis);
            socket.connect(new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), answerMillis);
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\n");
            headers.forEach((name, value) ->
                    request.append(name).append(": ").append(value).append("\r\n"));
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            HttpStream stream = head(socket, new BufferedInputStream(socket.getInputStream()));
            socket.setSoTimeout(silenceMillis);
            return stream;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static HttpStream head(Socket socket, InputStream in) throws IOException {
        String[] words = line(in).split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        boolean isChunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            isChunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return new HttpStream(socket, in, Integer.parseInt(words[1]), isChunked ? new Chunks(in) : in);
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

    /** A body that comes in chunks, each after its length. */
    private static final class Chunks extends InputStream {
        private final InputStream in;
        private long left;
        private boolean isFirst = true;
        private boolean isOver;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte @Nullable [] bytes, int offset, int length) throws IOException {
            if (left == 0 && !isOver) {
                nextChunk();
            }
            if (isOver) {
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
