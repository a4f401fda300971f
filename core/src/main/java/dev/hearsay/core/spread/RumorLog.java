package dev.hearsay.core.spread;

import dev.hearsay.core.Carried;
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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one node has heard: the rumors it still has, in the order in which it heard them, and the numbers of all it has
 * ever seen, per origin.
 */
public final class RumorLog {

    /** A rumor as this node has it. */
    public static final class Entry {
        private Carried carried;
        private final NodeId from;
        private final long receivedMicros;
        private final long heardNanos;
        private boolean read;

        private Entry(Carried carried, NodeId from, long receivedMicros, long heardNanos) {
            this.carried = carried;
            this.from = from;
            this.receivedMicros = receivedMicros;
            this.heardNanos = heardNanos;
        }

        /** The rumor, with hops and path of the shortest way on which a copy has come. */
        public Carried carried() {
            return carried;
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
            return carried.rumor().sequence();
        }

        /** Whether it has been shown to a person. */
        public boolean isRead() {
            return read;
        }
    }

    private static final class Seen {
        final Ranges numbers = new Ranges();

        /** What of it is still here, by number. */
        final List<Entry> kept = new ArrayList<>(1);

        long forgottenUpTo;

        /** Where in {@link #kept} the first entry of at least this number is, or would be. */
        int indexOf(long sequence) {
            int low = 0;
            int high = kept.size();
            if (high > 0 && kept.get(high - 1).sequence() < sequence) {
                return high;
            }
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (kept.get(middle).sequence() < sequence) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private static final long NANOS_PER_MICRO = 1000;

    private final Map<RumorId, Entry> entries = new LinkedHashMap<>(2);
    private final Map<Origin, Seen> seen = new LinkedHashMap<>(2);
    private long bytes;
    private long summary;
    private boolean summaryIsStale;

    /** The rumors that are still here, oldest first. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    public @Nullable Entry find(RumorId id) {
        return entries.get(id);
    }

    /** How many rumors this node has ever seen, forgotten ones included. */
    public long seenCount() {
        long count = 0;
        for (Seen one : seen.values()) {
            for (int i = 0; i < one.numbers.size(); i++) {
                count += one.numbers.last(i) - one.numbers.first(i) + 1;
            }
        }
        return count;
    }

    /** Whether this node has ever seen a rumor, forgotten ones included. */
    public boolean hasSeen(Origin origin, long sequence) {
        Seen one = seen.get(origin);
        return one != null && one.numbers.contains(sequence);
    }

    long lastSequence(Origin origin) {
        Seen one = seen.get(origin);
        return one == null ? 0 : one.numbers.max();
    }

    Entry add(Carried carried, NodeId from, long receivedMicros, long heardNanos) {
        Entry entry = new Entry(carried, from, receivedMicros, heardNanos);
        entries.put(carried.rumor().id(), entry);
        bytes += carried.rumor().payload().length;
        Seen one = seenOf(carried.rumor().origin());
        one.numbers.add(entry.sequence());
        one.kept.add(one.indexOf(entry.sequence()), entry);
        summaryIsStale = true;
        return entry;
    }

    /** Notes a copy that came by a shorter way; true if it is shorter. */
    boolean shorten(Entry entry, Carried copy) {
        if (copy.hops() >= entry.carried.hops()) {
            return false;
        }
        entry.carried = new Carried(entry.carried.rumor(), copy.hops(), copy.path());
        return true;
    }

    /** Takes a rumor out as if it had never been here. */
    void withdraw(Rumor rumor) {
        Entry entry = entries.remove(rumor.id());
        if (entry != null) {
            bytes -= rumor.payload().length;
            Seen one = seenOf(rumor.origin());
            one.kept.remove(one.indexOf(entry.sequence()));
            one.numbers.remove(entry.sequence());
            if (one.numbers.isEmpty()) {
                seen.remove(rumor.origin());
            }
            summaryIsStale = true;
        }
    }

    void markRead(RumorId id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.read = true;
        }
    }

    /**
     * Counts everything of the origin up to this number as seen and forgotten, though it may never have been here.
     *
     * @return false if all of it had been seen anyway
     */
    boolean skip(Origin origin, long upTo) {
        Seen one = seenOf(origin);
        if (one.numbers.contiguous() >= upTo) {
            return false;
        }
        one.numbers.add(1, upTo);
        one.forgottenUpTo = Math.max(one.forgottenUpTo, upTo);
        summaryIsStale = true;
        return true;
    }

