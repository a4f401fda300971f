package dev.hearsay.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Event;
import dev.hearsay.core.spread.RumorLog;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A node whose disk comes back with less than it had said was durable. */
class DiskTailTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int NODES = 12;
    private static final int PUBLISHED = 10;

    @Test
    void whatTheDiskHasLostIsToldAndFetchedFromOthersAndNothingNewIsLostForIt() {
        for (int randomSeed = 1; randomSeed <= 30; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", NODES)
                    .set("topology", "random:3")
                    .set("spread", "push:2")
                    .set("loss", "20%")
                    .set("rumors", 1)
                    .set("disk", "2ms")
                    .set("until", "100s")
                    .set("random-seed", randomSeed)
                    .build();
            int lost = 1 + randomSeed % 9;
            long[] told = new long[1];
            Simulation simulation = Simulation.meddled(spec, Simulation.queueFor(spec), new Observer() {
                @Override
                public void told(long atNanos, int node, Event event) {
                    if (node == 0 && event instanceof AntiEntropyProtocol.OwnLost own) {
                        told[0] += own.messages();
                    }
                }
            });
            simulation.advanceTo(SECOND);
            Set<String> published = new TreeSet<>();
            for (int i = 0; i < PUBLISHED; i++) {
                publish(simulation, "before " + i, published);
            }
            simulation.advanceTo(30 * SECOND);

            simulation.stage().crash(0, DiskLoss.NONE);
            simulation.stage().loseTail(0, lost);
            simulation.advanceTo(31 * SECOND);
            simulation.stage().restart(0);
            assertThat(messages(simulation, 0)).as(spec.command()).doesNotContain("before " + (PUBLISHED - 1));
            // At once: nobody has told the node yet which numbers it has given.
            for (int i = 0; i < lost + 2; i++) {
                publish(simulation, "after " + i, published);
            }
            simulation.advanceTo(60 * SECOND);
            assertThat(told[0]).as(spec.command()).isEqualTo(lost);
            for (int node = 0; node < NODES; node++) {
                assertThat(messages(simulation, node))
                        .as("node %s, %s", node, spec.command())
                        .containsAll(published);
            }
        }
    }

    @Test
    void keysThatTheDiskHasLostComeBackFromOthersAndThatIsTold() {
        for (int randomSeed = 1; randomSeed <= 10; randomSeed++) {
            int lost = 1 + randomSeed % 9;
            long[] told = new long[1];
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", NODES)
                    .set("topology", "random:3")
                    .set("loss", "20%")
                    .set("rumors", 1)
                    .set("disk", "2ms")
                    .set("until", "100s")
                    .set("random-seed", randomSeed)
                    .build();
            Simulation simulation = Simulation.meddled(spec, Simulation.queueFor(spec), new Observer() {
                @Override
                public void told(long atNanos, int node, Event event) {
                    told[0] += event instanceof AntiEntropyProtocol.OwnLost own && node == 0 ? own.keys() : 0;
                }
            });
            simulation.advanceTo(SECOND);
            for (int i = 0; i < PUBLISHED; i++) {
                simulation.stage().publish(0, new Command.Put("key" + i, new byte[] {(byte) i}));
            }
            simulation.advanceTo(30 * SECOND);
            simulation.stage().crash(0, DiskLoss.NONE);
            simulation.stage().loseTail(0, lost);
            simulation.advanceTo(31 * SECOND);
            simulation.stage().restart(0);
            assertThat(simulation.hosts().node(0).state().keys()).isEqualTo(PUBLISHED - lost);
            simulation.advanceTo(60 * SECOND);
            assertThat(simulation.hosts().node(0).state().keys())
                    .as(spec.command())
                    .isEqualTo(PUBLISHED);
            assertThat(told[0]).as(spec.command()).isEqualTo(lost);
        }
    }

    private static void publish(Simulation simulation, String text, Set<String> published) {
        simulation.stage().publish(0, new Command.Publish(text.getBytes(UTF_8), 0));
        published.add(text);
    }

    private static Set<String> messages(Simulation simulation, int node) {
        Set<String> messages = new TreeSet<>();
        for (RumorLog.Entry entry : simulation.hosts().node(node).log().entries()) {
            messages.add(new String(entry.rumor().payload(), UTF_8));
        }
        return messages;
    }
}
