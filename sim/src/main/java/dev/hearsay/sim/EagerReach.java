package dev.hearsay.sim;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which nodes eager spreading has reached by itself: those to which an unbroken chain of copies has come that were passed
 * on eagerly, from the publisher on. Where anti-entropy has been quicker, that chain may be closed only later.
 *
 * <p>Anti-entropy also turns chains around: a flood does not go back over the link on which it came, so where a wave that
 * anti-entropy has begun comes towards that of the publisher, nothing is sent away from the publisher any more, though
 * without anti-entropy it would have been.
 */
final class EagerReach {

    private final BitSet reached;

    /** Copies that came from nodes outside of the chain so far, as pairs of sender and receiver. */
    private int[] pending = new int[0];

    private int pendingSize;

    EagerReach(int nodes, int publisher) {
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
            reached.set(to);
        } else {
            add(from, to);
        }
    }

    /** Whether a closed chain has come to a node, as far as is known before {@link #reached} looks at all of them. */
    boolean hasReached(int node) {
        return reached.get(node);
    }

    /** A copy that would have been sent, and not lost, but that its receiver had sent one over that link the other way. */
    void wouldHaveGone(int from, int to) {
        add(from, to);
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
            int kept = 0;
            for (int i = 0; i < pendingSize; i += 2) {
                int from = pending[i];
                int to = pending[i + 1];
                if (reached.get(from)) {
                    isGrowing |= !reached.get(to);
                    reached.set(to);
                } else if (!reached.get(to)) {
                    pending[kept++] = from;
                    pending[kept++] = to;
                }
            }
            pendingSize = kept;
        }
        return reached;
    }
}
