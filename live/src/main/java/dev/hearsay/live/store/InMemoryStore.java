package dev.hearsay.live.store;

import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import java.util.List;

/** Keeps nothing: a node that stops has forgotten everything when it starts again. */
public final class InMemoryStore implements Store {

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public List<Fact> load(NodeId node) {
        return List.of();
    }

    @Override
    public void commit(NodeId node, List<Fact> facts, Committed committed) {
        committed.onCommitted(null);
    }

    @Override
    public void writeBehind(NodeId node, List<Fact> facts) {}

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public void close() {}
}
