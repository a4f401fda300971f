package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Nodes that crash again and again while they publish, on disks that take time, and that come back torn, without their tail, or with an old page. What holds is
 * checked after every event: all of it after a torn write; after the others all but what the node itself has promised and forgotten. {@link ConvergenceTest} and
 * {@link SeededConvergenceTest} draw the same among all other faults.
 */
class DiskFaultsTest {

    private static final int STUDIES = 180;
    private static final String[] PUBLISHED = {"messages", "versions", "entries"};

    private long ownLost;

    @ParameterizedTest
    @EnumSource(
            value = DiskLoss.class,
            mode = Mode.EXCLUDE,
            names = {"NONE", "ALL"})
    void whatIsAcceptedComesToEverybody(DiskLoss loss) {
        for (int randomSeed = 0; randomSeed < STUDIES; randomSeed++) {
            SimulationSpecBuilder builder = SimulationSpec.builder()
                    .set("nodes", 6 + randomSeed % 7)
                    .set("topology", "random:3")
                    .set("spread", randomSeed % 2 == 0 ? "flood" : "push:2")
                    .set("publish", PUBLISHED[randomSeed % 3])
                    .set("rumors", 40)
                    .set("every", "100ms")
                    .set("latency", "uniform:1ms-60ms")
                    .set("loss", randomSeed % 3 * 10 + "%")
                    .set("disk", 1 + randomSeed % 40 + "ms")
                    .set("disk-failure", randomSeed % 2 == 0 ? "0%" : "10%")
                    .set("heal", "10s")
                    .set("within", "5m")
                    .set("random-seed", randomSeed);
            for (int crash = 0; crash < 4; crash++) {
                int downMillis = 100 + 200 * (randomSeed % 5);
                builder.set("crash", "40%@" + (300 + 1_300 * crash) + "ms+" + downMillis + "ms:" + loss);
            }
            run(builder.build());
        }
        // A torn write takes nothing that was promised; each of the others has taken some.
        assertThat(ownLost > 0).isEqualTo(loss.breaksPromises());
    }

    /** Seeds crash, too: what they have signed, and forget, binds them no longer, but all come to agree. */
    @ParameterizedTest
    @EnumSource(
            value = DiskLoss.class,
            mode = Mode.EXCLUDE,
            names = {"NONE", "ALL"})
    void peersAndSeedsComeToAgreeOnWhoLives(DiskLoss loss) {
        for (int randomSeed = 0; randomSeed < STUDIES / 3; randomSeed++) {
            int seeds = 3 + randomSeed % 2 * 2;
            SimulationSpecBuilder builder = SimulationSpec.builder()
                    .set("seeds", seeds)
                    .set("nodes", 5)
                    .set("rumors", 4)
                    .set("every", "1s")
                    .set("latency", "uniform:1ms-60ms")
                    .set("loss", randomSeed % 3 * 5 + "%")
                    .set("disk", 1 + randomSeed % 40 + "ms")
                    .set("disk-failure", randomSeed % 2 == 0 ? "0%" : "10%")
                    .set("heal", "50s")
                    .set("within", "10m")
                    .set("until", "15m")
                    .set("random-seed", randomSeed);
            for (int crash = 0; crash < 6; crash++) {
                int number = randomSeed + crash;
                String victims = "s" + number % seeds + "," + number % 5;
                String times = "@" + (100 + randomSeed % 17 * 50 + 6_000 * crash) + "ms+"
                        + (100 + 2_000 * (randomSeed % 9)) + "ms:";
                builder.set("crash", victims + times + loss);
            }
            run(builder.build());
        }
    }

    private void run(SimulationSpec spec) {
        Simulation.of(spec, new Observer() {
                    @Override
                    public void told(long atNanos, int node, Event event) {
                        ownLost += event instanceof AntiEntropyProtocol.OwnLost own ? own.messages() + own.keys() : 0;
                    }
                })
                .run();
    }
}
