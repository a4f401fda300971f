package dev.hearsay.sim;

import dev.hearsay.core.Rumor;
import java.util.Arrays;
import java.util.BitSet;

/** One rumor: who has it, since when, and what it has cost. */
final class Tracked {

    final Rumor rumor;
    final int publisher;
    final long publishedNanos;
    final EagerReach eager;

    /** The nodes that are up and have it. */
    final BitSet holders;

    int reached;

    /** Whether its publisher could be told that it is accepted: the fact of it is durable. */
    boolean isAccepted;

    /** Whether only the stranger has said it. */
    boolean isForged;

    /** Whether the stranger has said it before its publisher did: a version is the same rumor whoever says it. */
    boolean wasForged;

    /** Whether the stranger has given its number to something else, so that nobody without a key can tell which of the two is true. */
    boolean isContested;

    /** Whether its publisher has lost its disk since. */
    boolean isDisowned;

    /** Whether everybody who is up has it; or nobody at all, so that there is nothing to wait for. */
    boolean isComplete;

    long payloadMessages;
    long duplicates;

    private int[] nodes = new int[16];
    private int[] hops = new int[16];
    private long[] atNanos = new long[16];
    private int deliveries;

    Tracked(Rumor rumor, int publisher, long publishedNanos, int nodeCount, EagerReach eager) {
        this.rumor = rumor;
        this.publisher = publisher;
        this.publishedNanos = publishedNanos;
        this.holders = new BitSet(nodeCount);
        this.eager = eager;
        if (publisher >= 0) {
            holders.set(publisher);
            reached = 1;
            delivered(publisher, 0, publishedNanos);
        }
    }

    /** Said by the stranger, and had by nobody yet. */
    static Tracked forged(Rumor rumor, int nodeCount, EagerReach eager) {
        Tracked tracked = new Tracked(rumor, -1, 0, nodeCount, eager);
        tracked.isForged = true;
        tracked.isAccepted = true;
        return tracked;
    }

    /** Goes on from what the stranger has brought about. */
    void takeOver(Tracked forged) {
        wasForged = true;
        isAccepted = true;
        holders.or(forged.holders);
        reached = holders.cardinality();
    }

    void delivered(int node, int hopCount, long nanos) {
        if (deliveries == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * deliveries);
            hops = Arrays.copyOf(hops, 2 * deliveries);
            atNanos = Arrays.copyOf(atNanos, 2 * deliveries);
        }
        nodes[deliveries] = node;
        hops[deliveries] = hopCount;
        atNanos[deliveries++] = nanos;
    }

    /** Deliveries, those included that a crash has undone; the publisher's own is not among them. */
    int deliveries() {
        return deliveries - 1;
    }

    /** The times, since it was published, at which those who have it now came to have it; ascending. */
    long[] delays() {
        int[] places = lastPlaces();
        long[] delays = new long[places.length];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = atNanos[places[i]] - publishedNanos;
        }
        return delays;
    }

    /** Over how many links it came to those who have it now; ascending. */
    long[] sortedHops() {
        int[] places = lastPlaces();
        long[] sorted = new long[places.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = hops[places[i]];
        }
        Arrays.sort(sorted);
        return sorted;
    }

    void each(int rumorNumber, Deliveries told) {
        for (int place : lastPlaces()) {
            told.delivered(rumorNumber, nodes[place], atNanos[place] - publishedNanos, hops[place]);
        }
    }

    /**
     * Where the last delivery to each holder is noted, in the order of time. One that only counts it as forgotten has had
     * none.
     */
    private int[] lastPlaces() {
        int[] places = new int[reached];
        int at = reached;
        BitSet wanted = (BitSet) holders.clone();
        for (int i = deliveries - 1; i >= 0 && at > 0; i--) {
            if (wanted.get(nodes[i])) {
                wanted.clear(nodes[i]);
                places[--at] = i;
            }
        }
        return Arrays.copyOfRange(places, at, reached);
    }
}
