package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A stranger with {@code nc}. */
final class Netcat implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    Netcat(NodeId node) throws IOException {
        this(node.host(), node.port());
    }

    Netcat(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    Netcat say(String text) throws IOException {
        return say(text.getBytes(UTF_8));
    }

    Netcat say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Ends this side's direction, as {@code nc -N} does at the end of its input. */
    Netcat end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The next line without its line break; what is left if the connection ends before there is one. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(UTF_8);
    }

    /** Whether something has come that was not read yet. */
    boolean hasAnswer() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the connection ends. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    byte[] read(int bytes) throws IOException {
        return in.readNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
