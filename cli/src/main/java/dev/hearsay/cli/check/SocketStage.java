package dev.hearsay.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.wire.MessageJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** TCP and the framing of JSON lines: who listens where, what is taken, and what garbage costs. */
final class SocketStage implements Stage {

    private static final String PING = "{\"from\":\"127.0.0.1:1\",\"type\":\"PING\",\"number\":7}\n";
    private static final String ERROR = "{\"type\":\"ERROR\"";

    @Override
    public String title() {
        return "Socket testing";
    }

    @Override
    public Plan plan() {
        return new Plan(2, 1, 0);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("every process listens on its address", this::listens),
                new Check("a running node's port cannot be bound by another", this::isBound),
                new Check("a well-formed line is accepted", this::accepts),
                new Check("several lines in one piece, and one line in many", this::frames),
                new Check("a message is answered at the sender's own address", this::answers),
                new Check("a broken line gets one ERROR line and costs only its connection", this::refusesGarbage),
                new Check("a line without end gets one ERROR line and costs only its connection", this::refusesEndless),
                new Check("a seed listens for peers and for seeds on two ports", this::hasTwoListeners),
                new Check("a port is free after its node has stopped, and taken again", this::reusesPort));
    }

    private String listens(TestNetwork network) throws IOException {
        List<String> found = new ArrayList<>();
        List<NodeId> all = new ArrayList<>(network.seeds());
        all.addAll(network.peers());
        for (NodeId node : all) {
            long startedNanos = System.nanoTime();
            try (RawConnection _ = new RawConnection(node)) {
                found.add(node + " in " + TestNetwork.since(startedNanos));
            }
        }
        return String.join(", ", found);
    }

    private String isBound(TestNetwork network) throws CheckFailure {
        int port = network.peer(1).port();
        CheckFailure.unless(!TestNetwork.isFree(port), "port " + port + " could be bound");
        return "port " + port + " is refused to a second listener";
    }

    private String accepts(TestNetwork network) throws IOException, CheckFailure {
        List<String> found = new ArrayList<>();
        for (NodeId node : List.of(network.seed(1), network.peer(1))) {
            try (RawConnection connection = new RawConnection(node)) {
                String answer = connection.say(PING).line();
                CheckFailure.unless(answer.equals(RawConnection.ACCEPTED), node + " answered '" + answer + "'");
                found.add(node + " ACCEPTED");
            }
        }
        return String.join(", ", found);
    }

    private String frames(TestNetwork network) throws Exception {
        HandmadePeer stranger = network.stranger();
        String start = "{\"from\":\"" + stranger.address() + "\",\"type\":\"PING\",\"number\":";
        try (RawConnection connection = new RawConnection(network.seed(1))) {
            connection.say(start + "11}\n\r\n" + start + "12}\r\n");
            for (byte b : (start + "13}\n").getBytes(UTF_8)) {
                connection.say(new byte[] {b});
            }
            return network.await(() -> {
                List<Long> numbers = stranger.heard(HeartbeatProtocol.Pong.class).stream()
                        .map(HeartbeatProtocol.Pong::number)
                        .toList();
                CheckFailure.unless(
                        numbers.equals(List.of(11L, 12L, 13L)), "answers to " + numbers + ", not [11, 12, 13]");
                return "3 messages, the last in " + (start.length() + 4) + " pieces, 3 answers";
            });
        }
    }

    private String answers(TestNetwork network) throws Exception {
        HandmadePeer stranger = network.stranger();
        long startedNanos = System.nanoTime();
        stranger.send(network.seed(1), new HeartbeatProtocol.Ping(7));
        return network.await(() -> {
            CheckFailure.unless(
                    stranger.heard(HeartbeatProtocol.Pong.class).stream().anyMatch(pong -> pong.number() == 7),
                    "no PONG 7 at " + stranger.address());
            return "PING 7 to " + network.seed(1) + ", PONG 7 at " + stranger.address() + " in "
                    + TestNetwork.since(startedNanos);
        });
    }

    private String refusesGarbage(TestNetwork network) throws IOException, CheckFailure {
        NodeId node = network.peer(1);
        try (RawConnection other = new RawConnection(node)) {
            other.say(PING);
            CheckFailure.unless(other.line().equals(RawConnection.ACCEPTED), "the other connection was not accepted");
            String reason = "";
            List<String> garbage = List.of("{\"from\":\"127.0.0.1:1\"}\n", "{not JSON}\n", "hello\n");
            for (String line : garbage) {
                reason = refused(node, line.getBytes(UTF_8));
            }
            goesOn(other);
            return garbage.size() + " of " + garbage.size() + " broken lines refused, the last as " + reason
                    + "; another connection goes on";
        }
    }

    private String refusesEndless(TestNetwork network) throws IOException, CheckFailure {
        byte[] endless = new byte[MessageJson.MESSAGE_BYTES_MAX + (1 << 20)];
        Arrays.fill(endless, (byte) ' ');
        try (RawConnection other = new RawConnection(network.peer(1))) {
            other.say(PING);
            CheckFailure.unless(other.line().equals(RawConnection.ACCEPTED), "the other connection was not accepted");
            String reason = refused(network.peer(1), endless);
            goesOn(other);
            return endless.length + " bytes without a line break: " + reason + "; another connection goes on";
        }
    }

    /** A second message is not confirmed any more; that it was not refused shows when a broken one that follows is. */
    private static void goesOn(RawConnection connection) throws IOException, CheckFailure {
        String answer = connection.say(PING + "{}\n").line();
        CheckFailure.unless(answer.contains("'from' is missing"), "the other connection answered '" + answer + "'");
    }

    private static String refused(NodeId node, byte[] bytes) throws IOException, CheckFailure {
        try (RawConnection connection = new RawConnection(node)) {
            String answer = connection.say(bytes).line();
            CheckFailure.unless(answer.startsWith(ERROR), "the answer is '" + answer + "'");
            CheckFailure.unless(connection.isClosed(), "the connection goes on after " + answer);
            return answer;
        }
    }

    private String hasTwoListeners(TestNetwork network) throws IOException, CheckFailure {
        NodeId seed = network.seed(2);
        int seedPort = network.config().seedPort(seed);
        PublicKey key = KeyFile.read(network.files().key(seed, true)).publicKey();
        Message sync = new PeerListProtocol.Sync(key, PeerListProtocol.Edition.NONE);
        byte[] line = new MessageJson().writeLine(seed, sync);
        String refusal = refused(network.seed(1), line);
        int right = network.config().seedPort(network.seed(1));
        CheckFailure.unless(refusal.contains("port " + right), "the peers' port answers " + refusal);
        try (RawConnection connection = new RawConnection(network.seed(1).host(), right)) {
            String answer = connection.say(line).line();
            CheckFailure.unless(answer.equals(RawConnection.ACCEPTED), "port " + right + " answered '" + answer + "'");
        }
        return "SYNC is refused on " + network.seed(1).port() + " and accepted on " + right + "; " + network.name(seed)
                + " has " + seed.port() + " and " + seedPort;
    }

    private String reusesPort(TestNetwork network) throws Exception {
        NodeId seed = network.seed(1);
        int seedPort = network.config().seedPort(seed);
        network.stop(seed);
        CheckFailure.unless(
                TestNetwork.isFree(seed.port()) && TestNetwork.isFree(seedPort),
                "a port of " + seed + " is still taken");
        long startedNanos = System.nanoTime();
        network.restart(seed);
        double millis = (System.nanoTime() - startedNanos) / 1e6;
        try (RawConnection connection = new RawConnection(seed)) {
            CheckFailure.unless(connection.say(PING).line().equals(RawConnection.ACCEPTED), seed + " does not accept");
        }
        return seed.port() + " and " + seedPort + " free, and taken again in " + Spans.ofMillis(millis);
    }
}
