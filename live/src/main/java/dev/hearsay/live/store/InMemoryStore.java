package dev.hearsay.live.store;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import java.util.List;
import java.util.function.Consumer;

/** Keeps nothing: a node that stops has forgotten everything when it starts again. */
public final class InMemoryStore implements Store {

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public List<Fact> load(NodeId node, Wanted wanted) {
        return List.of();
    }

    @Override
    public <T extends Bulky> void read(NodeId node, List<T> things, Consumer<List<T>> read) {
        read.accept(List.of());
    }

    @Override
    public void listen(Listener listener) {}

    @Override
    public void commit(NodeId node, List<Fact> facts, Committed committed) {
        committed.onCommitted(null);
    }

    @Override
    public void writeBehind(NodeId node, List<Fact> facts) {}

    @Override
    public boolean isWorking() {
        return true;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public void close() {}
}
