package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.node.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a network runs, and whatever comes and goes in it: no overlay becomes a full mesh that was not drawn as one. */
class DegreeTest {

    private static final long HOUR = 3_600 * SECOND;

    /** How many neighbours each of n peers draws, as the specification has it: ⌊n/2⌋+1, or what was asked for. */
    private static int picks(int n, int asked) {
        return Math.min(n - 1, asked > 0 ? asked : n / 2 + 1);
    }

    /** Links of which both ends know; each has been drawn by one of them, so there are no more than all draw together. */
    private static int mutualLinks(SeededRun run) {
        int links = 0;
        for (int i = 0; i < run.peers; i++) {
            for (NodeId neighbour : run.isUpPeer(i) ? run.peerAt(i).neighbours() : List.<NodeId>of()) {
                boolean isUp = neighbour.port() > i && run.isUpPeer(neighbour.port());
                links += isUp && run.peerAt(neighbour.port()).neighbours().contains(peer(i)) ? 1 : 0;
            }
        }
        return links;
    }

    private static void check(SeededRun run, int asked) {
        int up = 0;
        for (int i = 0; i < run.peers; i++) {
            if (run.isUpPeer(i)) {
                up++;
                List<NodeId> neighbours = run.peerAt(i).neighbours();
                assertThat(Set.copyOf(neighbours)).hasSize(neighbours.size()).doesNotContain(peer(i));
                assertThat(neighbours.size()).isLessThan(run.peers);
            }
        }
        assertThat(mutualLinks(run))
                .as(() -> "links in " + run.simulation.spec().command() + " after " + run.nowNanos() / SECOND + " s")
                .isLessThanOrEqualTo(up * picks(run.peers, asked));
    }

    /** Peers crash, leave, pause and are cut off for ten minutes; the bound holds whenever a link has changed. */
    @ParameterizedTest
    @CsvSource({"8, 0, 5", "8, 2, 5", "16, 3, 4", "40, 3, 1"})
    void drawnLinksAreNoMoreThanAllPeersDrawTogether(int peers, int asked, int randomSeeds) {
        for (long randomSeed = 1; randomSeed <= randomSeeds; randomSeed++) {
            churn(randomSeed, peers, asked, HOUR / 6);
        }
    }

    @Test
    @Tag("slow")
    void theyAreNoMoreInTwoHours() {
        churn(6, 10, 2, 2 * HOUR);
    }

    private static void churn(long randomSeed, int peers, int asked, long untilNanos) {
        String topology = asked == 0 ? "powerlaw:1" : "powerlaw:1:" + asked;
        SeededRun run = SeededRun.of(randomSeed, 3, peers, "topology", topology, "loss", "5%");
        run.enemy = told -> {
            run.told.clear();
            if (told.event() instanceof LinkProtocol.LinkUp) {
                check(run, asked);
            }
        };
        run.run(20 * SECOND);
        Random64 random = new Random64(randomSeed);
        while (run.nowNanos() < untilNanos) {
            strike(run, random);
            run.run(SECOND + random.nextLong(40 * SECOND));
        }
        run.run(120 * SECOND);
        check(run, asked);
        assertThat(run.simulation.findFault()).as("random seed %d", randomSeed).isNull();
        assertThat(drawnBeyondNeed(run, asked)).isEmpty();
    }

    private static void strike(SeededRun run, Random64 random) {
        int victim = random.nextInt(run.peers);
        long forNanos = SECOND + random.nextLong(30 * SECOND);
        long now = run.nowNanos();
        run.strike(
                switch (random.nextInt(4)) {
                    case 0 ->
                        new Fault.Crash(
                                Victims.nodes(victim),
                                now,
                                forNanos,
                                random.nextInt(2) == 0 ? DiskLoss.NONE : DiskLoss.ALL);
                    case 1 -> new Fault.Leave(Victims.nodes(victim), now, forNanos);
                    case 2 -> new Fault.Pause(Victims.nodes(victim), now, forNanos);
                    default -> new Fault.Partition(Victims.nodes(victim), now, forNanos);
                });
    }

