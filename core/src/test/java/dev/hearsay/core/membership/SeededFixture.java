package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSignatures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three seeds with their keys, and the node that is tested. */
abstract class SeededFixture {

    static final long SECOND = 1_000_000_000L;
    static final NodeId SELF = new NodeId("10.0.0.1", 7000);

    final RecordingEffects effects = new RecordingEffects();
    final TestSignatures own = new TestSignatures(100);
    final Context context = context(own);
    final Electorate electorate = electorate();
    final PeerList list = new PeerList();

    static NodeId seed(int number) {
        return new NodeId("10.0.1." + number, 6000);
    }

    static TestSignatures keys(int seed) {
        return new TestSignatures(seed);
    }

    private static Electorate electorate() {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            seeds.put(seed(i), keys(i).publicKey());
        }
        return new Electorate(seeds);
    }

    static Context context(Signatures signatures) {
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
                return signatures;
            }

            @Override
            public long wallMicros() {
                return plain.wallMicros();
            }
        };
    }

    static Statement statement(int peer) {
        return new Statement(
                Change.REGISTER,
                new NodeId("10.1." + peer / 250 + "." + peer % 250, 7000),
                1,
                new TestSignatures(1000 + peer).publicKey());
    }

    static Certificate.Vote vote(int seed, Statement statement) {
        return new Certificate.Vote(seed(seed), keys(seed).sign(statement.ballot()));
    }

    static Certificate certificate(Statement statement, int... seeds) {
        return new Certificate(
                statement,
                IntStream.of(seeds).mapToObj(seed -> vote(seed, statement)).toList());
    }

    List<String> refusals() {
        return effects.told(Lifecycle.Refused.class).stream()
                .map(Lifecycle.Refused::reason)
                .toList();
    }
}
