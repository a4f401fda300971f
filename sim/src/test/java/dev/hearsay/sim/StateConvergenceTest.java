package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once everything is healed all live nodes have the same entries, whoever wrote and deleted what on which side of which cut. Of nodes whose clocks are wrong by more
 * than the others believe nothing is promised, but they take nothing from the others, either: nothing that was deleted comes back.
 */
class StateConvergenceTest {

    private static final int STUDIES_PER_BLOCK = 500;

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1000})
    void replicasAreEqualAfterHeal(int firstRandomSeed) {
        int deletions = 0;
        for (int i = 0; i < STUDIES_PER_BLOCK; i++) {
            deletions += run(RandomStudy.publishing("entries", firstRandomSeed + i)).deletions;
        }
        assertThat(deletions).isGreaterThan(STUDIES_PER_BLOCK);
    }

    private static Returns run(SimulationSpec spec) {
        return run(spec, new Returns());
    }

    private static Returns run(SimulationSpec spec, Returns returns) {
        Simulation simulation = Simulation.of(spec, returns);
        returns.hosts = simulation.hosts();
        simulation.run();
        return returns;
    }

    /** One of twelve is days ahead and writes as the others do, while some are away for a while and come back with what was deleted meanwhile. */
    @Test
    void aClockDaysAheadBringsNothingBackAndKeepsNobodyFromWriting() {
        int deletions = 0;
        for (int randomSeed = 0; randomSeed < 300; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", 12)
                    .set("topology", "random:3")
                    .set("publish", "entries")
                    .set("rumors", 60)
                    .set("every", "150ms")
                    .set("loss", "10%")
                    .set("skew", "10%@0s:34560000s")
                    .set("pause", "40%@2s+3s")
                    .set("partition", "30%@4s+3s")
                    .set("heal", "10s")
                    .set("within", "5m")
                    .set("random-seed", randomSeed)
                    .build();
            deletions += run(spec).deletions;
        }
        assertThat(deletions).isGreaterThan(300);
    }

    /** Who writes is two days behind all others, so that its deletions look old at once, while some are away for longer than a minute with what it has deleted. */
    @Test
    void whatAClockDaysBehindHasDeletedDoesNotComeBack() {
        int deletions = 0;
        for (int randomSeed = 0; randomSeed < 40; randomSeed++) {
            SimulationSpec spec = SimulationSpec.builder()
                    .set("nodes", 12)
                    .set("topology", "random:3")
                    .set("publish", "entries")
                    .set("publisher", 0)
                    .set("rumors", 40)
                    .set("every", "150ms")
                    .set("skew", "1,2,3,4,5,6,7,8,9,10,11@0s:48h")
                    .set("pause", "40%@3s+100s")
                    .set("heal", "110s")
                    .set("within", "5m")
                    .set("random-seed", randomSeed)
                    .build();
            Returns returns = new Returns();
            returns.wrong = null;
            deletions += run(spec, returns).deletions;
        }
        assertThat(deletions).isGreaterThan(40);
    }

    /** Computed from what nodes tell: whoever has learnt of a deletion never takes an earlier value in its place, as long as its clock is right. */
    private static final class Returns implements Observer {
        private final Map<String, Stamp> deleted = new HashMap<>();
        private @Nullable Set<Integer> wrong = new HashSet<>();
        private Hosts hosts;
        private int deletions;

        @Override
        public void told(long atNanos, int node, Event event) {
            if (wrong != null && hosts != null && !hosts.isClockRight(node)) {
                wrong.add(node);
            }
            switch (event) {
                // What was recoverable may be lost.
                case Lifecycle.Started started -> forget(node);
                case Lifecycle.Refused(String reason) when reason.contains("could not be made durable") -> forget(node);
                case StateProtocol.Written(String key, Stamp stamp, boolean isDeletion) ->
                    note(node, key, stamp, isDeletion);
                case StateProtocol.EntryReceived(String key, Stamp stamp, boolean isDeletion, NodeId from) ->
                    note(node, key, stamp, isDeletion);
                default -> {}
            }
        }

        private void forget(int node) {
            deleted.keySet().removeIf(at -> at.startsWith(node + " "));
        }

        private void note(int node, String key, Stamp stamp, boolean isDeletion) {
            Stamp known = deleted.get(node + " " + key);
            if (isDeletion) {
                deletions++;
                deleted.put(node + " " + key, stamp);
            } else if (known != null && (wrong == null || !wrong.contains(node))) {
                assertThat(stamp).as("what is at %s after it was deleted", key).isGreaterThan(known);
            }
        }
    }

    @Test
    void anAcknowledgedWriteIsNotLostByACrash() {
        for (int randomSeed = 0; randomSeed < 100; randomSeed++) {
            Simulation simulation = Simulation.of(SimulationSpec.builder()
                    .set("nodes", 3)
                    .set("topology", "full")
                    .set("publish", "entries")
                    .set("publisher", 1)
                    .set("rumors", 4)
                    .set("loss", "100%")
                    .set("disk", "5ms")
                    .set("crash", "1@2s+1s")
                    .set("heal", "5s")
                    .set("random-seed", randomSeed)
                    .build());
            simulation.run();
            assertThat(simulation.hosts().node(2).state().entries())
                    .as("random seed %d", randomSeed)
                    .isNotEmpty();
        }
    }
}
