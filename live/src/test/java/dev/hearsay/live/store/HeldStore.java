package dev.hearsay.live.store;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A store on a disk that is slow: what nobody waits for is not written until the test says so. */
public final class HeldStore implements Store {

    private final SqliteStore store;
    private final List<Runnable> behind = new ArrayList<>();
    private boolean isHeld = true;

    public HeldStore(Path directory) throws StoreException {
        store = SqliteStore.open(directory);
    }

    /** Writes what is behind, and from now on everything. */
    public synchronized void release() {
        isHeld = false;
        behind.forEach(Runnable::run);
        behind.clear();
    }

    /** How much is behind. */
    public synchronized int behind() {
        return behind.size();
    }

    @Override
    public synchronized void writeBehind(NodeId node, List<Fact> facts) {
        if (isHeld) {
            behind.add(() -> store.writeBehind(node, facts));
        } else {
            store.writeBehind(node, facts);
        }
    }

    @Override
    public boolean isDurable() {
        return store.isDurable();
    }

    @Override
    public List<Fact> load(NodeId node, Wanted wanted) throws StoreException {
        return store.load(node, wanted);
    }

    @Override
    public <T extends Bulky> void read(NodeId node, List<T> things, Consumer<List<T>> read) {
        store.read(node, things, read);
    }

    @Override
    public void listen(Listener listener) {
        store.listen(listener);
    }

    @Override
    public void commit(NodeId node, List<Fact> facts, Committed committed) {
        store.commit(node, facts, committed);
    }

    @Override
    public boolean isWorking() {
        return store.isWorking();
    }

    @Override
    public long lost() {
        return store.lost();
    }

    @Override
    public void close() {
        store.close();
    }
}
