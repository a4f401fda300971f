package dev.hearsay.core.state;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import org.jspecify.annotations.Nullable;

/** What a node has written itself, as far as it remembers. What others show that lies between its earlier lives and this one, its store has lost. */
final class OwnStamps {

    private final NodeId self;
    private boolean hasMemory;

    /** The last one of earlier lives that it remembers. */
    private @Nullable Stamp last;

    /** The first one of this life. */
    private @Nullable Stamp first;

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
}
