package dev.hearsay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.wire.MessageJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What strangers can do to a network of real peers and seeds with nothing but sockets. */
@Tag("slow")
class SeededEnemiesTest extends SeededRun {

    private static final int WAITING_CONNECTIONS = 1_500;
    private static final int NOISY_CONNECTIONS = 500;

    private final MessageJson json = new MessageJson();
    private final List<Socket> strangers = new ArrayList<>();

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        strangers.add(socket);
        return socket;
    }

    /** Writes what the other end takes of this; it may have heard enough before the end. */
    private Socket write(int port, byte[] bytes) throws IOException {
        Socket socket = connect(port);
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe");
        }
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
    }

    private byte[] request(Ed25519 keys, NodeId peer, long incarnation) {
        Statement statement = new Statement(Change.REGISTER, peer, incarnation, keys.publicKey());
        return json.writeLine(
                peer, new RegistrationProtocol.RegisterRequest(statement, keys.sign(statement.request()), ""));
    }

    @Test
    void strangersCanNeitherRegisterFalselyNorHoldTheNetworkUp() throws Exception {
        gossip.line("start-network --seeds 1 --peers 2 --gossip-count 0 --ping-interval 300ms" + ports())
                .ok();
        awaitAgreed("1=member 1", "2=member 1");
        try {
            refusesFalseRegistrations();
            holdsOutAgainstNoise();
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    private void refusesFalseRegistrations() throws Exception {
        Ed25519 keys = Ed25519.generate();
        NodeId nobody = NodeId.parse(peer(8));
        write(seedPort, request(keys, nobody, 1));
        Gossip.await(
                "the refusal of an address where nobody listens",
                () -> !greps(
                                "outputfile.txt",
                                "OUTCOME — REJECTED: Peer " + nobody + " .*nobody at .* proves to hold that key")
                        .isEmpty());
        NodeId victim = NodeId.parse(peer(1));
        write(seedPort, request(keys, victim, 2));
        Gossip.await(
                "the refusal of somebody else's address",
                () -> !greps(
                                "outputfile.txt",
                                "OUTCOME — REJECTED: Peer " + victim + " .*nobody at .* proves to hold that key")
                        .isEmpty());

        // The one who asks is told why; answers go to the address that the request is about.
        try (ServerSocket mine = new ServerSocket(peerPort + 8, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            NodeId self = new NodeId("127.0.0.1", mine.getLocalPort());
            byte[] forged = request(Ed25519.generate(), self, 1);
            String other = new String(forged, UTF_8)
                    .replaceFirst("\"key\":\"[0-9a-f]{64}\"", "\"key\":\"" + keys.publicKey() + "\"");
            write(seedPort, other.getBytes(UTF_8));
            assertThat(nack(mine)).contains("the request is not signed with the key it names");
        }
        assertThat(agreed()).hasSize(2).containsEntry("1", "member 1").containsEntry("2", "member 1");
    }

    private static String nack(ServerSocket mine) throws IOException {
        mine.setSoTimeout(20_000);
        while (true) {
            try (Socket caller = mine.accept()) {
                caller.setSoTimeout(20_000);
                String line = answer(caller);
                if (line != null && line.contains("REGISTER_NACK")) {
                    return line;
                }
            }
        }
    }

    private void holdsOutAgainstNoise() throws Exception {
        List<Integer> ports = List.of(seedPort, seedPort + 10_000, peerPort);
        for (int port : ports) {
            byte[] tooLong = ("{\"from\":\"" + "x".repeat(10 << 20)).getBytes(UTF_8);
            assertThat(answer(write(port, tooLong))).contains("ERROR");
            assertThat(answer(write(port, "\0\1\2 noise\n".getBytes(UTF_8))))
                    .contains("neither a JSON object nor HTTP");
            assertThat(answer(write(port, "{\"type\":\"BRIBE\"}\n".getBytes(UTF_8))))
                    .contains("ERROR");
        }
        for (int i = 0; i < WAITING_CONNECTIONS; i++) {
            int port = ports.get(i % ports.size());
            if (i % 2 == 0) {
                connect(port);
            } else {
                write(port, "{\"from\":\"127.0.0.1:1\",\"ty".getBytes(UTF_8));
            }
        }
        for (int i = 0; i < NOISY_CONNECTIONS; i++) {
            write(ports.get(i % ports.size()), "{\"nonsense\":\u001B[31m]\n".getBytes(UTF_8));
        }
        gossip.line("send-message 1 through-the-noise --wait").ok();
        gossip.line("start-peers 1").ok();
        awaitAgreed("1=member 1", "2=member 1", "3=member 1");
        gossip.awaitMessage(3, "through-the-noise");
        assertThat(greps("outputfile.txt", "Refused: "))
                .as("a few lines, not one for each")
                .isNotEmpty()
                .hasSizeLessThan(60)
                .allMatch(line -> line.length() < 300 && !line.contains("\u001B"));
    }
}
