package dev.hearsay.live.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Metrics;
import dev.hearsay.live.memory.MemoryBudget;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {

    private static final long NOW = 1_800_000_000_000_000L;
    private static final NodeId PEER = new NodeId("127.0.0.1", 7002);

    private final NodeMetrics metrics = new NodeMetrics(false, new MemoryBudget(1 << 20));

    private double value(String series) {
        return new Metrics(metrics.text()).value(series);
    }

    @Test
    void clocksThatAreOffDoNotSpoilDelays() {
        metrics.delivered(NOW, NOW + 2_000);
        metrics.delivered(NOW + 60_000_000, NOW);
        metrics.delivered(0, NOW);
        assertThat(value("gossip_delivery_delay_seconds_count")).isEqualTo(2);
        assertThat(value("gossip_delivery_delay_seconds_sum")).isEqualTo(0.002);
        assertThat(value("gossip_delivery_delay_seconds_bucket{le=\"0.003\"}")).isEqualTo(2);
        assertThat(value("gossip_delivery_delay_seconds_bucket{le=\"0.001\"}")).isEqualTo(1);
    }

    @Test
    void detectionIsCountedFromTheFirstSuspicion() {
        metrics.onEvent(NOW, new HeartbeatProtocol.Suspected(PEER, 2));
        metrics.onEvent(NOW + 1_000_000, new HeartbeatProtocol.Suspected(PEER, 3));
        metrics.onEvent(NOW + 3_000_000, new HeartbeatProtocol.Silent(PEER));
        metrics.onEvent(NOW + 5_000_000, new MembershipProtocol.MemberRemoved(PEER, 1));
        metrics.onEvent(NOW + 5_000_000, new MembershipProtocol.MemberRemoved(PEER, 1));
        assertThat(value("gossip_suspicions_total")).isEqualTo(2);
        assertThat(value("gossip_detection_seconds_sum{end=\"given_up\"}")).isEqualTo(3);
        assertThat(value("gossip_detection_seconds_sum{end=\"removed\"}")).isEqualTo(5);
        assertThat(value("gossip_detection_seconds_count{end=\"removed\"}")).isEqualTo(1);
    }

    @Test
    void aSuspicionThatWasWrongIsForgotten() {
        metrics.onEvent(NOW, new HeartbeatProtocol.Suspected(PEER, 2));
        metrics.onEvent(NOW + 1_000_000, new HeartbeatProtocol.Cleared(PEER));
        metrics.onEvent(NOW + 2_000_000, new HeartbeatProtocol.Suspected(PEER, 2));
        metrics.onEvent(NOW + 4_000_000, new HeartbeatProtocol.Silent(PEER));
        assertThat(value("gossip_detection_seconds_sum{end=\"given_up\"}")).isEqualTo(2);
    }

    @Test
    void suspicionsThatNobodySettlesTakeNoMoreAndMoreMemory() {
        Detections detections = new Detections();
        for (int port = 1; port <= 5_000; port++) {
            detections.suspected(new NodeId("127.0.0.1", port), NOW);
        }
        assertThat(detections.sinceMicros(new NodeId("127.0.0.1", 1), NOW)).isEqualTo(Detections.UNKNOWN);
        assertThat(detections.sinceMicros(new NodeId("127.0.0.1", 5_000), NOW)).isZero();
    }
}
