package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.Ports;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.wire.MessageJson;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpTransportTest extends TransportContract {

    private static final String ACCEPTED = "{\"type\":\"ACCEPTED\"}";
    private static final String PING = "{\"from\":\"127.0.0.1:1\",\"type\":\"PING\",\"number\":7}";
    private static final RecordingReceiver.Got GOT_PING =
            new RecordingReceiver.Got(new NodeId("127.0.0.1", 1), new HeartbeatProtocol.Ping(7));

    private final Map<NodeId, Integer> seedPorts = new ConcurrentHashMap<>();

    @Override
    Transport transport(Loops onLoops) {
        return new TcpTransport(
                onLoops.vertx(),
                node -> seedPorts.getOrDefault(node, TcpTransport.NO_SEED),
                self -> (request, host) ->
                        new Problem(404, "Not found", "No pages here.", "").answer(request.response()));
    }

    @Override
    List<byte[]> garbage() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        return List.of(
                noise,
                new byte[100],
                "hello\r\n".getBytes(UTF_8),
                "GE".getBytes(UTF_8),
                "GET nonsense\r\n\r\n".getBytes(UTF_8),
                "{not JSON at all}\n".getBytes(UTF_8),
                "\n \n\r\n".getBytes(UTF_8),
                "{\"from\":\"127.0.0.1:7001\",\"type\":\"NOISE\"}\n".getBytes(UTF_8),
                "{\"from\":\"nobody\",\"type\":\"LEAVE\"}\n".getBytes(UTF_8),
                PING.substring(0, 20).getBytes(UTF_8));
    }

    @Override
    byte[] half(NodeId to) {
        return "{\"from\":".getBytes(UTF_8);
    }

    // --- What strangers write by hand --------------------------------------------------------------------------------

    @Test
    void takesLinesWrittenByHand() throws IOException {
        Peer a = peer().open();
        try (Netcat nc = new Netcat(a.id)) {
            nc.say(PING + "\n");
            assertThat(nc.line()).isEqualTo(ACCEPTED);
            nc.say("\n\r\n{\"type\":\"LEAVE\",\"new\":[{}],\"from\":\"127.0.0.1:2\"}\r\n" + PING + "\n");
            assertThat(nc.end().rest()).isEmpty();
        }
        assertThat(a.receiver.got)
                .containsExactly(
                        GOT_PING,
                        new RecordingReceiver.Got(new NodeId("127.0.0.1", 2), new LinkProtocol.Leave()),
                        GOT_PING);
        assertThat(a.receiver.refused).isEmpty();
    }

    @Test
    void unfinishedLinesCountTowardsWhatTheProcessMayRead() throws IOException {
        MemoryBudget.Account incoming = MemoryBudget.ofProcess().incoming();
        long others = incoming.max() - (1 << 20);
        Peer a = peer().open();
        incoming.add(others);
        try (Netcat small = new Netcat(a.id);
                Netcat nc = new Netcat(a.id)) {
            byte[] beginning = new byte[2 << 20];
            Arrays.fill(beginning, (byte) ' ');
            beginning[0] = '{';
            small.say("{");
            Await.until("it has come", () -> incoming.used() > others);
            nc.say(beginning);
            assertThat(nc.line()).contains("too much is coming in at once");
            small.say("}\n");
            assertThat(small.line()).as("it is read to its end").contains("'from' is missing");
            Await.until("nothing of it is left", () -> incoming.used() == others);
        } finally {
            incoming.add(-others);
        }
    }

    @Test
    void aLineMayComeInManyPieces() throws IOException {
        Peer a = peer().open();
        try (Netcat nc = new Netcat(a.id)) {
            for (byte b : (" " + PING + "\r\n" + PING + "\n").getBytes(UTF_8)) {
                nc.say(new byte[] {b});
            }
            assertThat(nc.line()).isEqualTo(ACCEPTED);
            assertThat(nc.end().rest()).isEmpty();
        }
        assertThat(a.receiver.got).containsExactly(GOT_PING, GOT_PING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                  | 'from' is missing",
                "{\"type\":\"PING\",\"number\":1}                    | 'from' is missing",
                "{\"from\":\"127.0.0.1:1\"}                          | 'type' is missing",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"NOISE\"}       | 'NOISE' is not a type of message",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"PING\"}        | 'number' is missing",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"LEAVE\"}x      | not JSON",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"LEAVE\"}{}     | something follows the JSON object",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"LEAVE          | not JSON",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"LEAVE\",\"x\":\"\u00ff\"} | a line must be UTF-8",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"LEAVE\"\u0000} | a line must not contain a zero byte",
                "{\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ | not JSON",
                "{\"from\":\"127.0.0.1:1\",\"type\":\"SYNC\",\"seedKey\":\"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968"
                        + "cc0cd55f12af4660c\",\"edition\":\"0000000000000000\",\"revision\":0} | SYNC is for seeds",
                "hello                                               | neither a JSON object nor HTTP",
                "[]                                                  | neither a JSON object nor HTTP",
            })
    void aBadLineCostsItsConnectionOneLineThatSaysWhy(String line, String reason) throws IOException {
        Peer a = peer().open();
        try (Netcat other = new Netcat(a.id);
                Netcat nc = new Netcat(a.id)) {
            other.say(PING + "\n");
            assertThat(other.line()).isEqualTo(ACCEPTED);
            nc.say((line + "\n" + PING + "\n").getBytes(ISO_8859_1));
            assertThat(nc.line())
                    .startsWith("{\"type\":\"ERROR\",\"reason\":\"")
                    .contains(reason)
                    .doesNotContain("retry");
            assertThat(nc.rest()).isEmpty();
            other.say(PING + "\n");
            assertThat(other.end().rest()).isEmpty();
        }
        assertThat(a.receiver.got).containsExactly(GOT_PING, GOT_PING);
        assertThat(a.receiver.refused).singleElement().asString().contains(reason);
    }

    @Test
    void whatCameBeforeABadLineCounts() throws IOException {
        Peer a = peer().open();
        try (Netcat nc = new Netcat(a.id)) {
            nc.say(PING + "\n{}\n" + PING + "\n");
            assertThat(nc.line()).isEqualTo(ACCEPTED);
            assertThat(nc.rest()).contains("'from' is missing");
        }
        assertThat(a.receiver.got).containsExactly(GOT_PING);
    }

    @Test
    void aLineThatBreaksOffIsRefused() throws IOException {
        Peer a = peer().open();
        try (Netcat nc = new Netcat(a.id)) {
            assertThat(nc.say(PING).end().rest()).contains("the last line has no line break");
        }
        assertThat(a.receiver.got).isEmpty();
    }

    @Test
    void takesTheLargestPayloadAndNoLongerLine() throws IOException {
        Peer a = peer().open();
        Message large = new RumorProtocol.Gossip(carried(
                a.id,
                new Random(2)
                        .ints(1 << 20, 0, 256)
                        .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::write, (x, y) -> {})
                        .toByteArray()));
        try (Netcat nc = new Netcat(a.id)) {
            nc.say(new MessageJson().writeLine(a.id, large));
            assertThat(nc.line()).isEqualTo(ACCEPTED);
            byte[] endless = new byte[MessageJson.MESSAGE_BYTES_MAX + (1 << 20)];
            Arrays.fill(endless, (byte) ' ');
            assertThat(nc.say(endless).rest())
                    .contains("a line of more than " + MessageJson.MESSAGE_BYTES_MAX + " bytes");
        }
        assertThat(a.receiver.got).extracting(RecordingReceiver.Got::message).containsExactly(large);
    }

    @Test
    void whoSaysNothingWholeForLongIsSentAway() throws IOException {
        Peer a = peer();
        Transport impatient = new TcpTransport(
                loops.vertx(),
                node -> TcpTransport.NO_SEED,
                BindAddress.OWN,
                self -> (request, host) -> {},
                1_000_000_000L,
                TcpTransport.CONNECTIONS_MAX);
        a.loop.call(() -> impatient.open(a.loop, a.id, a.receiver))
                .compose(opened -> opened)
                .await();
        try (Netcat silent = new Netcat(a.id);
                Netcat slow = new Netcat(a.id)) {
            slow.say(PING + "\n{");
            assertThat(slow.line()).isEqualTo(ACCEPTED);
            assertThat(silent.rest()).contains("no whole message for 1 s");
            assertThat(slow.rest()).contains("no whole message for 1 s");
        }
    }

    @Test
    void strangersWhoAreAnsweredLaterAreAnsweredWhereTheyAsked() throws IOException {
        Peer a = peer().open();
        try (ServerSocket addresses = new ServerSocket(0, 1024);
                Netcat nc = new Netcat(a.id)) {
            List<NodeId> names = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                names.add(new NodeId("127.9." + i / 250 + "." + (1 + i % 250), addresses.getLocalPort()));
            }
            a.receiver.strangers.addAll(names);
            for (NodeId name : names) {
                nc.say("{\"from\":\"" + name + "\",\"type\":\"PING\",\"number\":7}\n");
            }
            Await.until("all have asked", () -> a.receiver.got.size() == names.size());
            // As after a commit.
            for (NodeId name : names) {
                a.send(name, new HeartbeatProtocol.Pong(7));
            }
            for (int answers = 0; answers < 700; answers++) {
                String line = nc.line();
                assertThat(line).containsAnyOf("ACCEPTED", "PONG");
            }
            addresses.setSoTimeout(1000);
            List<Socket> called = new ArrayList<>();
            try {
                while (true) {
                    called.add(addresses.accept());
                }
            } catch (SocketTimeoutException e) {
                assertThat(called).as("links to strangers").hasSizeLessThanOrEqualTo(64);
            } finally {
                for (Socket one : called) {
                    one.close();
                }
            }
        }
    }

    @Test
    void whoSaysNothingGivesWay() throws IOException {
        demandThatWhoSaysNothingGivesWay(new TcpTransport(
                loops.vertx(),
                node -> TcpTransport.NO_SEED,
                BindAddress.OWN,
                self -> (request, host) -> {},
                TcpTransport.SILENCE_NANOS_MAX,
                8));
    }

    @Test
    void aNodeThatStartsAsksToTryAgain() throws IOException {
        Peer a = peer().open();
        a.receiver.isOpen = false;
        try (Netcat nc = new Netcat(a.id)) {
            assertThat(nc.say(PING + "\n").rest())
                    .isEqualTo(
                            "{\"type\":\"ERROR\",\"reason\":\"the node is starting or paused; try again in a moment\","
                                    + "\"retry\":true}\n");
        }
        assertThat(a.receiver.refused).isEmpty();
    }

    @Test
    void writesLinesToWhoeverListens() throws IOException {
        Peer a = peer().open();
        NodeId stranger = addresses.get(3);
        try (ServerSocket server = new ServerSocket(stranger.port(), 1, InetAddress.getByName(stranger.host()))) {
            a.send(stranger, new HeartbeatProtocol.Pong(7, null));
            try (Socket connection = server.accept()) {
                var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
                assertThat(lines.readLine()).isEqualTo("{\"from\":\"" + a.id + "\",\"type\":\"PONG\",\"number\":7}");
                // It says nothing, as nc would not; silence is consent, though no confirmation.
                a.send(stranger, new LinkProtocol.Leave());
                assertThat(lines.readLine()).isEqualTo("{\"from\":\"" + a.id + "\",\"type\":\"LEAVE\"}");
                Await.until("nothing waits", () -> a.queued() == 0);
                assertThat(a.receiver.linked).isEmpty();
                connection.getOutputStream().write((ACCEPTED + "\n").getBytes(UTF_8));
                Await.until("the confirmation", () -> !a.receiver.linked.isEmpty());
                connection.getOutputStream().write("{\"type\":\"ERROR\",\"reason\":\"no\\nmore\"}\n".getBytes(UTF_8));
                Await.until("the complaint", () -> !a.receiver.refused.isEmpty());
            }
        }
        assertThat(a.receiver.refused).containsExactly(stranger + " refused what it was sent: no more");
    }

    @Test
    void reportsAPeerThatSpeaksSomethingElse() throws IOException {
        Peer a = peer().open();
        NodeId other = addresses.get(3);
        try (ServerSocket server = new ServerSocket(other.port(), 1, InetAddress.getByName(other.host()))) {
            a.send(other, new HeartbeatProtocol.Ping(1));
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(UTF_8));
                Await.until("a complaint", () -> !a.receiver.refused.isEmpty());
            }
        }
        assertThat(a.receiver.refused.peek()).startsWith(other + " does not answer as a node: not a JSON object");
    }

    @Test
    void aPeerThatNeverReadsCostsBoundedMemory() throws IOException {
        Peer a = peer().open();
        Peer b = peer().open();
        NodeId mute = addresses.get(3);
        int large = 64;
        try (ServerSocket server = new ServerSocket(mute.port(), 1, InetAddress.getByName(mute.host()))) {
            a.send(mute, new HeartbeatProtocol.Ping(1));
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write((ACCEPTED + "\n").getBytes(UTF_8));
                Await.until("the link", () -> a.receiver.linked.contains(mute));
                RumorProtocol.Gossip message = new RumorProtocol.Gossip(carried(a.id, new byte[1 << 20]));
                for (int i = 0; i < large; i++) {
                    a.send(mute, message);
                }
                // What neither the outbox nor the connection has room for is dropped.
                Await.until("something is dropped", () -> a.receiver.overflowed.get() > large / 4);
                assertThat(a.queued()).isLessThan(large / 2);
                a.send(b, numbered(1, 1000));
                Await.until("what the other peer is sent", () -> b.receiver.got.size() == 1000);
            }
        }
    }

    // --- The two ports of a seed -------------------------------------------------------------------------------------

    private Peer seed() {
        Peer seed = peer();
        seedPorts.put(seed.id, Ports.free().port());
        return seed;
    }

    private static final String SYNC = "{\"from\":\"127.0.0.1:1\",\"type\":\"SYNC\",\"seedKey\":\""
            + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c\",\"edition\":\"0000000000000000\","
            + "\"revision\":0}\n";

    @Test
    void whatIsBetweenSeedsHasAPortOfItsOwn() throws IOException {
        Peer seed = seed().open();
        int seedPort = seedPorts.get(seed.id);
        try (Netcat nc = new Netcat(seed.id)) {
            assertThat(nc.say(SYNC).rest()).contains("SYNC belongs on the seeds' port " + seedPort);
        }
        try (Netcat nc = new Netcat(seed.id.host(), seedPort)) {
            assertThat(nc.say(SYNC).line()).isEqualTo(ACCEPTED);
        }
        try (Netcat nc = new Netcat(seed.id.host(), seedPort)) {
            assertThat(nc.say("GET / HTTP/1.1\r\n\r\n").rest()).contains("HTTP is answered at " + seed.id);
        }
        Await.until("the message", () -> seed.receiver.got.size() == 1);
    }

    @Test
    void seedsMeetAtTheSeedsPortAndPeersAtTheOther() throws IOException {
        Peer seed = seed().open();
        Peer peer = peer().open();
        Peer other = seed();
        int seedPort = seedPorts.get(other.id);
        InetAddress host = InetAddress.getByName(other.id.host());
        try (ServerSocket forPeers = new ServerSocket(other.id.port(), 5, host);
                ServerSocket forSeeds = new ServerSocket(seedPort, 5, host)) {
            seed.send(other, new HeartbeatProtocol.Ping(1));
            peer.send(other, new HeartbeatProtocol.Ping(2));
            assertThat(firstLine(forSeeds)).contains("\"number\":1");
            assertThat(firstLine(forPeers)).contains("\"number\":2");
        }
        seed.send(peer, new HeartbeatProtocol.Ping(3));
        Await.until(
                "it",
                () -> peer.receiver.got.stream().anyMatch(got -> got.message().equals(new HeartbeatProtocol.Ping(3))));
    }

    private static String firstLine(ServerSocket server) throws IOException {
        try (Socket connection = server.accept()) {
            return new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8)).readLine();
        }
    }

    @Test
    void aSeedNeedsBothPortsAndGivesBothBack() throws IOException {
        Peer seed = seed();
        int seedPort = seedPorts.get(seed.id);
        try (ServerSocket rival = new ServerSocket(seedPort, 1, InetAddress.getByName(seed.id.host()))) {
            assertThat(rival.isBound()).isTrue();
            assertThatThrownBy(seed::open)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.isPortTaken()).isTrue())
                    .hasMessage("port " + seedPort + " is already in use");
        }
        for (int i = 0; i < 3; i++) {
            seed.open();
            seed.close();
        }
        seed.open();
        Peer rival = peer();
        seedPorts.put(rival.id, seedPort);
        assertThatThrownBy(rival::open).hasMessage("port " + seedPort + " is already in use");
        seedPorts.remove(rival.id);
        rival.open();
    }

    // --- Many --------------------------------------------------------------------------------------------------------

    @Test
    void aThousandNodesFitInOneProcess() {
        List<Peer> ring = new ArrayList<>();
        for (NodeId address : Ports.free(1000)) {
            ring.add(new Peer(address, loops.of(ring.size())).open());
        }
        for (int i = 0; i < ring.size(); i++) {
            ring.get(i).send(ring.get((i + 1) % ring.size()), new AntiEntropyProtocol.Summary(i, 0, 0));
        }
        for (int i = 0; i < ring.size(); i++) {
            Peer peer = ring.get((i + 1) % ring.size());
            long number = i;
            Await.until("message " + number, () -> peer.receiver.numbers().equals(List.of(number)));
            Await.until(
                    "confirmation", () -> ring.get((int) number).receiver.linked.contains(peer.id));
        }
    }
}