    /** Links with more than enough others at both ends: if all are of this kind, nobody needs them. */
    private static Set<String> drawnBeyondNeed(SeededRun run, int asked) {
        int wanted = picks(run.peers, asked);
        int enough = Math.min(2 * wanted, (wanted + run.peers - 1) / 2);
        Set<String> unneeded = new HashSet<>();
        for (int i = 0; i < run.peers; i++) {
            for (NodeId neighbour : run.peerAt(i).neighbours()) {
                Node other = run.peerAt(neighbour.port());
                if (run.peerAt(i).neighbours().size() > enough
                        && other.neighbours().size() > enough
                        && hasOtherBefore(run.peerAt(i), neighbour)
                        && hasOtherBefore(other, peer(i))) {
                    unneeded.add(i + "-" + neighbour.port());
                }
            }
        }
        return unneeded;
    }

    private static boolean hasOtherBefore(Node node, NodeId neighbour) {
        return node.neighbours().stream().anyMatch(one -> !one.equals(neighbour) && one.compareTo(node.self()) < 0);
    }

    /** Of 8 peers each draws 5 of 7: nearly all, and not all for ever. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void eightPeersThatDrawFiveAreNotLinkedCompletely(long randomSeed) {
        SeededRun run = SeededRun.of(randomSeed, 3, 8).run(60 * SECOND);
        assertThat(mutualLinks(run)).isBetween(8 * 5 / 2, 27);
    }

    /** A look at a member that is no neighbour is answered, and nothing else comes of it. */
    @Test
    void aPingOfAStrangerMakesNoLink() {
        SeededRun run = SeededRun.of(1, 3, 20, "topology", "powerlaw:1:3").run(30 * SECOND);
        int links = mutualLinks(run);
        run.told.clear();
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                run.forge(peer(i), peer(j), new HeartbeatProtocol.Ping(7));
            }
        }
        run.run(30 * SECOND);
        assertThat(run.told(LinkProtocol.LinkUp.class)).isEmpty();
        assertThat(run.told(HeartbeatProtocol.Reappeared.class)).isEmpty();
        assertThat(mutualLinks(run)).isEqualTo(links);
    }

    /** Links that close gaps: beside those of the start a node has as many others at most, and eight; who is linked to all that live has those. */
    @ParameterizedTest
    @ValueSource(strings = {"random:3", "circular", "grid", "scale-free:2", "small-world:4:0.3", "powerlaw:1:3"})
    void linksThatCloseGapsAreBounded(String topology) {
        for (long randomSeed = 1; randomSeed <= 4; randomSeed++) {
            churnStatic(topology, 60, randomSeed, 600);
        }
    }

    @Test
    @Tag("slow")
    void theyAreBoundedForTwoHours() {
        churnStatic("random:3", 40, 5, 7_200);
    }

    private static void churnStatic(String topology, int nodes, long randomSeed, int seconds) {
        Random64 random = new Random64(randomSeed);
        SimulationSpecBuilder builder = SimulationSpec.builder()
                .set("nodes", nodes)
                .set("topology", topology)
                .set("heartbeats", "1s")
                .set("anti-entropy", "10s")
                .set("loss", "5%")
                .set("random-seed", randomSeed);
        for (int at = 5; at < seconds; at += 5 + random.nextInt(15)) {
            String victims = 1 + random.nextInt(30) + "%@" + at + "s+" + (5 + random.nextInt(60)) + "s";
            builder.set(List.of("crash", "leave", "partition", "pause").get(random.nextInt(4)), victims);
        }
        SimulationSpec spec = builder.set("heal", seconds + 60 + "s")
                .set("within", "5m")
                .set("until", seconds + 1_200 + "s")
                .build();
        int[] degrees = new int[nodes];
        int[] atStart = new int[nodes];
        Simulation.of(spec, new Observer() {
                    @Override
                    public void told(long atNanos, int node, Event event) {
                        switch (event) {
                            case Lifecycle.Started started -> {
                                degrees[node] = started.neighbours().size();
                                atStart[node] = degrees[node];
                            }
                            case LinkProtocol.LinkUp up -> degrees[node]++;
                            case LinkProtocol.LinkDown down -> degrees[node]--;
                            default -> {}
                        }
                        assertThat(degrees[node])
                                .as(() -> "neighbours of " + node + " in " + spec.command())
                                .isLessThanOrEqualTo(2 * atStart[node] + 8);
                    }
                })
                .run();
    }
}
