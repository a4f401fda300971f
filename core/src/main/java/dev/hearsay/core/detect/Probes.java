package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.View;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A look at members that are no neighbours: one that nobody is linked to would never be missed. Every peer pings one of them by chance now and then,
 * as all do in SWIM (Das, Gupta, Motivala 2002).
 */
final class Probes {

    /** Pings that may stay unanswered, for any of them may be lost. */
    private static final int PINGS_MAX = 3;

    private static final int DRAWS_MAX = 8;

    private final long intervalNanos;
    private final Context context;
    private final Nonces nonces;
    private final View view;
    private final Predicate<NodeId> mayBeProbed;
    private @Nullable NodeId probed;
    private int pings;
    private long generation;

    /**
     * Nobody is looked at yet.
     *
     * @param intervalNanos from one ping to the next
     * @param mayBeProbed whether a member is worth a look
     */
    Probes(long intervalNanos, Context context, Nonces nonces, View view, Predicate<NodeId> mayBeProbed) {
        this.intervalNanos = intervalNanos;
        this.context = context;
        this.nonces = nonces;
        this.view = view;
        this.mayBeProbed = mayBeProbed;
    }

    void begin(Effects effects) {
        effects.after(intervalNanos, new SuspicionProtocol.Probe(++generation));
    }

    /** A member has answered a ping. */
    void answered(NodeId from) {
        if (from.equals(probed)) {
            probed = null;
        }
    }

    /**
     * Pings whoever was pinged before and has not answered, or somebody else.
     *
     * @return who has answered none of all the pings it was given; null if nobody
     */
    @Nullable
    NodeId step(SuspicionProtocol.Probe timer, Effects effects) {
        if (timer.generation() != generation) {
            return null;
        }
        begin(effects);
        NodeId last = probed;
        if (last == null || !mayBeProbed.test(last)) {
            draw();
        } else if (pings == PINGS_MAX) {
            probed = null;
            return last;
        }
        if (probed != null) {
            pings++;
            effects.send(probed, nonces.ping(probed));
        }
        return null;
    }

    private void draw() {
        List<NodeId> members = view.members();
        probed = null;
        pings = 0;
        for (int i = 0; i < DRAWS_MAX && probed == null; i++) {
            NodeId drawn = members.get(context.random().nextInt(members.size()));
            if (mayBeProbed.test(drawn) && !view.neighbours().contains(drawn)) {
                probed = drawn;
            }
        }
    }
}
