package dev.hearsay.live.memory;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is being read from connections and is not whole yet. When that is too much, whoever holds most of it is turned away, not whoever happens to be next; one alone never
 * is, however little may be read. Thread-safe.
 */
public final class Incoming {

    /** Something that is being read. */
    public final class Reading {
        private final Runnable turnedAway;
        private long bytes;
        private boolean isOver;

        private Reading(Runnable turnedAway) {
            this.turnedAway = turnedAway;
        }

        /** So many bytes are held now; false if that is too much, and they must be let go. */
        public boolean holds(long now) {
            return hold(this, now);
        }
    }

    private static final Incoming PROCESS =
            new Incoming(MemoryBudget.ofProcess().incoming());

    private final MemoryBudget.Account account;
    private final Set<Reading> readings = new LinkedHashSet<>();

    public Incoming(MemoryBudget.Account account) {
        this.account = account;
    }

    /** That of this process. */
    public static Incoming ofProcess() {
        return PROCESS;
    }

    /**
     * Something that begins.
     *
     * @param turnedAway called, on any thread, when it must let go of what it holds: hand over and return
     */
    public Reading begin(Runnable turnedAway) {
        return new Reading(turnedAway);
    }

    private synchronized boolean hold(Reading one, long bytes) {
        if (one.isOver) {
            return false;
        }
        count(one, bytes);
        while (!account.hasRoom(0) && readings.size() > 1) {
            Reading largest = one;
            for (Reading other : readings) {
                largest = other.bytes > largest.bytes ? other : largest;
            }
            count(largest, 0);
            largest.isOver = true;
            if (largest == one) {
                return false;
            }
            largest.turnedAway.run();
        }
        return true;
    }

    private void count(Reading one, long bytes) {
        account.add(bytes - one.bytes);
        one.bytes = bytes;
        if (bytes > 0) {
            readings.add(one);
        } else {
            readings.remove(one);
        }
    }
}
