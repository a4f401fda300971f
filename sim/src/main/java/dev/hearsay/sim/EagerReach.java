package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes eager spreading has reached by itself: those to which an unbroken chain of copies has come that were passed
 * on eagerly, from the publisher on. Where anti-entropy has been quicker, that chain may be closed only later.
 *
 * <p>Anti-entropy also turns chains around: a node does not pass a rumor on to where its own copy came from. Where that was a node outside of the chain, the
 * node would have left out whoever reached it in the chain instead, and have sent to the other what it has sent to that one: what is drawn uniformly among all neighbours but
 * one becomes, with these two exchanged, what is drawn uniformly among all but the other. That holds for every rule of spreading that treats neighbours alike.
 */
final class EagerReach {

    private static final int NOBODY = -1;

    /** A node whose own copy did not come along the chain. */
    private static final class Turned {
        /** Whom it left out for that; {@link #NOBODY} if it was no neighbour. */
        private final int leftOut;

        private final int[] neighbours;
        private final List<int[]> rounds = new ArrayList<>(1);
        private int via = NOBODY;

        Turned(int leftOut, int[] neighbours) {
            this.leftOut = leftOut;
            this.neighbours = neighbours;
        }
    }

    private final BitSet reached;
    private final double loss;
    private final Random64 random;
    private @Nullable Map<Integer, Turned> turned;

    /** Copies that came from nodes outside of the chain so far, or would have come, as pairs of sender and receiver. */
    private int[] pending = new int[0];

    private int pendingSize;

    /**
     * Nothing has happened yet.
     *
     * @param loss the fraction of messages that the network loses
     * @param random for what would have been drawn
     */
    EagerReach(int nodes, int publisher, double loss, Random64 random) {
        this.loss = loss;
        this.random = random;
        reached = new BitSet(nodes);
        if (publisher >= 0) {
            reached.set(publisher);
        }
    }

    /** A copy that was passed on eagerly has arrived. */
    void arrived(int from, int to) {
        if (reached.get(to)) {
            return;
        }
        if (reached.get(from)) {
            join(from, to);
        } else {
            add(from, to);
        }
    }

    /** Whether a closed chain has come to a node, as far as is known before {@link #reached} looks at all of them. */
    boolean hasReached(int node) {
        return reached.get(node);
    }

    /**
     * The first copy has come to a node, and not along the chain.
     *
     * @param from where it came from
     */
    void turned(int node, int from, int[] neighbours) {
        if (turned == null) {
            turned = new HashMap<>();
        }
        turned.put(node, new Turned(contains(neighbours, from) ? from : NOBODY, neighbours));
    }

    /** Whether it matters to whom a node passes it on. */
    boolean isTurned(int node) {
        return turned != null && turned.containsKey(node);
    }

    /** A node passes it on to these. */
    void relayed(int node, int[] targets) {
        Turned one = turned == null ? null : turned.get(node);
        if (one != null) {
            one.rounds.add(targets);
            if (one.via != NOBODY) {
                turnBack(node, one, targets);
            }
        }
    }

    /** A node has forgotten it in a crash: no chain has come to it any more, nor goes on from it. */
    void forgotten(int node) {
        reached.clear(node);
        if (turned != null) {
            turned.remove(node);
        }
        int kept = 0;
        for (int i = 0; i < pendingSize; i += 2) {
            if (pending[i] != node && pending[i + 1] != node) {
                pending[kept++] = pending[i];
                pending[kept++] = pending[i + 1];
            }
        }
        pendingSize = kept;
    }

    private void join(int via, int node) {
        reached.set(node);
        Turned one = turned == null ? null : turned.get(node);
        if (one != null && one.via == NOBODY) {
            one.via = via;
            one.rounds.forEach(targets -> turnBack(node, one, targets));
        }
    }

    private void turnBack(int node, Turned one, int[] targets) {
        if (!contains(targets, one.via)) {
            return;
        }
        int instead = one.leftOut != NOBODY ? one.leftOut : anotherOf(one, targets);
        if (instead != NOBODY && random.nextDouble() >= loss) {
            add(node, instead);
        }
    }

    /** A neighbour that was not drawn, at random: one more may be drawn where one is left out that was. */
    private int anotherOf(Turned one, int[] targets) {
        int[] others = Arrays.stream(one.neighbours)
                .filter(other -> !contains(targets, other))
                .toArray();
        return others.length == 0 ? NOBODY : others[random.nextInt(others.length)];
    }

    private static boolean contains(int[] numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }

    private void add(int from, int to) {
        if (pendingSize == pending.length) {
            pending = Arrays.copyOf(pending, Math.max(16, 2 * pendingSize));
        }
        pending[pendingSize++] = from;
        pending[pendingSize++] = to;
    }

    /** The nodes that were reached, after all chains that can be closed are. */
    BitSet reached() {
        boolean isGrowing = pendingSize > 0;
        while (isGrowing) {
            isGrowing = false;
            int[] open = Arrays.copyOf(pending, pendingSize);
            pendingSize = 0;
            for (int i = 0; i < open.length; i += 2) {
                if (!reached.get(open[i])) {
                    add(open[i], open[i + 1]);
                } else if (!reached.get(open[i + 1])) {
                    isGrowing = true;
                    join(open[i], open[i + 1]);
                }
            }
        }
        return reached;
    }
}
