package dev.hearsay.core.detect;

import dev.hearsay.core.Content;
import dev.hearsay.core.Context;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;

/**
 * The numbers of pings. Only who has received a ping can return its number, so an answer with the right one shows that somebody is at that address, and
 * none can be made up in another's name. A number is a hash of who is pinged and of the round, under a secret of this node; so nothing need be
 * remembered of a ping but when its round began, and that for the last {@value #ROUNDS} rounds.
 */
public final class Nonces {

    /** Rounds within which an answer counts. */
    static final int ROUNDS = 16;

    private static final int SECRET = 0x6e6f;
    private static final int NONE = -1;

    private final Context context;
    private final long secret;
    private final long moreOfIt;
    private final long[] roundNanos = new long[ROUNDS];
    private long round;

    public Nonces(Context context) {
        this.context = context;
        Random64 random = context.random().split(SECRET);
        secret = random.nextLong();
        moreOfIt = random.nextLong();
    }

    /** A new round begins. */
    void begin(long nowNanos) {
        roundNanos[(int) (++round % ROUNDS)] = nowNanos;
    }

    /** A ping of the round that has just begun: its answer tells the round trip. */
    HeartbeatProtocol.Ping timed(NodeId to) {
        return new HeartbeatProtocol.Ping(number(to, round, 1));
    }

    /** A ping at any other time. */
    HeartbeatProtocol.Ping ping(NodeId to) {
        return new HeartbeatProtocol.Ping(number(to, round, 0));
    }

    /** Whether this number was sent to that node in one of the last rounds. */
    boolean isKnown(NodeId node, long number) {
        long sent = roundOf(number);
        return sent != NONE && number(node, sent, number & 1) == number;
    }

    /** How long ago a known number was sent; negative if that is not known. */
    long roundTripNanos(long nowNanos, long number) {
        return (number & 1) == 0 ? -1 : nowNanos - roundNanos[(int) (roundOf(number) % ROUNDS)];
    }

    private long roundOf(long number) {
        long ago = (round - (number >> 1)) & (ROUNDS - 1);
        return ago > round ? NONE : round - ago;
    }

    /** The lowest bits say of which round it is, and whether it is timed. */
    private long number(NodeId node, long of, long timed) {
        byte[] content = new Content()
                .putLong(secret)
                .putLong(moreOfIt)
                .putLong(2 * of + timed)
                .putNode(node)
                .toBytes();
        byte[] hash = context.sha256().of(content);
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << Byte.SIZE | (hash[i] & 0xff);
        }
        return (number >>> 1) / (2 * ROUNDS) * (2 * ROUNDS) + 2 * (of % ROUNDS) + timed;
    }
}
