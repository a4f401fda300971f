package dev.hearsay.core.membership;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which of several seeds that are asked for the same change calls the vote on it. The others only vote, and call one of their own if nothing has come of the
 * first. The order of the seeds is another for each peer, so that all have their share; those out of reach are passed over.
 */
final class ProposalTurns {

    /** So many votes of others are remembered; beyond that, seeds may call votes side by side, as is always safe. */
    private static final int BALLOTS_MAX = 10_000;

    /** For so many times the time that a vote is waited for, no second one on the same is: a seed that never ends its votes holds others up once. */
    private static final int FORGET_FACTOR = 15;

    private final NodeId self;
    private final List<NodeId> seeds;
    private final long turnNanos;
    private final long joinNanos;
    private final Map<Statement, Long> joined = new LinkedHashMap<>();

    /**
     * The turns of a seed.
     *
     * @param seeds all of them, in an order that all know
     * @param turnNanos how long a seed waits for each one that is before it
     * @param joinNanos how long it waits for what comes of another's vote
     */
    ProposalTurns(NodeId self, List<NodeId> seeds, long turnNanos, long joinNanos) {
        this.self = self;
        this.seeds = List.copyOf(seeds);
        this.turnNanos = turnNanos;
        this.joinNanos = joinNanos;
    }

    /** Another seed has called a vote on this. */
    void join(long nowNanos, Statement statement) {
        Iterator<Long> times = joined.values().iterator();
        while (times.hasNext() && nowNanos - times.next() >= FORGET_FACTOR * joinNanos) {
            times.remove();
        }
        if (joined.size() < BALLOTS_MAX) {
            joined.putIfAbsent(statement, nowNanos);
        }
    }

    /**
     * How long this seed is to wait still before it calls a vote; 0 if it need not.
     *
     * @param readyNanos when it was ready to
     * @param isReachable whether a seed has been heard of lately
     */
    long waitNanos(long nowNanos, long readyNanos, Statement statement, Predicate<NodeId> isReachable) {
        Long since = joined.get(statement);
        if (since != null && nowNanos - since < joinNanos) {
            return since + joinNanos - nowNanos;
        }
        return Math.max(0, readyNanos + before(statement.peer(), isReachable) * turnNanos - nowNanos);
    }

    /** How many seeds that can be reached come before this one. */
    private int before(NodeId peer, Predicate<NodeId> isReachable) {
        int first = (int) Math.floorMod(Random64.mix(peer.hashCode()), (long) seeds.size());
        int before = 0;
        for (int i = 0; i < seeds.size(); i++) {
            NodeId seed = seeds.get((first + i) % seeds.size());
            if (seed.equals(self)) {
                break;
            }
            before += isReachable.test(seed) ? 1 : 0;
        }
        return before;
    }
}
