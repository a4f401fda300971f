package dev.hearsay.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final long REFILL_NANOS = 10_000_000L;

    private static Admission admission(int perHost, int perLoopback, int requests, String secret) {
        return new Admission(new Admission.Rules(perHost, perLoopback, requests, REFILL_NANOS, secret));
    }

    private static PeerList members(String host, int count) {
        PeerList list = new PeerList();
        for (int i = 0; i < count; i++) {
            var key = PublicKey.of(new byte[32]);
            var statement = new Statement(Statement.Change.REGISTER, new NodeId(host, 7000 + i), 1, key);
            list.merge(new Certificate(statement, List.of()));
        }
        return list;
    }

    @Test
    void aHostHasOnlySoManyMembers() {
        Admission admission = admission(3, 0, 10, "");
        NodeId next = new NodeId("10.0.0.1", 9000);
        assertThat(admission.crowd(next, members("10.0.0.1", 2))).isNull();
        assertThat(admission.crowd(next, members("10.0.0.1", 3))).contains("has 3 peers already", "3 is the limit");
        assertThat(admission.crowd(next, members("10.0.0.2", 3))).isNull();
        // A member that comes back takes nobody's place but its own.
        assertThat(admission.crowd(new NodeId("10.0.0.1", 7001), members("10.0.0.1", 3)))
                .isNull();
        assertThat(admission.crowd(new NodeId("127.0.0.1", 9000), members("127.0.0.1", 99)))
                .isNull();
        assertThat(admission(3, 2, 10, "").crowd(new NodeId("127.0.0.1", 9000), members("127.0.0.1", 2)))
                .contains("2 is the limit");
    }

    @Test
    void onlyTheSecretItselfIsTheSecret() {
        Admission admission = admission(3, 0, 10, "swordfish");
        assertThat(admission.isSecret("swordfish")).isTrue();
        for (String wrong : List.of("", "swordfisg", "swordfis", "swordfish ", "Swordfish", "hsifdrows")) {
            assertThat(admission.isSecret(wrong)).as(wrong).isFalse();
        }
        assertThat(admission(3, 0, 10, "").isSecret("")).isTrue();
    }

    @Test
    void requestsOfOneHostAreRefilledAsTimePasses() {
        Admission admission = admission(3, 0, 2, "");
        NodeId eager = new NodeId("10.0.0.1", 7000);
        assertThat(admission.haste(0, eager)).isNull();
        assertThat(admission.haste(0, new NodeId("10.0.0.1", 7001))).isNull();
        assertThat(admission.haste(0, eager)).contains("too many requests from 10.0.0.1");
        assertThat(admission.haste(0, new NodeId("10.0.0.2", 7000))).isNull();
        assertThat(admission.haste(REFILL_NANOS, eager)).isNull();
        assertThat(admission.haste(REFILL_NANOS, eager)).isNotNull();
        // However long it was quiet, a burst has its limit.
        assertThat(admission.haste(100 * REFILL_NANOS, eager)).isNull();
        assertThat(admission.haste(100 * REFILL_NANOS, eager)).isNull();
        assertThat(admission.haste(100 * REFILL_NANOS, eager)).isNotNull();
    }

    @Test
    void rulesMustLeaveRoomForARequest() {
        assertThatThrownBy(() -> admission(3, 0, 0, "")).hasMessageContaining("at least one request per host");
    }
}
