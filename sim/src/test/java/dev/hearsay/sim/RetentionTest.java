package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.spread.RumorLog;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes that may keep only a few rumors: their memory is bounded, and they still come to rest. */
class RetentionTest {

    private static final long RUMORS = 120;
    private static final long REST_NANOS = 320_000_000_000L;

    /** That no log grows beyond its limit is checked by the stage after every round; here, that there was something to drop. */
    @Test
    void nodesForgetAndStopComparingWhatNobodyHas() {
        for (int randomSeed = 0; randomSeed < 40; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", 20)
                    .set("topology", "random:3")
                    .set("spread", "push:2")
                    .set("rumors", RUMORS)
                    .set("every", "100ms")
                    .set("loss", "20%")
                    .set("heartbeats", "1s")
                    .set("retain", 10)
                    .set("crash", "30%@4s+2s:no-disk")
                    .set("crash", "30%@7s+2s")
                    .set("partition", "40%@9s+3s")
                    .set("until", "340s")
                    .set("random-seed", randomSeed)
                    .build();
            int[] forgotten = new int[1];
            int[] late = new int[1];
            Simulation simulation = Simulation.of(spec, new Observer() {
                @Override
                public void told(long atNanos, int node, Event event) {
                    if (event instanceof RumorProtocol.Forgotten some) {
                        forgotten[0] += some.rumors();
                    }
                }

                @Override
                public void sent(long atNanos, int from, int to, Message message) {
                    if (atNanos > REST_NANOS && !isQuiet(message)) {
                        late[0]++;
                    }
                }
            });
            simulation.run();
            assertThat(forgotten[0]).as(spec.command()).isGreaterThan(20 * 50);
            assertThat(late[0]).as(spec.command()).isZero();
            // A rumor may have died with the disk of its publisher; of the others everybody knows.
            long seen = simulation.hosts().node(0).log().seenCount();
            assertThat(seen).as(spec.command()).isBetween(RUMORS - 3, RUMORS);
            for (int node = 0; node < spec.nodes(); node++) {
                RumorLog log = simulation.hosts().node(node).log();
                assertThat(log.entries()).as(spec.command()).hasSizeLessThanOrEqualTo(10);
                assertThat(log.seenCount()).as(spec.command()).isEqualTo(seen);
            }
        }
    }

    /** People number versions with gaps; who comes when most are forgotten must not compare them for ever. */
    @Test
    void whoComesWhenVersionsWithManyGapsAreForgottenComesToRest() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 6)
                .set("topology", "full")
                .set("spread", "flood")
                .set("publish", "versions")
                .set("rumors", 1)
                .set("heartbeats", "1s")
                .set("retain", 10)
                .set("until", "400s")
                .set("random-seed", 7)
                .build();
        Set<Class<?>> late = new HashSet<>();
        Simulation simulation = Simulation.meddled(spec, Simulation.queueFor(spec), new Observer() {
            @Override
            public void sent(long atNanos, int from, int to, Message message) {
                if (atNanos > REST_NANOS && !isQuiet(message)) {
                    late.add(message.getClass());
                }
            }
        });
        simulation.advanceTo(100_000_000L);
        simulation.stage().crash(3, DiskLoss.ALL);
        for (int i = 1; i <= 80; i++) {
            simulation.advanceTo(i * 200_000_000L);
            simulation.stage().publish(0, new Command.PublishVersion(100 + 3L * i));
        }
        simulation.advanceTo(33_000_000_000L);
        simulation.stage().restart(3);
        simulation.advanceTo(400_000_000_000L);
        assertThat(late).isEmpty();
    }

    private static boolean isQuiet(Message message) {
        return message instanceof AntiEntropyProtocol.Summary
                || message instanceof HeartbeatProtocol.Ping
                || message instanceof HeartbeatProtocol.Pong
                || message instanceof LinkProtocol.Link;
    }
}
