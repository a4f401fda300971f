package dev.hearsay.web.journal;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How the network was at any moment of the last while: the states of nodes and the links between them. The window begins where the journal
 * of events is complete, so a moment in it can be shown with all that happened at it; what was before is folded into how it began.
 */
public final class History {

    /** So many changes of nodes, and as many of links. */
    static final int CHANGES_MAX = 100_000;

    /** Two nodes, the one with the lower index first, as one number. */
    public record Pair(int low, int high) {
        /** These two. */
        public static Pair of(int a, int b) {
            return new Pair(Math.min(a, b), Math.max(a, b));
        }
    }

    private final Timeline<Integer, NodeState> states = new Timeline<>(NodeState.UNKNOWN);
    private final Timeline<Pair, Boolean> links = new Timeline<>(false);
    private long fromMicros;
    private boolean isAllKept = true;

    /** A history that begins now. */
    History(long nowMicros) {
        this.fromMicros = nowMicros;
    }

    /** The beginning of the window, microseconds since 1970. */
    public long fromMicros() {
        return fromMicros;
    }

    /** What nodes were. */
    public Timeline<Integer, NodeState> states() {
        return states;
    }

    /** Whether there was a link. */
    public Timeline<Pair, Boolean> links() {
        return links;
    }

    /** Something has been heard of that moment. */
    void reachBack(long atMicros) {
        if (isAllKept) {
            fromMicros = Math.min(fromMicros, atMicros);
        }
    }

    /** An event of that moment is no longer kept. */
    void forget(long atMicros) {
        fromMicros = isAllKept ? atMicros : Math.max(fromMicros, atMicros);
        isAllKept = false;
        states.fold(fromMicros);
        links.fold(fromMicros);
    }

    /** Lets go of all that is known of some nodes. */
    void forget(IntPredicate which) {
        states.forget(which::test);
        links.forget(pair -> which.test(pair.low) || which.test(pair.high));
    }

    /** Returns the change; null if it is none. */
    public Timeline.@Nullable Change<Integer, NodeState> state(int node, NodeState state, long atMicros) {
        return changed(states, states.set(node, state, atMicros));
    }

    /** Returns the change; null if it is none. */
    public Timeline.@Nullable Change<Pair, Boolean> link(Pair pair, boolean isThere, long atMicros) {
        return changed(links, links.set(pair, isThere, atMicros));
    }

    private <C extends Timeline.@Nullable Change<?, ?>> C changed(Timeline<?, ?> line, C change) {
        if (change != null) {
            reachBack(change.atMicros());
            if (line.size() > CHANGES_MAX) {
                forget(line.foldFirst());
            }
        }
        return change;
    }
}
