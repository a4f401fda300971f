package dev.hearsay.core.spread;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Carried;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message.Holding;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one node has heard: the rumors it still has, in the order in which it heard them, and the numbers of all it has
 * ever seen, per origin.
 *
 * <p>In a simulation of a million nodes there are a million of these, most with one rumor of one origin, and what is asked
 * of them is nearly always about the rumor of the moment. So there are no maps before there are two of a kind, and the one
 * asked for last is looked at first.
 */
public final class RumorLog {

    /** What a rumor takes of memory beside its payload: itself, its id, its entry, and its places here. */
    private static final long ENTRY_BYTES = 320;

    private static final long ORIGIN_BYTES = 250;
    private static final long REFERENCE_BYTES = 4;

    /** A rumor as this node has it. */
    public static final class Entry {
        private Rumor rumor;
        private final NodeId from;
        private final long receivedMicros;
        private final long heardNanos;
        private List<NodeId> path;
        private int hops;
        private boolean read;

        private Entry(Carried carried, NodeId from, long receivedMicros, long heardNanos) {
            this.rumor = carried.rumor();
            this.hops = carried.hops();
            this.path = carried.path();
            this.from = from;
            this.receivedMicros = receivedMicros;
            this.heardNanos = heardNanos;
        }

        public Rumor rumor() {
            return rumor;
        }

        /** Links crossed on the shortest way on which a copy has come. */
        public int hops() {
            return hops;
        }

        /** The nodes on that way, origin first and the sender last; empty when paths are not traced. */
        public List<NodeId> path() {
            return path;
        }

        /** The rumor, with hops and path of the shortest way on which a copy has come. */
        public Carried carried() {
            return new Carried(rumor, hops, path);
        }

        /** Who sent the first copy; the node itself if it is its own. */
        public NodeId from() {
            return from;
        }

        /** Wall clock at the first copy's arrival, microseconds since 1970. */
        public long receivedMicros() {
            return receivedMicros;
        }

        long heardNanos() {
            return heardNanos;
        }

        long sequence() {
            return rumor.sequence();
        }

        /** Whether it has been shown to a person. */
        public boolean isRead() {
            return read;
        }
    }

    /** The rumors that are here, oldest first; null while there has never been a second one. */
    private @Nullable Map<RumorId, Entry> entries;

    /** The one asked for last; while there is no map, the only one. */
    private @Nullable Entry recent;

    /** What was seen, by origin; null while there has never been a second origin. */
    private @Nullable Map<Origin, Seen> seen;

    /** The one asked for last; while there is no map, the only one. */
    private @Nullable Seen recentlySeen;

    private long bytes;
    private long overheadBytes;
    private Bulky.Listener listener = Bulky.Listener.NONE;
    private long summary;
    private boolean summaryIsStale;

    /** The rumors that are still here, oldest first. */
    public Collection<Entry> entries() {
        if (entries != null) {
            return Collections.unmodifiableCollection(entries.values());
        }
        return recent == null ? List.of() : List.of(recent);
    }

    public @Nullable Entry find(RumorId id) {
        Entry last = recent;
        if (last != null && last.rumor.id().equals(id)) {
            return last;
        }
        Entry found = entries == null ? null : entries.get(id);
        if (found != null) {
            recent = found;
        }
        return found;
    }

    int touch() {
        return recent == null ? 0 : recent.hops;
    }

    /** How many rumors this node has ever seen, forgotten ones included. */
    public long seenCount() {
        long count = 0;
        for (Seen one : allSeen()) {
            count += one.numbers().count();
        }
        return count;
    }

    /** Whether this node has ever seen a rumor, forgotten ones included. */
    public boolean hasSeen(Origin origin, long sequence) {
        Seen one = findSeen(origin);
        return one != null && one.numbers().contains(sequence);
    }

    long lastSequence(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? 0 : one.numbers().max();
    }

    Entry add(Carried carried, NodeId from, long receivedMicros, long heardNanos) {
        Entry entry = new Entry(carried, from, receivedMicros, heardNanos);
        if (entries == null && recent != null) {
            entries = new LinkedHashMap<>();
            entries.put(recent.rumor.id(), recent);
        }
        if (entries != null) {
            entries.put(entry.rumor.id(), entry);
        }
        recent = entry;
        account(entry, 1);
        seenOf(entry.rumor.origin()).add(entry);
        summaryIsStale = true;
        return entry;
    }

