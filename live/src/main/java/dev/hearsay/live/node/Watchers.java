package dev.hearsay.live.node;

import dev.hearsay.live.loop.Loop;
import java.util.ArrayList;
import java.util.List;

/**
 * Whoever wants to look at a node's {@link EventRing} when there is something new in it: called once a turn, however much was
 * told in it. Used on the node's loop only.
 */
public final class Watchers {

    private final Loop loop;
    private final List<Runnable> watchers = new ArrayList<>(0);
    private boolean isDue;

    Watchers(Loop loop) {
        this.loop = loop;
    }

    public void add(Runnable watcher) {
        watchers.add(watcher);
    }

    public void remove(Runnable watcher) {
        watchers.remove(watcher);
    }

    public int count() {
        return watchers.size();
    }

    /** There is something new. */
    void callAtTurnEnd() {
        if (!watchers.isEmpty() && !isDue) {
            isDue = true;
            loop.atTurnEnd(this::callNow);
        }
    }

    void callNow() {
        isDue = false;
        List.copyOf(watchers).forEach(Runnable::run);
    }
}
