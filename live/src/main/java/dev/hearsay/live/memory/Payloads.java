package dev.hearsay.live.memory;

import dev.hearsay.core.Bulky;
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
public final class Payloads {

    /** A node that has payloads. */
    @FunctionalInterface
    public interface Keeper {
        /** The node is to leave this to its store. Called on any thread: hand over and return. */
        void putAway(Bulky thing);
    }

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

        /** For how many of the keepers the store has not written it yet. */
        int unwritten;

        Held(Bulky thing) {
            this.thing = thing;
        }
    }

    private final MemoryBudget.Account account;
    private final boolean isDurable;
    private final Map<Bulky, Held> held = new LinkedHashMap<>();
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
        // What could not be let go waits for the disk.
        if (!isDurable || bytes > account.max()) {
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
        its.unwritten++;
    }

    /** A node no longer has this. */
    public synchronized void removed(Bulky thing, Keeper keeper) {
        Held its = held.get(thing);
        if (its != null && its.keepers.remove(keeper)) {
            its.unwritten = Math.min(its.unwritten, its.keepers.size());
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

    /** The store has written this for one of the nodes. */
    public synchronized void written(Bulky thing) {
        Held its = held.get(thing);
        if (its != null && its.unwritten > 0) {
            its.unwritten--;
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
                if (its.unwritten == 0) {
                    oldest.remove();
                    account.add(-its.thing.size());
                    its.keepers.forEach(keeper -> keeper.putAway(its.thing));
                }
            }
        }
        return account.hasRoom(bytes);
    }
}