    /** Notes a copy that came by a shorter way; true if it is shorter. */
    boolean shorten(Entry entry, Carried copy) {
        if (copy.hops() >= entry.hops) {
            return false;
        }
        overheadBytes += REFERENCE_BYTES * (copy.path().size() - entry.path.size());
        entry.hops = copy.hops();
        entry.path = copy.path();
        return true;
    }

    private void account(Entry entry, int sign) {
        Rumor rumor = entry.rumor;
        bytes += (long) sign * rumor.size();
        overheadBytes +=
                sign * (ENTRY_BYTES + REFERENCE_BYTES * entry.path.size() + (rumor.isLarge() ? 0 : rumor.size()));
        if (rumor.isLarge() && sign > 0) {
            listener.added(rumor);
        } else if (rumor.isLarge()) {
            listener.removed(rumor);
        }
    }

    /** Who is to hear of large payloads; once, and of all that are here already. */
    public void listen(Bulky.Listener newListener) {
        listener = newListener;
        for (Entry entry : entries()) {
            if (entry.rumor.isLarge()) {
                listener.added(entry.rumor);
            }
        }
    }

    /** Leaves the payload of a rumor to the store. */
    public void putAway(Rumor rumor) {
        Entry entry = find(rumor.id());
        if (entry != null) {
            entry.rumor = entry.rumor.away();
        }
    }

    /** About how many bytes of memory are taken by all but large payloads. */
    public long overheadBytes() {
        return overheadBytes + ORIGIN_BYTES * allSeen().size();
    }

    /** Takes a rumor out as if it had never been here. */
    void withdraw(Rumor rumor) {
        Entry entry = find(rumor.id());
        if (entry == null) {
            return;
        }
        if (entries != null) {
            entries.remove(rumor.id());
        }
        recent = null;
        account(entry, -1);
        Seen one = seenOf(rumor.origin());
        one.withdraw(entry);
        if (one.numbers().isEmpty()) {
            if (seen != null) {
                seen.remove(rumor.origin());
            }
            recentlySeen = null;
        }
        summaryIsStale = true;
    }

    void markRead(RumorId id) {
        Entry entry = find(id);
        if (entry != null) {
            entry.read = true;
        }
    }

    /** Counts these numbers of the origin as seen, though they may never have been here, and all up to this one as forgotten. */
    void skip(Origin origin, long upTo, Ranges numbers) {
        seenOf(origin).skip(upTo, numbers);
        summaryIsStale = true;
    }

    /** Saves what has come of these versions so that it survives power loss; what was put in here does already. */
    public void keep(Ranges versions, Effects effects) {
        for (int range = 0; range < versions.size(); range++) {
            for (Entry entry : within(Origin.VERSIONS, versions.first(range), versions.last(range))) {
                if (entry.hops() > 0) {
                    effects.save(new Fact.Kept(entry.carried(), entry.from(), entry.receivedMicros()));
                }
            }
        }
    }

    // --- What was saved in earlier lives -----------------------------------------------------------------------------

    public void remember(Fact.Accepted accepted, NodeId self, long nowNanos) {
        remember(accepted.carried(), self, accepted.carried().rumor().createdMicros(), nowNanos);
    }

    public void remember(Fact.Heard heard, long nowNanos) {
        remember(heard.carried(), heard.from(), heard.receivedMicros(), nowNanos);
    }

    public void remember(Fact.Shortened shortened) {
        Entry entry = find(shortened.id());
        if (entry != null) {
            overheadBytes += REFERENCE_BYTES * (shortened.path().size() - entry.path.size());
            entry.hops = shortened.hops();
            entry.path = shortened.path();
        }
    }

    public void remember(Fact.Read read) {
        read.ids().forEach(this::markRead);
    }

    public void remember(Fact.Forgot forgot) {
        skip(forgot.origin(), forgot.upTo(), forgot.seen());
    }

    public void remember(Fact.Kept kept, long nowNanos) {
        remember(kept.carried(), kept.from(), kept.receivedMicros(), nowNanos);
    }

