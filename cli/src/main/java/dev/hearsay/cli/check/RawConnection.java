package dev.hearsay.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.transport.Addresses;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A bare TCP connection to a node, on which anything can be said. */
final class RawConnection implements AutoCloseable {

    static final String ACCEPTED = "{\"type\":\"ACCEPTED\"}";
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(NodeId node) throws IOException {
        this(node.host(), node.port());
    }

    RawConnection(String host, int port) throws IOException {
        socket = Addresses.connect(host, port, CONNECT_MILLIS);
        try {
            socket.setSoTimeout(READ_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    RawConnection say(String text) throws IOException {
        return say(text.getBytes(UTF_8));
    }

    RawConnection say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next line without its line break; what is left if the connection ends before there is one. */
    String line() throws IOException {
        return line(in);
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(UTF_8);
    }

    /** Whether the node has nothing more to say and has closed the connection. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
