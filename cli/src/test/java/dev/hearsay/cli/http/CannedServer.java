package dev.hearsay.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same bytes, in pieces of a given size, and leaves it open until it is closed. */
final class CannedServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    CannedServer(String answer, int pieceBytes, boolean isClosing) throws IOException {
        server = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    heads.add(head(socket));
                    for (int at = 0; at < bytes.length; at += pieceBytes) {
                        socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
                        socket.getOutputStream().flush();
                    }
                    if (isClosing) {
                        socket.close();
                    }
                }
            } catch (SocketException e) {
                // Closed, as every server is one day.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String head(Socket socket) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What was asked, the head of each request. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
