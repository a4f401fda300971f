package dev.hearsay.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer made by hand: a key, a listener and a socket. By itself it answers pings and nothing else; all it says beside is what a check has it say, in
 * its own name or another's.
 */
final class HandmadePeer implements AutoCloseable {

    private final NodeId address;
    private final SeedConfig config;
    private final Ed25519 keys = Ed25519.generate();
    private final ServerSocket listener;
    private final List<MessageJson.Line> heard = new ArrayList<>();
    private volatile Statement life;

    HandmadePeer(NodeId address, SeedConfig config) throws IOException {
        this.address = address;
        this.config = config;
        this.life = life(1);
        this.listener = new ServerSocket(address.port(), 50, InetAddress.ofLiteral(address.host()));
        Thread.ofVirtual().start(this::listen);
    }

    NodeId address() {
        return address;
    }

    Ed25519 keys() {
        return keys;
    }

    /** The statement that registers it. */
    Statement life(long incarnation) {
        return new Statement(Statement.Change.REGISTER, address, incarnation, keys.publicKey());
    }

    /** Its request to be registered in that life, which it lives from now on. */
    RegistrationProtocol.RegisterRequest request(long incarnation) {
        life = life(incarnation);
        return request(life);
    }

    /** A request, signed with its own key, whatever it says. */
    RegistrationProtocol.RegisterRequest request(Statement statement) {
        return new RegistrationProtocol.RegisterRequest(statement, keys.sign(statement.request()), "");
    }

    // --- Listening ---------------------------------------------------------------------------------------------------

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofVirtual().start(() -> read(connection));
            }
        } catch (IOException closed) {
            // That is how it ends.
        }
    }

    private void read(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean isAccepted = false;
            for (String line = RawConnection.line(in); !line.isEmpty(); line = RawConnection.line(in)) {
                MessageJson.Line read = new MessageJson().readLine(line.getBytes(UTF_8));
                if (!isAccepted) {
                    isAccepted = true;
                    connection.getOutputStream().write((RawConnection.ACCEPTED + "\n").getBytes(UTF_8));
                }
                synchronized (heard) {
                    heard.add(read);
                }
                if (read.message() instanceof HeartbeatProtocol.Ping(long number)) {
                    boolean isSeed = config.seeds().containsKey(read.from());
                    send(
                            read.from(),
                            new HeartbeatProtocol.Pong(number, isSeed ? keys.sign(life.proofOfLife(number)) : null));
                }
            }
        } catch (IOException | WireException gone) {
            // Whoever broke off, or spoke another language, is not waited for.
        }
    }

    /** The messages of one kind that it has been sent. */
    <M extends Message> List<M> heard(Class<M> kind) {
        synchronized (heard) {
            return heard.stream()
                    .map(MessageJson.Line::message)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
        }
    }

    void forget() {
        synchronized (heard) {
            heard.clear();
        }
    }

    // --- Speaking ----------------------------------------------------------------------------------------------------

    /**
     * Says something to a peer, or to a seed at its port for peers; returns when the first message has been handed to the node.
     *
     * @throws IOException if the node does not accept it
     */
    void send(NodeId to, Message... messages) throws IOException {
        say(address, to, to.port(), messages);
    }

    /** Says something as if it were another node. */
    static void sendAs(NodeId from, NodeId to, Message... messages) throws IOException {
        say(from, to, to.port(), messages);
    }

    /** Says something to a seed at its port for seeds, in the name of another seed. */
    void sendAsSeed(NodeId from, NodeId to, Message... messages) throws IOException {
        say(from, to, config.seedPort(to), messages);
    }

    private static void say(NodeId from, NodeId to, int port, Message... messages) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Message message : messages) {
            lines.writeBytes(new MessageJson().writeLine(from, message));
        }
        try (RawConnection connection = new RawConnection(to.host(), port)) {
            String answer = connection.say(lines.toByteArray()).line();
            if (!answer.equals(RawConnection.ACCEPTED)) {
                throw new IOException(to + " answered '" + answer + "'");
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
