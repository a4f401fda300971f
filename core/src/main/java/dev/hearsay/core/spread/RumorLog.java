package dev.hearsay.core.spread;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Effects;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one node has heard: the rumors it still has, in the order in which it heard them, and the numbers of all it has
 * ever seen, per origin.
 *
 * <p>In a simulation of a million nodes there are a million of these, most with one rumor of one origin, and what is asked
 * of them is nearly always about the rumor of the moment. So there are no maps before there are two of a kind, and the one
 * asked for last is looked at first.
 */
public final class RumorLog extends KnownOrigins {

    /** A rumor as this node has it. */
    public static final class Entry {
        private Rumor rumor;
        private final NodeId from;
        private final long receivedMicros;
        private final long heardNanos;
        private List<NodeId> path;
        private int hops;
        private byte timesShortened;
        private boolean read;

        private Entry(RelayedRumor carried, NodeId from, long receivedMicros, long heardNanos) {
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
        public RelayedRumor carried() {
            return new RelayedRumor(rumor, hops, path);
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

    private static final int SHORTENINGS_MAX = 8;

    /** The rumors that are here, oldest first; null while there has never been a second one. */
    private @Nullable Map<RumorId, Entry> entries;

    /** The one asked for last; while there is no map, the only one. */
    private @Nullable Entry recent;

    private Bulky.Listener listener = Bulky.Listener.NONE;

    public RumorLog(Retention retention) {
        super(retention);
    }

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

    Entry add(RelayedRumor carried, NodeId from, long receivedMicros, long heardNanos) {
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
        Seen one = seenOf(entry.rumor.origin());
        bytes -= Bounds.bytes(one);
        one.add(entry);
        bytes += Bounds.bytes(one);
        summary = STALE;
        return entry;
    }

    /** Whether a copy came by a shorter way, which is noted a few times for each rumor. */
    static boolean isShorter(Entry entry, RelayedRumor copy) {
        return copy.hops() < entry.hops && entry.timesShortened < SHORTENINGS_MAX;
    }

    /** Notes a copy that came by a shorter way; without its path where there is no room for one. */
    RelayedRumor shorten(Entry entry, RelayedRumor copy) {
        entry.timesShortened++;
        take(entry, copy.hops(), isOverfull() ? List.of() : copy.path());
        return entry.carried();
    }

    private void take(Entry entry, int hops, List<NodeId> path) {
        bytes -= Bounds.bytes(entry.carried());
        RelayedRumor shorter = new RelayedRumor(entry.rumor, hops, path);
        entry.hops = shorter.hops();
        entry.path = shorter.path();
        bytes += Bounds.bytes(shorter);
    }

    private void account(Entry entry, int sign) {
        Rumor rumor = entry.rumor;
        bytes += sign * Bounds.bytes(entry.carried());
        assert bytes >= 0 : "what is here takes " + bytes + " bytes";
        largeBytes += rumor.isLarge() ? (long) sign * rumor.size() : 0;
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
        change(one, () -> one.withdraw(entry));
        if (one.numbers().isEmpty()) {
            remove(one);
        }
    }

    void markRead(RumorId id) {
        Entry entry = find(id);
        if (entry != null) {
            entry.read = true;
        }
    }

    /** Saves what has come of these versions so that it survives power loss; what was put in here does already. */
    public void keep(Ranges versions, Effects effects) {
        for (int range = 0; range < versions.size(); range++) {
            for (Entry entry : within(Origin.VERSIONS, versions.first(range), versions.last(range))) {
                if (entry.hops() > 0) {
                    effects.save(new RumorProtocol.Kept(entry.carried(), entry.from(), entry.receivedMicros()));
                }
            }
        }
    }

    // --- What was saved in earlier lives; false if it makes no sense, as versions before this one could be made to
    // save ---

    boolean remember(RumorProtocol.Accepted accepted, NodeId self, long nowNanos) {
        return remember(accepted.carried(), self, accepted.carried().rumor().createdMicros(), nowNanos);
    }

    public boolean remember(RumorProtocol.Heard heard, long nowNanos) {
        return remember(heard.carried(), heard.from(), heard.receivedMicros(), nowNanos);
    }

    public void remember(RumorProtocol.Shortened shortened) {
        Entry entry = find(shortened.id());
        if (entry != null) {
            take(entry, shortened.hops(), shortened.path());
        }
    }

    public void remember(RumorProtocol.Read read) {
        read.ids().forEach(this::markRead);
    }

    /** What is still here stays, whatever the fact says. */
    public boolean remember(RumorProtocol.Forgot forgot, long nowNanos) {
        Origin origin = forgot.origin();
        if (Math.max(forgot.upTo(), forgot.seen().max()) > Bounds.savedMax(origin)) {
            return false;
        }
        // Earlier versions could be told numbers that nobody else takes.
        Ranges seen = forgot.seen().upTo(Bounds.sequenceMax(origin));
        if (!seen.isEmpty()) {
            long upTo = Math.min(forgot.upTo(), Long.MAX_VALUE - 1);
            Seen one = seenOf(origin);
            change(one, () -> one.remember(upTo, seen, nowNanos));
        }
        return true;
    }

    public boolean remember(RumorProtocol.Kept kept, long nowNanos) {
        return remember(kept.carried(), kept.from(), kept.receivedMicros(), nowNanos);
    }

    /** Its age begins anew: how long the node was down, no clock can be trusted to say. */
    private boolean remember(RelayedRumor carried, NodeId from, long micros, long heardNanos) {
        if (carried.rumor().sequence() > Bounds.savedMax(carried.rumor().origin())) {
            return false;
        }
        if (!hasSeen(carried.rumor().origin(), carried.rumor().sequence())) {
            add(carried, from, micros, heardNanos);
        }
        return true;
    }

    /** Whether so much has come since the last round that {@link #forget} must not wait for the next. */
    boolean isOverfull() {
        return bytes - retention.bytes() > retention.bytes() >> 3
                || overheadBytes() - overheadBytesMax() > overheadBytesMax() >> 3
                || origins() > Bounds.ORIGINS_MAX + (Bounds.ORIGINS_MAX >> 3)
                || (entries != null && entries.size() - 1024L > 2L * retention.rumors());
    }

    /** Drops what is over the limits, oldest first. */
    void forget(long nowNanos, Effects effects) {
        expireOrigins(nowNanos, effects);
        Map<RumorId, Entry> all = entries;
        if (all == null) {
            if (recent == null || nowNanos - recent.heardNanos < retention.ageNanos()) {
                return;
            }
            all = new LinkedHashMap<>();
            all.put(recent.rumor.id(), recent);
            entries = all;
        }
        Map<Origin, Seen> dropped = new LinkedHashMap<>(2);
        int count = 0;
        Iterator<Entry> oldest = all.values().iterator();
        while (oldest.hasNext()
                && (all.size() > retention.rumors()
                        || (all.size() > 1 && (bytes > retention.bytes() || overheadBytes() > overheadBytesMax()))
                        || origins() > Bounds.ORIGINS_MAX)) {
            Seen one = drop(oldest, oldest.next(), dropped);
            if (isExpendable(one) && origins() > Bounds.ORIGINS_MAX) {
                dropped.remove(one.origin());
                expire(one, effects);
            }
            count++;
        }
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (nowNanos - entry.heardNanos < retention.ageNanos()) {
                break;
            }
            drop(oldest, entry, dropped);
            count++;
        }
        dropped.forEach(
                (origin, one) -> effects.save(new RumorProtocol.Forgot(origin, one.forgottenUpTo(), one.forgotten())));
        if (count > 0) {
            effects.tell(new RumorProtocol.Forgotten(count));
        }
    }

    private Seen drop(Iterator<Entry> at, Entry entry, Map<Origin, Seen> dropped) {
        at.remove();
        recent = null;
        account(entry, -1);
        Origin origin = entry.rumor.origin();
        Seen one = seenOf(origin);
        one.forget(entry);
        dropped.put(origin, one);
        return one;
    }

    /** What is still here of an origin's numbers from first to last, by number. */
    List<Entry> within(Origin origin, long first, long last) {
        Seen one = findSeen(origin);
        return one == null ? List.of() : one.within(first, last);
    }
}
