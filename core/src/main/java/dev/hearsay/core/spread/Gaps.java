package dev.hearsay.core.spread;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.math.Ranges;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What partners say they have seen and forgotten, and this node has never seen. To go on comparing for it would never end; to believe it at once would let
 * a single message hide an origin's rumors. So only what a member has said in answer to a question counts; and only after patience, in which nobody else
 * has sent the rumor. What is below a number that this node has seen itself does exist, so one partner's word that it is gone is enough; beyond that it
 * takes that of two, or much more patience.
 */
final class Gaps {

    /** With a partner or two a round, enough to have heard everybody near. */
    static final int ROUNDS_OF_PATIENCE = 16;

    /** With only one partner who says so. */
    private static final int MUCH_PATIENCE = 4;

    private static final int OPEN_MAX = 1024;

    /** So many ranges of an origin at a time. */
    static final int RANGES_MAX = 256;

    /**
     * Numbers of an origin that a partner has said are gone.
     *
     * @param confirmed which of them another partner has said the same of
     */
    private record Gap(Ranges numbers, NodeId first, Ranges confirmed, long sinceNanos) {}

    private final Map<Origin, Gap> open = new LinkedHashMap<>();
    private final long patienceNanos;
    private long noticedNanos;
    private @Nullable NodeId asked;
    private long challenge;

    Gaps(long intervalNanos) {
        patienceNanos = ROUNDS_OF_PATIENCE * intervalNanos;
    }

    /** Somebody, whoever it was, has said something that is to be asked about. */
    void notice(long nowNanos) {
        noticedNanos = nowNanos;
    }

    /** Drops what has not been settled for long; whether there is nothing left to ask about. */
    boolean isOver(long nowNanos) {
        open.values().removeIf(gap -> nowNanos - gap.sinceNanos >= 2 * MUCH_PATIENCE * patienceNanos);
        return open.isEmpty() && nowNanos - noticedNanos >= patienceNanos;
    }

    /** What a partner's answer is to carry. Nobody else can know it. */
    long challenge(NodeId partner, Random64 random) {
        asked = partner;
        challenge = random.split(challenge + 1).nextLong() | 1;
        return challenge;
    }

    boolean isAnswer(NodeId from, long answer) {
        return answer != 0 && answer == challenge && from.equals(asked);
    }

    /**
     * A partner has said in answer that these are gone.
     *
     * @param missing what it has said so of and does not count as seen here
     * @param counted what counts as seen here
     * @param known the largest number of the origin that this node has seen itself
     * @param isOneEnough whether there is nobody else to ask
     * @return what is now to be counted as gone
     */
    Ranges claim(
            long nowNanos,
            NodeId from,
            Origin origin,
            Ranges missing,
            Ranges counted,
            long known,
            boolean isOneEnough) {
        Gap gap = open.get(origin);
        if (gap == null) {
            if (open.size() < OPEN_MAX) {
                open.put(origin, new Gap(missing.copy(), from, new Ranges(), nowNanos));
            }
            return new Ranges();
        }
        if (!from.equals(gap.first) || isOneEnough) {
            gap.confirmed.addAll(missing.and(gap.numbers));
        }
        long waitedNanos = nowNanos - gap.sinceNanos;
        if (waitedNanos < patienceNanos) {
            return new Ranges();
        }
        Ranges still = gap.numbers.minus(counted, 1);
        boolean isLong = waitedNanos >= MUCH_PATIENCE * patienceNanos;
        Ranges gone = isLong ? still : still.upTo(known);
        gone.addAll(still.and(gap.confirmed));
        if (still.isEmpty() || !gone.isEmpty()) {
            open.remove(origin);
        }
        return gone;
    }
}
