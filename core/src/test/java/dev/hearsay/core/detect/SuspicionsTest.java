package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Story;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSignatures;
import dev.hearsay.core.View;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the neighbours of a silent peer do: the stories of {@code suspicion.txt}. */
class SuspicionsTest {

    private static final List<String> NAMES = List.of("me", "ann", "bob", "cid", "dan", "eve");
    private static final NodeId EVE = node("eve");
    private static final List<NodeId> PEERS =
            NAMES.stream().map(SuspicionsTest::node).toList();

    private final RecordingEffects effects = new RecordingEffects();
    private final Context context = context();
    private final Nonces nonces = new Nonces(context);
    private final Suspicions suspicions = suspicions();
    private long now;
    private long declarations;

    static Stream<Story> stories() throws IOException {
        return Story.in(SuspicionsTest.class, "suspicion.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(words -> {
            effects.sent.clear();
            happens(words);
            return effects.sent.stream()
                    .map(sent -> outcome(sent.to(), sent.message()))
                    .toList();
        });
    }

    private void happens(List<String> words) {
        List<String> others = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "named" ->
                receive(
                        EVE,
                        new DeclarationProtocol.Declare(Declaration.of(
                                keys("eve"),
                                registration(EVE),
                                ++declarations,
                                others.stream().map(SuspicionsTest::node).toList())));
            case "suspect" -> suspicions.hear(now, new HeartbeatProtocol.Suspected(EVE, 4), effects);
            case "goodbye" -> suspicions.hear(now, new LinkProtocol.LinkDown(EVE, LinkLoss.LEFT), effects);
            case "lost" ->
                others.forEach(
                        name -> suspicions.hear(now, new LinkProtocol.LinkDown(node(name), LinkLoss.SILENT), effects));
            case "confirms" -> others.forEach(name -> receive(node(name), confirmation(keys(name))));
            case "forged" -> others.forEach(name -> receive(node(name), confirmation(keys("eve"))));
            case "denies" ->
                others.forEach(
                        name -> receive(node(name), new SuspicionProtocol.SuspectReply(registration(EVE), null)));
            case "asks" ->
                others.forEach(name -> receive(node(name), new SuspicionProtocol.SuspectQuery(registration(EVE))));
            case "answers" ->
                suspicions.follow(
                        now, EVE, new HeartbeatProtocol.Pong(nonces.ping(EVE).number(), null), effects);
            case "impostor" -> suspicions.follow(now, EVE, new HeartbeatProtocol.Pong(12_345, null), effects);
            case "wait" -> {
                RecordingEffects.Delayed last = effects.delayed.getLast();
                now += last.delayNanos();
                suspicions.step(now, new Input.Fired(last.timer()), effects);
            }
            case "removed" -> suspicions.hear(now, new MembershipProtocol.MemberRemoved(EVE, 1), effects);
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    private static String outcome(NodeId to, Message message) {
        return switch (message) {
            case SuspicionProtocol.SuspectQuery _ -> "ask " + to.host();
            case SuspicionProtocol.SuspectReply(Statement _, var confirmation) ->
                (confirmation == null ? "deny to " : "confirm to ") + to.host();
            case HeartbeatProtocol.Ping _ -> "ping " + to.host();
            case RemovalProtocol.DeadNodeReport report ->
                "report to " + to.host() + " by "
                        + report.confirmations().stream()
                                .map(confirmation -> confirmation.witness().host())
                                .collect(Collectors.joining(" "));
            default -> message.toString();
        };
    }

    private void receive(NodeId from, Message message) {
        suspicions.step(now, new Input.Received(from, message), effects);
    }

    private static Message confirmation(TestSignatures signer) {
        Statement registration = registration(EVE);
        return new SuspicionProtocol.SuspectReply(
                registration, signer.sign(registration.removal().confirmation()));
    }

    private static NodeId node(String name) {
        return new NodeId(name, 7000);
    }

    private static TestSignatures keys(String name) {
        return new TestSignatures(NAMES.indexOf(name));
    }

    private static Statement registration(NodeId peer) {
        return new Statement(Change.REGISTER, peer, 1, keys(peer.host()).publicKey());
    }

    private static Context context() {
        Context plain = new TestContext(1);
        return new Context() {
            @Override
            public Random64 random() {
                return plain.random();
            }

            @Override
            public Sha256 sha256() {
                return plain.sha256();
            }

            @Override
            public Signatures signatures() {
                return keys("me");
            }

            @Override
            public long wallMicros() {
                return plain.wallMicros();
            }
        };
    }

    private Suspicions suspicions() {
        View view = new View() {
            @Override
            public List<NodeId> neighbours() {
                return PEERS.subList(1, PEERS.size());
            }

            @Override
            public List<NodeId> members() {
                return PEERS;
            }
        };
        return new Suspicions(
                Suspicions.Settings.DEFAULT,
                node("me"),
                context,
                nonces,
                view,
                SuspicionsTest::registration,
                List.of(node("seed")));
    }
}