    /** Its age begins anew: how long the node was down, no clock can be trusted to say. */
    private void remember(Carried carried, NodeId from, long micros, long heardNanos) {
        if (!hasSeen(carried.rumor().origin(), carried.rumor().sequence())) {
            add(carried, from, micros, heardNanos);
        }
    }

    // --- Per origin --------------------------------------------------------------------------------------------------

    private @Nullable Seen findSeen(Origin origin) {
        Seen last = recentlySeen;
        if (last != null && last.origin().equals(origin)) {
            return last;
        }
        Seen found = seen == null ? null : seen.get(origin);
        if (found != null) {
            recentlySeen = found;
        }
        return found;
    }

    private Seen seenOf(Origin origin) {
        Seen found = findSeen(origin);
        if (found != null) {
            return found;
        }
        Seen one = new Seen(origin);
        if (seen == null && recentlySeen != null) {
            seen = new LinkedHashMap<>();
            seen.put(recentlySeen.origin(), recentlySeen);
        }
        if (seen != null) {
            seen.put(origin, one);
        }
        recentlySeen = one;
        return one;
    }

    /** In the order in which they came up. */
    private Collection<Seen> allSeen() {
        if (seen != null) {
            return seen.values();
        }
        return recentlySeen == null ? List.of() : List.of(recentlySeen);
    }

    /**
     * Drops what is over the limits, oldest first.
     *
     * @param onForgotten told, per origin, what is to be remembered of it
     * @return how many rumors were dropped
     */
    int forget(long nowNanos, Retention retention, Consumer<Fact.Forgot> onForgotten) {
        Map<RumorId, Entry> all = entries;
        if (all == null) {
            if (recent == null || nowNanos - recent.heardNanos < retention.ageNanos()) {
                return 0;
            }
            all = new LinkedHashMap<>();
            all.put(recent.rumor.id(), recent);
            entries = all;
        }
        Map<Origin, Seen> dropped = new LinkedHashMap<>(2);
        int count = 0;
        Iterator<Entry> oldest = all.values().iterator();
        while (oldest.hasNext() && (all.size() > retention.rumors() || (all.size() > 1 && bytes > retention.bytes()))) {
            count += drop(oldest, oldest.next(), dropped);
        }
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (nowNanos - entry.heardNanos < retention.ageNanos()) {
                break;
            }
            count += drop(oldest, entry, dropped);
        }
        dropped.forEach(
                (origin, one) -> onForgotten.accept(new Fact.Forgot(origin, one.forgottenUpTo(), one.forgotten())));
        return count;
    }

    private int drop(Iterator<Entry> at, Entry entry, Map<Origin, Seen> dropped) {
        at.remove();
        recent = null;
        account(entry, -1);
        Origin origin = entry.rumor.origin();
        Seen one = seenOf(origin);
        one.forget(entry);
        dropped.put(origin, one);
        return 1;
    }

    /** A hash of all numbers seen, equal at two nodes that have seen the same, whatever they have forgotten. */
    long hash() {
        if (summaryIsStale) {
            summary = 0;
            for (Seen one : allSeen()) {
                Origin origin = one.origin();
                long hash = Random64.mix(origin.epoch() ^ (long) origin.node().hashCode() << 32);
                Ranges numbers = one.numbers();
                for (int i = 0; i < numbers.size(); i++) {
                    hash = Random64.mix(hash ^ numbers.first(i));
                    hash = Random64.mix(hash ^ numbers.last(i));
                }
                summary ^= hash;
            }
            summaryIsStale = false;
        }
        return summary;
    }

    /** What this node has seen, per origin. */
    public List<Holding> holdings() {
        Collection<Seen> all = allSeen();
        List<Holding> holdings = new ArrayList<>(all.size());
        all.forEach(one -> holdings.add(one.holding()));
        return holdings;
    }

    /** The numbers of an origin that this node has seen, to look at. */
    public Ranges seenNumbers(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? new Ranges() : one.numbers();
    }

    /** What is still here of an origin's numbers from first to last, by number. */
    List<Entry> within(Origin origin, long first, long last) {
        Seen one = findSeen(origin);
        return one == null ? List.of() : one.within(first, last);
    }
}
