package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerListCopyTest extends SeededFixture {

    private final PeerListCopy copy = new PeerListCopy(context, electorate, list);

    private static PeerListProtocol.PeerList answer(List<Certificate> certificates) {
        return new PeerListProtocol.PeerList(
                keys(0).publicKey(), 0, new PeerListProtocol.Edition(1, 7), certificates, false);
    }

    @Test
    void takesWhatAQuorumHasSigned() {
        List<Certificate> certificates = List.of(certificate(statement(1), 0, 1), certificate(statement(2), 1, 2));
        assertThat(copy.take(seed(0), answer(certificates), effects)).isEqualTo(certificates);
        assertThat(list.members())
                .containsExactly(statement(1).peer(), statement(2).peer());
        assertThat(copy.edition(seed(0))).isEqualTo(new PeerListProtocol.Edition(1, 7));
        assertThat(copy.take(seed(0), answer(certificates), effects)).isEmpty();
        assertThat(own.checks).as("what is known is not checked again").isEqualTo(4);
    }

    @Test
    void aCertificateWithMoreVotesThanSeedsCostsNoCheck() {
        Statement statement = statement(1);
        Certificate endless = new Certificate(statement, Collections.nCopies(100_000, vote(0, statement)));
        assertThat(copy.take(seed(0), endless, effects)).isFalse();
        assertThat(own.checks).isZero();
        assertThat(refusals())
                .containsExactly("a certificate from " + seed(0) + ": it has 100000 votes, and there are 3 seeds");
    }

    @Test
    void aListThatIsTooLongIsNotLookedAt() {
        List<Certificate> many = new ArrayList<>();
        for (int peer = 0; peer < 257; peer++) {
            many.add(certificate(statement(peer), 0, 1));
        }
        assertThat(copy.take(seed(0), answer(many), effects)).isNull();
        assertThat(own.checks).isZero();
        assertThat(list.members()).isEmpty();
        assertThat(refusals()).containsExactly("a list of 257 certificates from " + seed(0) + "; 256 is the limit");
        assertThat(copy.take(seed(0), answer(many.subList(0, 256)), effects)).hasSize(256);
    }

    @Test
    void aListOfForgeriesIsOneRefusalAndSpoilsNothing() {
        List<Certificate> mixed = new ArrayList<>();
        for (int peer = 0; peer < 200; peer++) {
            Statement statement = statement(peer);
            Certificate.Vote forged = new Certificate.Vote(seed(1), keys(2).sign(statement.ballot()));
            mixed.add(
                    peer == 77
                            ? certificate(statement, 0, 1)
                            : new Certificate(statement, List.of(forged, vote(0, statement))));
        }
        assertThat(Objects.requireNonNull(copy.take(seed(0), answer(mixed), effects)))
                .hasSize(1);
        assertThat(own.checks).as("one check shows a forgery").isEqualTo(199 + 2);
        assertThat(refusals())
                .containsExactly("a certificate from " + seed(0) + ": the signature of " + seed(1)
                        + " is not valid (and 198 more of the same list)");
        assertThat(copy.edition(seed(0))).as("asked for again").isEqualTo(PeerListProtocol.Edition.NONE);
    }

    /** While the keys of a configuration without any are being learnt, that is usual, and nothing to be alarmed at. */
    @Test
    void whatCannotBeCheckedYetIsAskedForAgainWithoutAWord() {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        seeds.put(seed(0), keys(0).publicKey());
        seeds.put(seed(1), null);
        seeds.put(seed(2), null);
        Electorate learning = new Electorate(seeds);
        PeerListCopy early = new PeerListCopy(context, learning, list);
        Certificate certificate = certificate(statement(1), 0, 1);
        assertThat(early.take(seed(0), answer(List.of(certificate)), effects)).isEmpty();
        assertThat(early.take(seed(0), certificate, effects)).isFalse();
        assertThat(refusals()).isEmpty();
        assertThat(early.edition(seed(0))).isEqualTo(PeerListProtocol.Edition.NONE);
        learning.pin(seed(1), keys(1).publicKey());
        assertThat(early.take(seed(0), answer(List.of(certificate)), effects)).hasSize(1);
    }

    @Test
    void whoIsNoSeedIsNotHeard() {
        assertThat(copy.take(new NodeId("10.9.9.9", 1), answer(List.of(certificate(statement(1), 0, 1))), effects))
                .isNull();
        assertThat(own.checks).isZero();
    }
}
