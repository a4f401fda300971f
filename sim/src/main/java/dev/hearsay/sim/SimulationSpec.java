package dev.hearsay.sim;

import dev.hearsay.core.Rumor;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that decides a study: one or more runs that differ in their random seed only. The same spec gives the same
 * runs, event by event, on every machine.
 *
 * @param nodes how many gossip; in a network with seeds these are its peers
 * @param seeds how many seeds decide who is a member; 0 for a network of everybody
 * @param topology the overlay at the start; where there are seeds, the law by which peers draw their neighbours
 * @param randomSeed that of the first run; the runs after it take the numbers after it, so that each can be had alone
 */
public record SimulationSpec(
        int nodes,
        int seeds,
        OverlaySpec topology,
        Publishing publishing,
        Protocol protocol,
        Network network,
        List<Fault> faults,
        Ending ending,
        long randomSeed,
        int runs) {

    private static final int NODES_MAX = 10_000_000;
    private static final int SEEDS_MAX = 100;
    private static final int RUNS_MAX = 1_000_000;

    /**
     * What is published.
     *
     * @param rumors how many
     * @param firstNanos when the first is published
     * @param everyNanos time from one to the next
     * @param kind what the rumors are
     * @param publisher the node that publishes all of them; -1 for a live node drawn for each
     * @param relays how many times each node passes them on
     * @param payloadBytes their size
     */
    public record Publishing(
            Kind kind, int rumors, long firstNanos, long everyNanos, int publisher, int relays, int payloadBytes) {

        /** What can be put into a network. */
        public enum Kind {
            /** Messages, each of its publisher. */
            MESSAGES("messages"),
            /** Versions 1, 2, 3 … of the whole network, each at one node. */
            VERSIONS("versions"),
            /** Entries of the key/value state, some of them deletions, on few keys so that they meet. */
            ENTRIES("entries");

            private final String word;

            Kind(String word) {
                this.word = word;
            }

            /** As options name it. */
            @Override
            public String toString() {
                return word;
            }
        }

        public Publishing {
            require(rumors >= 1 && rumors <= 1_000_000, "rumors must be 1 to 1000000, not " + rumors);
            require(firstNanos >= 0 && everyNanos >= 0, "the times of rumors must not be negative");
            require(publisher >= -1, "nodes are numbered from 0");
            require(
                    relays >= 1 && relays <= Rumor.RELAYS_MAX,
                    "relays must be 1 to " + Rumor.RELAYS_MAX + ", not " + relays);
            require(
                    payloadBytes >= 0 && payloadBytes <= 1 << 20,
                    "a payload has 0 to 1048576 bytes, not " + payloadBytes);
        }
    }

    /**
     * What the nodes run.
     *
     * @param antiEntropyNanos from one round of anti-entropy to the next; 0 to leave it out
     * @param heartbeatNanos from one round of heartbeats to the next; 0 to leave them out
     * @param retain how many rumors a node keeps
     * @param tracePaths whether rumors carry the nodes they came through
     * @param diskNanos how long it takes until a binding fact is durable
     * @param diskFailure the fraction of times that this fails instead; needs a disk that takes time
     */
    public record Protocol(
            SpreadSpec spread,
            long antiEntropyNanos,
            long heartbeatNanos,
            int retain,
            boolean tracePaths,
            long diskNanos,
            double diskFailure) {
        public Protocol {
            require(antiEntropyNanos >= 0 && heartbeatNanos >= 0 && diskNanos >= 0, "times must not be negative");
            fraction("disk-failure", diskFailure);
            require(diskFailure == 0 || diskNanos > 0, "a disk that fails must take some time; set disk, too");
            require(retain >= 1, "a node must keep at least 1 rumor, not " + retain);
        }
    }

    /**
     * What the network does to each message.
     *
     * @param loss the fraction that never arrives
     * @param duplicate the fraction that arrives twice
     * @param reorder the fraction that is held back, and overtaken, by up to ten times the mean latency
     */
    public record Network(Latency latency, double loss, double duplicate, double reorder) {
        public Network {
            fraction("loss", loss);
            fraction("duplicate", duplicate);
            fraction("reorder", reorder);
        }
    }

    /**
     * When a run ends. Without a time to heal it ends when every live node has every rumor, nothing more is being passed on
     * eagerly and all faults are over; or when it is clear that this will not come; or at the time limit.
     *
     * @param untilNanos the time limit
     * @param healNanos when all faults end, crashed nodes that have a way back are back, and the network loses nothing any
     *     more; 0 for never
     * @param withinNanos how long after that everything must have converged, or the run fails with an {@link InvariantViolation}
     */
    public record Ending(long untilNanos, long healNanos, long withinNanos) {
        public Ending {
            require(untilNanos > 0 && withinNanos > 0, "the limits of time must be positive");
            require(healNanos >= 0, "the time to heal must not be negative");
        }
    }

    public SimulationSpec {
        // In an order that does not depend on how they were given: the victims are drawn in this order.
        faults = faults.stream()
                .sorted(Comparator.comparingLong(Fault::atNanos)
                        .thenComparing(Fault::option)
                        .thenComparing(Fault::toString))
                .toList();
        require(nodes >= 1 && nodes <= NODES_MAX, "nodes must be 1 to " + NODES_MAX + ", not " + nodes);
        require(runs >= 1 && runs <= RUNS_MAX, "runs must be 1 to " + RUNS_MAX + ", not " + runs);
        require(seeds >= 0 && seeds <= SEEDS_MAX, "seeds must be 0 to " + SEEDS_MAX + ", not " + seeds);
        require(
                seeds == 0 || topology instanceof OverlaySpec.PowerLaw,
                "in a network with seeds peers draw their neighbours; topology must be powerlaw[:ALPHA[:K]], not "
                        + topology);
        require(
                seeds == 0 || protocol.heartbeatNanos > 0,
                "in a network with seeds nobody is removed without heartbeats; they cannot be off");
        require(publishing.publisher < nodes, noNode(publishing.publisher, nodes));
        require(
                publishing.kind != Publishing.Kind.ENTRIES || ending.healNanos > 0,
                "entries are not measured, but all nodes must have the same at last; set a time to heal");
        for (Fault fault : faults) {
            require(
                    ending.healNanos == 0 || fault.atNanos() < ending.healNanos,
                    "--" + fault.option() + " " + fault + " strikes after everything is healed");
            for (int victim : fault.victims().nodes()) {
                require(victim < nodes, "--" + fault.option() + " " + fault + ": " + noNode(victim, nodes));
            }
            for (int victim : fault.victims().seeds()) {
                require(victim < seeds, "--" + fault.option() + " " + fault + ": " + noSeed(victim, seeds));
            }
            require(
                    seeds > 0 || !fault.victims().isOfSeeds(),
                    "--" + fault.option() + " " + fault + ": " + noSeed(0, 0));
        }
    }

    private static String noNode(int node, int nodes) {
        return "there is no node " + node + "; they are numbered 0 to " + (nodes - 1);
    }

    private static String noSeed(int seed, int seeds) {
        return seeds == 0
                ? "there are no seeds; ask for some with seeds"
                : "there is no seed s" + seed + "; they are numbered s0 to s" + (seeds - 1);
    }

    private static void fraction(String name, double value) {
        require(value >= 0 && value <= 1, name + " must be 0 to 1, not " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** A builder that starts from the defaults. */
    public static SimulationSpecBuilder builder() {
        return new SimulationSpecBuilder();
    }

    /** The study of one run only, the given one of 0 … runs - 1. */
    public SimulationSpec run(int run) {
        return new SimulationSpec(
                nodes, seeds, topology, publishing, protocol, network, faults, ending, randomSeed + run, 1);
    }

    /** Whether somebody outside the network talks to its nodes. */
    boolean hasStranger() {
        return faults.stream().anyMatch(Fault.Stranger.class::isInstance);
    }

    /** Whether eager spreading can leave nodes out. */
    boolean mayLoseRumors() {
        boolean isSafe = protocol.spread instanceof SpreadSpec.Flood && network.loss == 0 && faults.isEmpty();
        return !isSafe || protocol.diskFailure > 0;
    }

    /** The command line that repeats exactly this. */
    public String command() {
        StringBuilder line = new StringBuilder("gossip simulate");
        SimulationSpecBuilder.options(this)
                .forEach((option, values) -> values.forEach(
                        value -> line.append(" --").append(option).append(' ').append(word(value))));
        return line.toString();
    }

    /** A name of a file may have blanks in it. */
    private static String word(String value) {
        boolean isPlain = value.chars().allMatch(c -> Character.isLetterOrDigit(c) || "@%+=:,./_-".indexOf(c) >= 0);
        return isPlain ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
