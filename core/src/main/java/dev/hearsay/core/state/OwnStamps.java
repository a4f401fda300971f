package dev.hearsay.core.state;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import org.jspecify.annotations.Nullable;

/** What a node has written itself, as far as it remembers. What others show that lies between its earlier lives and this one, its store has lost. */
final class OwnStamps {

    /** So many times what is lost is said at once; then only as often as it has doubled, for anybody can write in this node's name. */
    private static final int SAID_AT_ONCE = 16;

    private final NodeId self;
    private boolean hasMemory;

    /** The last one of earlier lives that it remembers. */
    private @Nullable Stamp last;

    /** The first one of this life. */
    private @Nullable Stamp first;

    private int sayings;
    private long said;
    private long unsaid;

    OwnStamps(NodeId self) {
        this.self = self;
    }

    /** A node that keeps nothing has promised nothing. */
    void resume() {
        hasMemory = true;
    }

    void remember(Stamp stamp) {
        if (stamp.writer().equals(self) && (last == null || stamp.isAfter(last))) {
            last = stamp;
        }
    }

    void write(Stamp stamp) {
        if (first == null) {
            first = stamp;
        }
    }

    boolean isLost(Stamp stamp) {
        return hasMemory
                && stamp.writer().equals(self)
                && (last == null || stamp.isAfter(last))
                && (first == null || first.isAfter(stamp));
    }

    /** Counts lost ones; answers how many are to be told now. */
    long lose(long count) {
        unsaid += count;
        if (unsaid == 0 || (sayings >= SAID_AT_ONCE && unsaid < said)) {
            return 0;
        }
        long now = unsaid;
        sayings++;
        said += now;
        unsaid = 0;
        return now;
    }
}
