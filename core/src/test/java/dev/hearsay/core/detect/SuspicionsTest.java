package dev.hearsay.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RemovalProtocol.Confirmation;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSignatures;
import dev.hearsay.core.View;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One accuser of six peers, who are all neighbours, with recording effects. */
class SuspicionsTest {

    private static final int ACCUSED = 5;
    private static final List<NodeId> PEERS =
            IntStream.range(0, 6).mapToObj(SuspicionsTest::peer).toList();
    private static final NodeId SEED = new NodeId("10.0.1.1", 6000);

    private final RecordingEffects effects = new RecordingEffects();
    private final Suspicions suspicions = suspicions();

    private static NodeId peer(int number) {
        return new NodeId("10.0.0." + number, 7000);
    }

    private static Statement registration(NodeId peer) {
        return new Statement(Change.REGISTER, peer, 1, keys(PEERS.indexOf(peer)).publicKey());
    }

    private static TestSignatures keys(int peer) {
        return new TestSignatures(peer);
    }

    private static Suspicions suspicions() {
        Context plain = new TestContext(1);
        Context context = new Context() {
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
                return keys(0);
            }

            @Override
            public long wallMicros() {
                return plain.wallMicros();
            }
        };
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
                peer(0),
                context,
                new Nonces(context),
                view,
                SuspicionsTest::registration,
                List.of(SEED));
    }

    private void receive(int from, Message message) {
        suspicions.step(0, new Input.Received(peer(from), message), effects);
    }

    private static Message confirmation(int witness) {
        Statement accused = registration(peer(ACCUSED));
        return new SuspicionProtocol.SuspectReply(
                accused, keys(witness).sign(accused.removal().confirmation()));
    }

    /** Anybody can say in a witness's name that the accused lives. */
    @Test
    void noUnsignedWordTakesBackASignedConfirmation() {
        Statement accused = registration(peer(ACCUSED));
        receive(
                ACCUSED,
                new DeclarationProtocol.Declare(Declaration.of(keys(ACCUSED), accused, 1, PEERS.subList(0, ACCUSED))));
        suspicions.hear(0, new HeartbeatProtocol.Suspected(peer(ACCUSED), 4), effects);
        receive(1, confirmation(1));
        receive(1, new SuspicionProtocol.SuspectReply(accused, null));
        assertThat(effects.receivers(RemovalProtocol.DeadNodeReport.class)).isEmpty();
        receive(2, confirmation(2));
        assertThat(effects.receivers(RemovalProtocol.DeadNodeReport.class)).containsExactly(SEED);
        assertThat(effects.last(RemovalProtocol.DeadNodeReport.class).confirmations())
                .extracting(Confirmation::witness)
                .containsExactlyInAnyOrder(peer(0), peer(1), peer(2));
    }

    @Test
    void aConfirmationInAnothersNameCountsForNobody() {
        Statement accused = registration(peer(ACCUSED));
        receive(
                ACCUSED,
                new DeclarationProtocol.Declare(Declaration.of(keys(ACCUSED), accused, 1, PEERS.subList(0, ACCUSED))));
        suspicions.hear(0, new HeartbeatProtocol.Suspected(peer(ACCUSED), 4), effects);
        for (int witness = 1; witness < ACCUSED; witness++) {
            receive(witness, confirmation(1 + witness % (ACCUSED - 1)));
        }
        assertThat(effects.receivers(RemovalProtocol.DeadNodeReport.class)).isEmpty();
    }
}
