package dev.hearsay.web.picture;

import dev.hearsay.core.NodeId;
import dev.hearsay.web.journal.NodeState;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.Set;
import java.util.TreeSet;

/** What is known of one node: what it says itself, and what others say of it. */
public final class NodeModel {

    /** Nodes send at least a comment more often than this; after a longer silence a node does not count as reporting. */
    public static final long SILENCE_MICROS = 20_000_000;

    /** What it says of itself. */
    record Told(String name, String role, boolean isPaused, long members, long queued) {}

    /** By this number it is called in what browsers get. */
    public final int index;

    /** Where it is. */
    public final NodeId address;

    boolean isConnected;
    boolean isRemoved;

    /** Whether it has said that it ends. */
    boolean hasEnded;

    /** Whether another node has got its index. */
    boolean isForgotten;

    long heardMicros;

    /** When anybody spoke of it last. */
    long namedMicros;

    long received;
    long duplicates;
    long published;

    /** As of when its page was read last. */
    Told told = new Told("", "node", false, 0, 0);

    final Set<NodeId> neighbours = new TreeSet<>();
    final Set<NodeId> suspectedBy = new TreeSet<>();
    final Set<NodeId> givenUpBy = new TreeSet<>();

    /** What it was taken for last. */
    NodeState shown = NodeState.UNKNOWN;

    /** Since when. */
    long shownMicros = Long.MIN_VALUE;

    NodeModel(int index, NodeId address) {
        this.index = index;
        this.address = address;
    }

    /**
     * By its page {@code /state}.
     *
     * @return whether it says anything new
     */
    boolean take(JsonObject page) throws WireException {
        Told before = told;
        told = new Told(
                page.text("node"),
                page.text("role"),
                page.flag("paused"),
                page.whole("members"),
                page.object("queues").whole("outgoing"));
        return !told.equals(before);
    }

    /** Its name; empty as long as it is not known. */
    public String name() {
        return told.name;
    }

    /** As people call it. */
    public String called() {
        return told.name.isEmpty() ? address.toString() : (isSeed() ? "seed " : "node ") + told.name;
    }

    /** Whether it decides on membership, and does not gossip. */
    public boolean isSeed() {
        return told.role.equals("seed");
    }

    /** Whether it has been heard of lately. */
    public boolean isReporting(long nowMicros) {
        return isConnected && nowMicros - heardMicros < SILENCE_MICROS;
    }

    NodeState state(long nowMicros) {
        if (isRemoved) {
            return NodeState.REMOVED;
        }
        // A node that speaks is not dead, whoever cannot hear it: the way between those two may be cut.
        if (isReporting(nowMicros) && !hasEnded) {
            return told.isPaused ? NodeState.PAUSED : suspectedBy.isEmpty() ? NodeState.LIVE : NodeState.SUSPECTED;
        }
        if (hasEnded || !givenUpBy.isEmpty()) {
            return NodeState.DEAD;
        }
        return suspectedBy.isEmpty() ? NodeState.UNKNOWN : NodeState.SUSPECTED;
    }

    /** Whether there was no room for it any more. */
    public boolean isForgotten() {
        return isForgotten;
    }

    /** Whether its events can be heard. */
    public boolean isConnected() {
        return isConnected;
    }

    /** Whether it is no member any more. */
    public boolean isRemoved() {
        return isRemoved;
    }

    /** Whether it runs, as far as it says itself. */
    public boolean isRunning(long nowMicros) {
        return isReporting(nowMicros) && !hasEnded && !isRemoved;
    }

    /** Whether it takes messages from people. */
    public boolean takesMessages(long nowMicros) {
        return !isSeed() && isReporting(nowMicros) && !told.isPaused;
    }

    /** Whether it is dead or no member any more. */
    public boolean isGone() {
        return shown == NodeState.DEAD || shown == NodeState.REMOVED;
    }

    /** Whether a message is expected to reach it. */
    boolean counts() {
        return !isSeed() && !isGone();
    }
}
