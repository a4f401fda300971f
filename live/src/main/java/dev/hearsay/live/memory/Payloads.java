package dev.hearsay.live.memory;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The large payloads and values that the nodes of a process have in memory: the same ones are there once for all of them. When there is no room for another, the
 * oldest that are safely on disk are left to the store. Thread-safe.
 */
public final class Payloads implements Store.Listener {

    /** A node that has payloads. */
    public interface Keeper {
        NodeId node();

        /** The node is to leave this to its store. Called on any thread: hand over and return. */
        void putAway(Bulky thing);

        /** The node is to save this again, for its store could not write it. Called on any thread, too. */
        void saveAgain(Bulky thing);
    }

    private static final long AGAIN_NANOS = 1_000_000_000L;

    /** Whether there is room for something. */
    public enum Room {
        NOW,
        /** As soon as the store has written what it was given. */
        SOON,
        NONE
    }

    private static final class Held {
        final Bulky thing;
        final List<Keeper> keepers = new ArrayList<>(1);

        /** Whose store is still to write it. */
        final List<Keeper> unwritten = new ArrayList<>(1);

        /** Whose store could not write it. */
        final List<Keeper> lost = new ArrayList<>(0);

        Held(Bulky thing) {
            this.thing = thing;
        }
    }

    private final MemoryBudget.Account account;
    private final boolean isDurable;
    private final Map<Bulky, Held> held = new LinkedHashMap<>();
    private long savedAgainNanos = System.nanoTime() - AGAIN_NANOS;
    private final List<Runnable> awaiting = new ArrayList<>(0);

    /**
     * Nothing yet.
     *
     * @param isDurable whether there is a store that can give back what was let go
     */
    public Payloads(MemoryBudget.Account account, boolean isDurable) {
        this.account = account;
        this.isDurable = isDurable;
    }

    /** The thing as another node of this process has it, if one does; else itself. */
    @SuppressWarnings("unchecked") // what is equal is of one kind
    public synchronized <T extends Bulky> T shared(T thing) {
        Held known = thing.isLarge() && !thing.isAway() ? held.get(thing) : null;
        // A forged one has the id of another, and must be found out by who takes it.
        return known != null && Arrays.equals(known.thing.bytes(), thing.bytes()) ? (T) known.thing : thing;
    }

    /** Whether the thing can be kept; others make room for it if they can. */
    public synchronized boolean hasRoom(Bulky thing) {
        return !thing.isLarge() || held.containsKey(thing) || makeRoom(thing.size());
    }

    /**
     * The same of something new.
     *
     * @param changed if there will be room, run once, on any thread, when there may be: hand over and return
     */
    public synchronized Room room(int bytes, Runnable changed) {
        if (bytes < Bulky.AWAY_BYTES_MIN || makeRoom(bytes)) {
            return Room.NOW;
        }
        if (bytes > account.max() || held.values().stream().allMatch(its -> its.unwritten.isEmpty())) {
            return Room.NONE;
        }
        awaiting.add(changed);
        return Room.SOON;
    }

    /** A node has this now, and will save it. */
    public synchronized void added(Bulky thing, Keeper keeper) {
        if (thing.isAway()) {
            return;
        }
        Held its = held.get(thing);
        if (its == null) {
            makeRoom(thing.size());
            its = new Held(thing);
            held.put(thing, its);
            account.add(thing.size());
        }
        its.keepers.add(keeper);
        if (isDurable) {
            its.unwritten.add(keeper);
        }
    }

    /** A node no longer has this. */
    public synchronized void removed(Bulky thing, Keeper keeper) {
        Held its = held.get(thing);
        if (its != null && its.keepers.remove(keeper)) {
            its.unwritten.remove(keeper);
            its.lost.remove(keeper);
            if (its.keepers.isEmpty()) {
                held.remove(thing);
                account.add(-thing.size());
                changed();
            }
        }
    }

    /** A node has ended. */
    public synchronized void removed(Keeper keeper) {
        List<Bulky> all = held.values().stream()
                .filter(its -> its.keepers.contains(keeper))
                .map(its -> its.thing)
                .toList();
        all.forEach(thing -> removed(thing, keeper));
    }

    @Override
    public synchronized void written(NodeId node, Bulky thing) {
        Held its = held.get(thing);
        if (its != null && its.unwritten.removeIf(keeper -> keeper.node().equals(node))) {
            changed();
        }
    }

    @Override
    public synchronized void lost(NodeId node, Bulky thing) {
        Held its = held.get(thing);
        if (its != null) {
            for (Keeper keeper : its.keepers) {
                if (keeper.node().equals(node) && its.unwritten.remove(keeper)) {
                    its.lost.add(keeper);
                }
            }
            changed();
        }
    }

    private void changed() {
        List<Runnable> due = List.copyOf(awaiting);
        awaiting.clear();
        due.forEach(Runnable::run);
    }

    private boolean makeRoom(int bytes) {
        if (isDurable && bytes <= account.max() && !account.hasRoom(bytes)) {
            Iterator<Held> oldest = held.values().iterator();
            while (oldest.hasNext() && !account.hasRoom(bytes)) {
                Held its = oldest.next();
                if (its.unwritten.isEmpty() && its.lost.isEmpty()) {
                    oldest.remove();
                    account.add(-its.thing.size());
                    its.keepers.forEach(keeper -> keeper.putAway(its.thing));
                }
            }
            if (!account.hasRoom(bytes)) {
                saveAgain(bytes);
            }
        }
        return account.hasRoom(bytes);
    }

    /** Gives the disk another chance, now and then, to take so many bytes of what it could not write. */
    private void saveAgain(int bytes) {
        long now = System.nanoTime();
        if (now - savedAgainNanos < AGAIN_NANOS) {
            return;
        }
        int again = 0;
        for (Held its : held.values()) {
            if (!its.lost.isEmpty() && again < bytes) {
                again += its.thing.size();
                its.lost.forEach(keeper -> keeper.saveAgain(its.thing));
                its.unwritten.addAll(its.lost);
                its.lost.clear();
                savedAgainNanos = now;
            }
        }
    }
}
