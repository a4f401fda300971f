package dev.hearsay.sim;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The truth about the key/value state, which no node knows: what was written, and when. It checks what the hybrid clock promises, by its definition: a write is
 * later than all that its writer had seen and can believe, no two writes have one stamp, and no node goes back to what was written, or deleted, earlier.
 */
final class StateChecker {

    /** A clock that is further ahead of a node's own than five minutes is not believed. */
    private static final long AHEAD_MICROS_MAX = 300_000_000L;

    private final Hosts hosts;

    /** What each node has seen in this life, by key; a deletion that it has dropped since, too. */
    private final Map<Integer, Map<String, Stamp>> seen = new HashMap<>();

    /** The latest of these. */
    private final Map<Integer, Stamp> latest = new HashMap<>();

    private final Map<Stamp, String> keys = new HashMap<>();

    /** What was acknowledged last, by key. */
    private final Map<String, Stamp> last = new LinkedHashMap<>();

    /** What the stranger has written. Whoever goes back from that does not go back from what a member has written. */
    private final Set<Stamp> forged = new HashSet<>();

    StateChecker(Hosts hosts) {
        this.hosts = hosts;
    }

    /** The stranger says this. */
    void forged(Message message) {
        if (message instanceof StateProtocol.Entries entries) {
            for (Entry entry : entries.entries()) {
                if (!entry.key().equals(keys.get(entry.stamp()))) {
                    forged.add(entry.stamp());
                }
            }
        }
    }

    boolean isForged(Stamp stamp) {
        return forged.contains(stamp);
    }

    /** A node has saved a fact. */
    void saved(int node, Fact fact) {
        if (fact instanceof StateProtocol.Wrote wrote) {
            checkLater(node, wrote.entry());
            see(node, wrote.entry());
        } else if (fact instanceof StateProtocol.Learnt learnt) {
            see(node, learnt.entry());
        }
    }

    private void checkLater(int node, Entry written) {
        Stamp stamp = written.stamp();
        Stamp before = latest.get(node);
        if (before != null && isBelieved(node, before) && !stamp.isAfter(before)) {
            throw new BrokenInvariant(hosts.id(node) + " has written at " + text(stamp)
                    + ", though it had seen what was written at " + text(before));
        }
        Stamp replaced = seen.getOrDefault(node, Map.of()).get(written.key());
        if (replaced != null && !stamp.isAfter(replaced) && !forged.contains(replaced)) {
            throw new BrokenInvariant(hosts.id(node) + " has written " + written.key() + " at " + text(stamp)
                    + " over what was written at " + text(replaced) + ", to which it loses");
        }
    }

    private void see(int node, Entry entry) {
        Stamp before = seen.computeIfAbsent(node, n -> new HashMap<>()).put(entry.key(), entry.stamp());
        if (before != null && before.isAfter(entry.stamp()) && isBelieved(node, before) && !forged.contains(before)) {
            throw new BrokenInvariant(hosts.id(node) + " goes back to " + entry.key() + " of " + text(entry.stamp())
                    + ", though it had seen that of " + text(before));
        }
        Stamp known = latest.get(node);
        if (known == null || entry.stamp().isAfter(known) || !isBelieved(node, known)) {
            latest.put(node, entry.stamp());
        }
    }

    private boolean isBelieved(int node, Stamp stamp) {
        return stamp.micros() - hosts.wallMicros(node) <= AHEAD_MICROS_MAX;
    }

    /** A fact of a node is durable. */
    void accepted(Fact fact) {
        if (fact instanceof StateProtocol.Wrote wrote) {
            Entry entry = wrote.entry();
            String other = keys.putIfAbsent(entry.stamp(), entry.key());
            if (other != null) {
                throw new BrokenInvariant(
                        entry.key() + " and " + other + " were both written at " + text(entry.stamp()));
            }
            last.merge(entry.key(), entry.stamp(), StateChecker::later);
        }
    }

    /** Whoever wrote an entry is told that it is accepted. */
    void answered(int node, Stamp stamp) {
        if (!keys.containsKey(stamp)) {
            throw new BrokenInvariant(hosts.id(node) + " has told the writer of " + text(stamp)
                    + " that it is accepted before it was durable");
        }
    }

    /** A node is down, and begins anew with what it finds on its disk; or takes back what it could not make durable. */
    void forgets(int node) {
        seen.remove(node);
        latest.remove(node);
    }

    /** Whether nothing was written. */
    boolean isEmpty() {
        return last.isEmpty();
    }

    /** What a node finds on its disk when it begins a life. */
    void remembers(int node, List<Fact> facts) {
        for (Fact fact : facts) {
            Entry entry = fact instanceof StateProtocol.Wrote wrote
                    ? wrote.entry()
                    : fact instanceof StateProtocol.Learnt learnt ? learnt.entry() : null;
            if (entry != null) {
                seen.computeIfAbsent(node, n -> new HashMap<>()).merge(entry.key(), entry.stamp(), StateChecker::later);
                latest.merge(node, entry.stamp(), StateChecker::later);
            }
        }
    }

    private static Stamp later(Stamp one, Stamp other) {
        return other.isAfter(one) ? other : one;
    }

    /** The fraction of (live node, key) pairs where the node has what was written last, or something later; 0 if nothing was written. */
    double coverage() {
        long there = 0;
        for (int node = 0; node < hosts.count(); node++) {
            if (hosts.isUp(node)) {
                for (Entry entry : hosts.node(node).state().entries()) {
                    Stamp wanted = last.get(entry.key());
                    there += wanted != null && !wanted.isAfter(entry.stamp()) ? 1 : 0;
                }
            }
        }
        long wanted = (long) last.size() * hosts.up();
        return wanted == 0 ? 0 : (double) there / wanted;
    }

    private static String text(Stamp stamp) {
        return stamp.micros() + "." + stamp.count() + " by " + stamp.writer();
    }
}
