package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one node: what it says itself, and what others say of it. */
final class NodeSight {

    /** Nodes send at least a comment more often than this; after a longer silence a node does not count as reporting. */
    static final long SILENCE_MICROS = 20_000_000;

    /** What has become of a node, as far as can be told from here. */
    enum State {
        LIVE,
        PAUSED,
        /** Neighbours have not heard of it for a while. */
        SUSPECTED,
        /** It does not report, and nobody says that it is dead. */
        UNKNOWN,
        DEAD,
        /** It is no member any more. */
        REMOVED
    }

    /**
     * A line of its list of members.
     *
     * @param incarnation 0 where no seeds decide
     * @param signedBy the seeds that have signed it
     */
    record Member(NodeId peer, String state, long incarnation, List<NodeId> signedBy) {}

    /** The seeds as one of them sees them. */
    record Electorate(int seeds, int needed, int reachable) {}

    final int index;
    final NodeId address;
    String name = "";
    String role = "node";
    boolean isConnected;
    boolean isPaused;
    boolean isRemoved;

    /** Whether it has said that it ends. */
    boolean hasEnded;

    long heardMicros;
    long received;
    long duplicates;
    long published;
    long queued;
    long messages;
    long members;

    /** Whether it answered when its pages were read last. */
    boolean isAnswering;

    /** Its own list of members, of seeds and of some nodes where there are none; and of when it is. */
    List<Member> memberList = List.of();

    long membersMicros;

    /** What a seed knows of the others. */
    @Nullable
    Electorate electorate;

    final Set<NodeId> neighbours = new TreeSet<>();
    final Set<NodeId> suspectedBy = new TreeSet<>();
    final Set<NodeId> givenUpBy = new TreeSet<>();

    /** What it was taken for last. */
    State shown = State.UNKNOWN;

    /** Since when. */
    long shownMicros = Long.MIN_VALUE;

    NodeSight(int index, NodeId address) {
        this.index = index;
        this.address = address;
    }

    /** As people call it. */
    String called() {
        return name.isEmpty() ? address.toString() : (isSeed() ? "seed " : "node ") + name;
    }

    boolean isSeed() {
        return role.equals("seed");
    }

    boolean isReporting(long nowMicros) {
        return isConnected && nowMicros - heardMicros < SILENCE_MICROS;
    }

    State state(long nowMicros) {
        if (isRemoved) {
            return State.REMOVED;
        }
        // A node that speaks is not dead, whoever cannot hear it: the way between those two may be cut.
        if (isReporting(nowMicros) && !hasEnded) {
            return isPaused ? State.PAUSED : suspectedBy.isEmpty() ? State.LIVE : State.SUSPECTED;
        }
        if (hasEnded || !givenUpBy.isEmpty()) {
            return State.DEAD;
        }
        return suspectedBy.isEmpty() ? State.UNKNOWN : State.SUSPECTED;
    }

    /** Whether it is dead or no member any more. */
    boolean isGone() {
        return shown == State.DEAD || shown == State.REMOVED;
    }

    /** Whether a message is expected to reach it. */
    boolean counts() {
        return !isSeed() && !isGone();
    }
}