    // --- What was saved in earlier lives
    // ------------------------------------------------------------------------------

    public void remember(Fact.Accepted accepted, NodeId self, long nowNanos, long wallMicros) {
        long micros = accepted.carried().rumor().createdMicros();
        remember(accepted.carried(), self, micros, heardNanos(micros, nowNanos, wallMicros));
    }

    public void remember(Fact.Heard heard, long nowNanos, long wallMicros) {
        long micros = heard.receivedMicros();
        remember(heard.carried(), heard.from(), micros, heardNanos(micros, nowNanos, wallMicros));
    }

    public void remember(Fact.Shortened shortened) {
        Entry entry = entries.get(shortened.id());
        if (entry != null) {
            entry.carried = new Carried(entry.carried.rumor(), shortened.hops(), shortened.path());
        }
    }

    public void remember(Fact.Read read) {
        read.ids().forEach(this::markRead);
    }

    public void remember(Fact.Forgot forgot) {
        skip(forgot.origin(), forgot.upTo());
    }

    private void remember(Carried carried, NodeId from, long micros, long heardNanos) {
        if (!hasSeen(carried.rumor().origin(), carried.rumor().sequence())) {
            add(carried, from, micros, heardNanos);
        }
    }

    private static long heardNanos(long micros, long nowNanos, long wallMicros) {
        return nowNanos - Math.max(0, wallMicros - micros) * NANOS_PER_MICRO;
    }

    private Seen seenOf(Origin origin) {
        return seen.computeIfAbsent(origin, o -> new Seen());
    }

    /**
     * Drops what is over the limits, oldest first.
     *
     * @param onForgotten told, per origin, up to which number payloads are now gone
     * @return how many rumors were dropped
     */
    int forget(long nowNanos, Retention retention, BiConsumer<Origin, Long> onForgotten) {
        Map<Origin, Long> dropped = new LinkedHashMap<>(2);
        int count = 0;
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext() && isOverLimit(retention)) {
            count += drop(oldest, oldest.next(), dropped);
        }
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (nowNanos - entry.heardNanos < retention.ageNanos()) {
                break;
            }
            count += drop(oldest, entry, dropped);
        }
        dropped.forEach(onForgotten);
        return count;
    }

    private boolean isOverLimit(Retention retention) {
        return entries.size() > retention.rumors() || (entries.size() > 1 && bytes > retention.bytes());
    }

    private int drop(Iterator<Entry> at, Entry entry, Map<Origin, Long> dropped) {
        at.remove();
        bytes -= entry.carried.rumor().payload().length;
        Origin origin = entry.carried.rumor().origin();
        Seen one = seenOf(origin);
        one.forgottenUpTo = Math.max(one.forgottenUpTo, entry.sequence());
        one.kept.remove(one.indexOf(entry.sequence()));
        dropped.put(origin, one.forgottenUpTo);
        return 1;
    }

    /** A hash of all numbers seen, equal at two nodes that have seen the same, whatever they have forgotten. */
    long summary() {
        if (summaryIsStale) {
            summary = 0;
            for (Map.Entry<Origin, Seen> one : seen.entrySet()) {
                Origin origin = one.getKey();
                long hash = Random64.mix(origin.epoch() ^ (long) origin.node().hashCode() << 32);
                Ranges numbers = one.getValue().numbers;
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

    List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>(seen.size());
        seen.forEach((origin, one) -> holdings.add(new Holding(origin, one.forgottenUpTo + 1, one.numbers.copy())));
        return holdings;
    }

    /** The numbers of an origin that this node has seen. */
    Ranges seenNumbers(Origin origin) {
        Seen one = seen.get(origin);
        return one == null ? new Ranges() : one.numbers;
    }

    /** What is still here of an origin's numbers from first to last, by number. */
    List<Entry> within(Origin origin, long first, long last) {
        Seen one = seen.get(origin);
        if (one == null) {
            return List.of();
        }
        int from = one.indexOf(first);
        int to = last == Long.MAX_VALUE ? one.kept.size() : one.indexOf(last + 1);
        return one.kept.subList(from, to);
    }
}
