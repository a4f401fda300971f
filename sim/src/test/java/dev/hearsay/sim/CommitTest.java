package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody takes a version for committed while a live member lacks it, whatever goes wrong; and once it stops going wrong, all nodes know of every version
 * that everybody has. {@link CommitChecker} checks the first on every announcement, {@link ConvergenceChecker} the second at the end.
 */
class CommitTest {

    private static final int STUDIES_PER_BLOCK = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1000})
    void whatIsCommittedEveryLiveMemberHas(int firstRandomSeed) {
        AtomicInteger announced = new AtomicInteger();
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            SimulationSpec spec = RandomStudy.publishing("versions", firstRandomSeed + i);
            Simulation.of(spec, new Observer() {
                        @Override
                        public void told(long atNanos, int node, Event event) {
                            if (event instanceof CommitProtocol.Committed) {
                                announced.incrementAndGet();
                            }
                        }
                    })
                    .run();
        }
        assertThat(announced.get()).isGreaterThan(STUDIES_PER_BLOCK);
    }

    @Test
    void alsoWhereSeedsDecideWhoIsAMember() {
        for (int randomSeed = 0; randomSeed < 200; randomSeed++) {
            RunMeasures measures = Simulation.of(SimulationSpec.builder()
                            .set("nodes", 10)
                            .set("seeds", 3)
                            .set("publish", "versions")
                            .set("rumors", 10)
                            .set("every", "1s")
                            .set("loss", "10%")
                            .set("crash", "20%@5s+4s")
                            .set("crash", "10%@9s")
                            .set("partition", "30%@12s+4s")
                            .set("pause", "20%@18s+1s")
                            .set("heal", "30s")
                            .set("within", "3m")
                            .set("random-seed", randomSeed)
                            .build())
                    .run();
            assertThat(measures.value(Measure.COVERAGE)).isEqualTo(1);
        }
    }

    /**
     * A member lies about one that is paused, or slow to hear: in every form, with signatures of its own, of nobody, of another life and of fewer versions. Where members
     * have keys nobody is taken in, and once all are back all is committed.
     */
    @Test
    void whereMembersHaveKeysNobodyCommitsOnTheWordOfALiar() {
        int committed = 0;
        for (int randomSeed = 0; randomSeed < 150; randomSeed++) {
            SeededRun run = SeededRun.of(
                    randomSeed, 3, 6, "publish", "versions", "rumors", "8", "every", "1500ms", "loss", "5%");
            Random64 random = new Random64(randomSeed);
            List<Message> overheard = new ArrayList<>();
            run.spy = message -> {
                if (message instanceof CommitProtocol.Versions || message instanceof CommitProtocol.VersionNews) {
                    overheard.add(message);
                }
            };
            run.run(8 * SECOND);
            for (int i = 0; i < 30; i++) {
                if (i % 8 == 0) {
                    run.pause(random.nextInt(6), 2 * SECOND);
                }
                lie(run, random, overheard);
                run.run(SECOND / 2);
            }
            run.run(60 * SECOND);
            for (int peer = 0; peer < 6; peer++) {
                assertThat(run.peerAt(peer).committed())
                        .as("random seed %d", randomSeed)
                        .isEqualTo(Ranges.of(1, 8));
            }
            committed += run.told(CommitProtocol.Committed.class).size();
        }
        assertThat(committed).isGreaterThan(150 * 6);
    }

    private static void lie(SeededRun run, Random64 random, List<Message> overheard) {
        int liar = random.nextInt(6);
        Signatures keys = run.keysOf(peer(liar));
        for (int about = 0; about < 6; about++) {
            Ranges claim = Ranges.of(1, 8 + random.nextInt(3));
            Statement life = run.registration(about);
            Attestation mine = new Attestation(life.incarnation(), keys.sign(life.versions(claim)));
            List<Message> lies = new ArrayList<>();
            for (Attestation attestation :
                    new Attestation[] {about == liar ? null : mine, null, old(overheard, random)}) {
                Report report = new Report(claim, List.of(peer(about)), attestation);
                lies.add(new CommitProtocol.Versions(List.of(report), random.nextInt(2) == 0));
            }
            for (Message heard : overheard.isEmpty() ? overheard : List.of(overheard.getLast())) {
                if (heard
                        instanceof
                        CommitProtocol.VersionNews(
                                long membership,
                                List<CommitProtocol.Tally> tallies,
                                boolean answer)) {
                    var tally = new CommitProtocol.Tally(claim, Ranges.of(1, 6));
                    lies.add(new CommitProtocol.VersionNews(membership, List.of(tally), random.nextInt(2) == 0));
                }
            }
            int to = random.nextInt(6);
            lies.forEach(one -> run.forge(peer(liar), peer(to), one));
        }
    }

    /** Some signature of some report that was really made. */
    private static @Nullable Attestation old(List<Message> overheard, Random64 random) {
        List<Attestation> made = overheard.stream()
                .filter(CommitProtocol.Versions.class::isInstance)
                .flatMap(message -> ((CommitProtocol.Versions) message).reports().stream())
                .map(Report::attestation)
                .toList();
        return made.isEmpty() ? null : made.get(random.nextInt(made.size()));
    }

    /** Without keys reports must be believed; but of versions that nobody has published nothing comes, and when the lies end all is committed. */
    @Test
    void whereTheyHaveNoneInventedVersionsAreNeverCommitted() {
        for (int randomSeed = 0; randomSeed < 150; randomSeed++) {
            Simulation simulation = Simulation.of(SimulationSpec.builder()
                    .set("nodes", 8)
                    .set("topology", "random:3")
                    .set("publish", "versions")
                    .set("rumors", 6)
                    .set("every", "1s")
                    .set("loss", "10%")
                    .set("crash", "20%@2s+2s")
                    .set("heal", "10s")
                    .set("within", "2m")
                    .set("random-seed", randomSeed)
                    .build());
            Random64 random = new Random64(randomSeed);
            for (int i = 1; i < 40; i++) {
                simulation.advanceTo(i * SECOND / 4);
                NodeId from = peer(random.nextInt(8));
                Report report =
                        new Report(invented(random), List.of(peer(random.nextInt(8)), peer(random.nextInt(8))), null);
                simulation.forge(
                        from,
                        peer(random.nextInt(8)),
                        new CommitProtocol.Versions(List.of(report), random.nextInt(2) == 0));
            }
            simulation.run();
        }
    }

    private static Ranges invented(Random64 random) {
        long[] bounds = new long[2 * (1 + random.nextInt(200))];
        long last = 100;
        for (int i = 0; i < bounds.length; i += 2) {
            bounds[i] = last + 2 + random.nextInt(5);
            bounds[i + 1] = bounds[i] + random.nextInt(5);
            last = bounds[i + 1];
        }
        return random.nextInt(10) == 0 ? Ranges.of(Long.MAX_VALUE, Long.MAX_VALUE) : Ranges.of(bounds);
    }

    @ParameterizedTest
    @CsvSource({"16, 200", "100, 300", "1000, 400"})
    void commitIsKnownSoonAfterTheLastDelivery(int nodes, double millisMax) {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", nodes)
                .set("publish", "versions")
                .set("rumors", 3)
                .set("every", "3s")
                .set("latency", "5ms")
                .build();
        assertThat(Simulation.of(spec).run().value(Measure.COMMIT)).isBetween(0.0, millisMax);
    }

    /** Whoever is down holds commit back, and it comes when it returns. */
    @Test
    void aNodeThatIsDownHoldsCommitBack() {
        SimulationSpec spec = SimulationSpec.builder()
                .set("nodes", 10)
                .set("topology", "random:4")
                .set("publish", "versions")
                .set("publisher", 0)
                .set("rumors", 3)
                .set("every", "2s")
                .set("crash", "7@1s+20s")
                .build();
        StringBuilder told = new StringBuilder();
        Simulation.of(spec, new Observer() {
                    @Override
                    public void told(long atNanos, int node, Event event) {
                        if (node == 3 && event instanceof CommitProtocol.Committed committed) {
                            told.append(committed.versions())
                                    .append(atNanos < 20_000_000_000L ? " early; " : " late; ");
                        }
                    }
                })
                .run();
        assertThat(told.toString()).startsWith("1 early; ").endsWith("3 late; ").doesNotContain("2 early");
    }

    @Test
    void theCheckerSeesACommitThatIsNone() {
        Simulation simulation = Simulation.of(SimulationSpec.builder()
                .set("nodes", 5)
                .set("topology", "full")
                .set("publish", "versions")
                .build());
        simulation.run();
        CommitChecker checker = new CommitChecker(simulation.hosts());
        checker.told(0, 0, new RumorProtocol.Published(new RumorId(1, 0, 0, 0), 1, 1));
        checker.told(0, 0, new RumorProtocol.Published(new RumorId(2, 0, 0, 0), 2, 1));
        checker.told(0, 0, new CommitProtocol.Committed(Ranges.of(1, 1), 5));
        assertThatThrownBy(() -> checker.told(0, 0, new CommitProtocol.Committed(Ranges.of(2, 2), 5)))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining("has not got 2");
        assertThatThrownBy(() -> checker.told(0, 0, new CommitProtocol.Committed(Ranges.of(3, 3), 5)))
                .isInstanceOf(BrokenInvariant.class)
                .hasMessageContaining("nobody has published");
    }
}
