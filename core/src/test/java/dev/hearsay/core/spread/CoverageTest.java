package dev.hearsay.core.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private record Told(long atMicros, NodeId origin, RumorProtocol.Converged converged) {}

    private static final NodeId A = new NodeId("host", 1);
    private static final NodeId B = new NodeId("host", 2);
    private static final NodeId C = new NodeId("host", 3);
    private static final RumorId RUMOR = new RumorId(1, 2, 3, 4);
    private static final RumorId OTHER = new RumorId(5, 6, 7, 8);

    private final List<Told> told = new ArrayList<>();
    private final Coverage coverage =
            new Coverage(16, true, (atMicros, origin, converged) -> told.add(new Told(atMicros, origin, converged)));

    @BeforeEach
    void threeNodes() {
        for (NodeId node : List.of(A, B, C)) {
            coverage.observe(0, node, new Lifecycle.Started(List.of(), 0));
        }
    }

    private void published(long atMicros, NodeId node, RumorId id) {
        coverage.observe(atMicros, node, new RumorProtocol.Published(id, 1, 5));
    }

    private void delivered(long atMicros, NodeId node, RumorId id, int hops) {
        coverage.observe(
                atMicros, node, new RumorProtocol.Delivered(id, A, A, hops, List.of(), RumorProtocol.Way.EAGER));
    }

    @Test
    void tellsOnceWhenEveryNodeHasTheRumor() {
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        coverage.observe(115, B, new RumorProtocol.Duplicate(RUMOR, C, 2));
        assertThat(told).isEmpty();
        delivered(130, C, RUMOR, 2);
        assertThat(told).containsExactly(new Told(130, A, new RumorProtocol.Converged(RUMOR, 3, 30, 1)));
        delivered(140, C, RUMOR, 2);
        coverage.observe(150, C, new Lifecycle.Stopped());
        assertThat(told).hasSize(1);
    }

    @Test
    void doesNotMindTheOrderInWhichNodesAreHeard() {
        delivered(130, C, RUMOR, 2);
        delivered(110, B, RUMOR, 1);
        assertThat(told).isEmpty();
        published(100, A, RUMOR);
        assertThat(told).containsExactly(new Told(130, A, new RumorProtocol.Converged(RUMOR, 3, 30, 0)));
    }

    @Test
    void whatIsPutInAtTwoNodesBeginsAtTheFirst() {
        published(120, B, RUMOR);
        coverage.observe(
                130,
                C,
                new RumorProtocol.Delivered(RUMOR, Origin.VERSIONS.node(), B, 1, List.of(), RumorProtocol.Way.EAGER));
        published(100, A, RUMOR);
        assertThat(told).containsExactly(new Told(130, A, new RumorProtocol.Converged(RUMOR, 3, 30, 0)));
    }

    @Test
    void aNodeThatGoesIsNoLongerWaitedFor() {
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        coverage.observe(500, C, new Lifecycle.Departed());
        assertThat(told).containsExactly(new Told(500, A, new RumorProtocol.Converged(RUMOR, 2, 10, 0)));
        coverage.observe(501, C, new Lifecycle.Stopped());
        assertThat(coverage.liveNodes()).isEqualTo(2);
    }

    @Test
    void whenTheOriginGoesTheOthersStillCount() {
        published(100, A, RUMOR);
        coverage.observe(105, A, new Lifecycle.Stopped());
        delivered(110, B, RUMOR, 1);
        assertThat(told).isEmpty();
        delivered(120, C, RUMOR, 2);
        assertThat(told).containsExactly(new Told(120, A, new RumorProtocol.Converged(RUMOR, 2, 20, 0)));
    }

    @Test
    void aNodeThatComesBackWithoutMemoryIsWaitedForAgain() {
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        coverage.observe(111, B, new Lifecycle.Stopped());
        coverage.observe(112, B, new Lifecycle.Started(List.of(), 0));
        delivered(120, C, RUMOR, 1);
        assertThat(told).isEmpty();
        delivered(130, B, RUMOR, 1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aNodeThatRemembersHasWhatItHad() {
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        coverage.observe(111, B, new Lifecycle.Stopped());
        coverage.observe(112, B, new Lifecycle.Started(List.of(), 1));
        delivered(120, C, RUMOR, 1);
        assertThat(told).containsExactly(new Told(120, A, new RumorProtocol.Converged(RUMOR, 3, 20, 0)));
    }

    @Test
    void nodesMayBeKnownBeforehand() {
        NodeId silent = new NodeId("host", 4);
        coverage.include(silent);
        coverage.include(silent);
        assertThat(coverage.liveNodes()).isEqualTo(4);
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        delivered(110, C, RUMOR, 1);
        assertThat(told).isEmpty();
        coverage.observe(120, silent, new Lifecycle.Stopped());
        assertThat(told).hasSize(1);
    }

    @Test
    void saysHowFarARumorHasCome() {
        published(100, A, RUMOR);
        delivered(130, C, RUMOR, 2);
        delivered(110, B, RUMOR, 1);
        coverage.observe(140, B, new RumorProtocol.Duplicate(RUMOR, C, 3));
        published(150, B, OTHER);
        Coverage.Reach reach = coverage.reach(RUMOR);
        assertThat(reach.reached()).isEqualTo(3);
        assertThat(reach.of()).isEqualTo(3);
        assertThat(reach.delaysMicros()).containsExactly(0, 10, 30);
        assertThat(reach.duplicates()).isEqualTo(1);
        assertThat(reach.hopsMax()).isEqualTo(2);
        assertThat(reach.hasConverged()).isTrue();
        assertThat(coverage.reach(OTHER).reached()).isEqualTo(1);
        assertThat(coverage.reach(OTHER).hasConverged()).isFalse();
        assertThat(coverage.reach(new RumorId(0, 0, 0, 0))).isNull();
    }

    @Test
    void letsTheOldestGo() {
        for (int i = 0; i < 17; i++) {
            published(100, A, new RumorId(i, 0, 0, 0));
        }
        assertThat(coverage.reach(new RumorId(0, 0, 0, 0))).isNull();
        assertThat(coverage.reach(new RumorId(1, 0, 0, 0))).isNotNull();
    }

    @Test
    void countsManyNodes() {
        for (int i = 0; i < 200; i++) {
            coverage.include(new NodeId("many", i));
        }
        published(100, A, RUMOR);
        delivered(110, B, RUMOR, 1);
        delivered(110, C, RUMOR, 1);
        for (int i = 0; i < 200; i++) {
            assertThat(told).isEmpty();
            delivered(200 + i, new NodeId("many", i), RUMOR, 3);
        }
        assertThat(told).containsExactly(new Told(399, A, new RumorProtocol.Converged(RUMOR, 203, 299, 0)));
    }
}
