package dev.hearsay.core.state;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Command;
import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Stamped;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signal;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Key/value state. Of two entries of one key the one with the later {@linkplain dev.hearsay.core.Stamp stamp} wins, so that nodes may exchange entries in any order, any number of
 * times, and come to have the same. What is written goes to some neighbours at once; whatever that misses, comparisons of hashes per bucket of keys find.
 *
 * <p>A deletion is an entry, too, kept for as long as retention says: a node that was away for longer may bring back what was deleted.
 */
public final class State implements Part {

    /**
     * What fits.
     *
     * @param keyBytesMax of a key in UTF-8
     * @param valueBytesMax of a value
     * @param keysMax deletions included; what other nodes have accepted is taken beyond that, up to twice as many
     * @param deletionMicros how long a deletion is remembered
     * @param fanout to how many neighbours an entry is passed on, at random where there are more
     */
    public record Settings(int keyBytesMax, int valueBytesMax, int keysMax, long deletionMicros, int fanout) {
        private static final long DAY_MICROS = 86_400_000_000L;

        /** 512 bytes, 64 KiB, 10,000 keys, a day, 8 neighbours. */
        public static final Settings DEFAULT = new Settings(512, 64 << 10, 10_000, DAY_MICROS, 8);

        public Settings {
            if (keyBytesMax < 1 || valueBytesMax < 0 || keysMax < 1 || deletionMicros < 1 || fanout < 1) {
                throw new IllegalArgumentException("the limits of the state must allow for one key");
            }
        }

        /** Why there can be no such entry, the beginning of a sentence; null if there can. */
        public @Nullable String objection(String key, int valueBytes) {
            if (key.isEmpty()) {
                return "the key is empty";
            }
            long bytes = 0;
            for (int i = 0; i < key.length(); i += Character.charCount(key.codePointAt(i))) {
                int c = key.codePointAt(i);
                if (c < ' ' || c == '\u007f') {
                    return "the key has a control character in it";
                }
                if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    return "the key has half a surrogate pair in it";
                }
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            }
            if (bytes > keyBytesMax) {
                return "the key has " + bytes + " bytes; the limit is " + keyBytesMax;
            }
            return valueBytes <= valueBytesMax
                    ? null
                    : "the value has " + valueBytes + " bytes; the limit is " + valueBytesMax;
        }
    }

    /** One bit each in a digest. */
    private static final int BUCKETS = Long.SIZE;

    private static final int ENTRY_BYTES_MAX = 256 << 10;

    /** What an entry takes of memory beside its key and value. */
    private static final long ENTRY_BYTES = 220;

    /** An entry that could not be made durable when a later one of its key had been written, and what was there before it. */
    private record Undone(Entry entry, @Nullable Entry previous) {}

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final HybridClock clock;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final long[] hashes = new long[BUCKETS];
    private final Map<String, Undone> undone = new HashMap<>();
    private int keys;
    private long overheadBytes;
    private Bulky.Listener listener = Bulky.Listener.NONE;

    public State(Settings settings, NodeId self, Context context, View view) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.clock = new HybridClock(self, context);
    }

    // --- To look at --------------------------------------------------------------------------------------------------

    /** All entries by key, deletions included. */
    public Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** How many keys there are, deleted ones not included. */
    public int keys() {
        return keys;
    }

    /** The entry of a key; null if there is none, or it was deleted. */
    public @Nullable Entry find(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.isDeletion() ? null : entry;
    }

    public Settings settings() {
        return settings;
    }

    // --- What is written here ----------------------------------------------------------------------------------------

    /** Takes in what was saved in an earlier life. */
    public void remember(Entry entry) {
        Entry known = entries.get(entry.key());
        if (known == null || entry.stamp().isAfter(known.stamp())) {
            replace(entry.key(), entry);
        }
    }

    /** Leaves out a deletion that an earlier life has dropped. */
    public void remember(Fact.Dropped dropped) {
        replace(dropped.key(), null);
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Asked(Command.Put(String key, byte[] value)) -> put(key, value, effects);
            case Input.Asked(Command.Delete(String key)) -> {
                if (find(key) == null) {
                    effects.tell(new Signal.Refused("there is no key '" + brief(key) + "' to delete"));
                } else {
                    write(key, null, effects);
                }
            }
            case Input.Unsaved(Fact.Wrote(Entry entry, Entry previous)) -> takeBack(entry, previous, effects);
            case Input.Received(NodeId from, Message.StateBuckets(List<Long> theirs)) -> digest(from, theirs, effects);
            case Input.Received(NodeId from, Message.StateDigest digest) -> settle(from, digest, effects);
            case Input.Received(NodeId from, Message.Entries received) -> take(from, received, effects);
            default -> throw new IllegalArgumentException("state does not take " + input);
        }
    }

    private void put(String key, byte[] value, Effects effects) {
        String objection = settings.objection(key, value.length);
        if (objection == null && !entries.containsKey(key) && entries.size() >= settings.keysMax) {
            objection = "there are " + entries.size() + " keys, deleted ones of the last day included; the limit is "
                    + settings.keysMax;
        }
        if (objection != null) {
            effects.tell(new Signal.Refused(objection));
        } else {
            write(key, value, effects);
        }
    }

    private void write(String key, byte @Nullable [] value, Effects effects) {
        Entry entry = new Entry(key, value, clock.next());
        effects.save(new Fact.Wrote(entry, entries.get(key)));
        replace(key, entry);
        effects.tell(new Signal.Written(key, entry.stamp(), entry.isDeletion()));
        passOn(self, List.of(entry), effects);
    }

    /** Nobody else has seen it, so what was before may be put back, unless something later has come. */
    private void takeBack(Entry entry, @Nullable Entry previous, Effects effects) {
        Undone earlier = undone.remove(entry.key());
        Entry before = earlier != null && earlier.entry.equals(previous) ? earlier.previous : previous;
        if (entry.equals(entries.get(entry.key()))) {
            replace(entry.key(), before);
        } else {
            undone.put(entry.key(), new Undone(entry, before));
        }
        effects.tell(new Signal.Refused("'" + brief(entry.key()) + "' could not be made durable and is as before"));
    }

    // --- What comes from others --------------------------------------------------------------------------------------

    private void digest(NodeId from, List<Long> theirs, Effects effects) {
        long differing = 0;
        for (int bucket = 0; bucket < Math.min(BUCKETS, theirs.size()); bucket++) {
            if (theirs.get(bucket) != hashes[bucket]) {
                differing |= 1L << bucket;
            }
        }
        if (differing != 0) {
            List<Stamped> stamps = new ArrayList<>();
            for (Entry entry : entries.values()) {
                if (isIn(differing, entry.key())) {
                    stamps.add(new Stamped(entry.key(), entry.stamp()));
                }
            }
            effects.send(from, new Message.StateDigest(differing, stamps));
        }
    }

    private void settle(NodeId from, Message.StateDigest digest, Effects effects) {
        Map<String, Stamped> theirs = new HashMap<>();
        List<String> wants = new ArrayList<>();
        for (Stamped stamped : digest.entries()) {
            theirs.put(stamped.key(), stamped);
            Entry mine = entries.get(stamped.key());
            if (mine == null || stamped.stamp().isAfter(mine.stamp())) {
                wants.add(stamped.key());
            }
        }
        List<Entry> later = new ArrayList<>();
        for (Entry entry : entries.values()) {
            Stamped other = theirs.get(entry.key());
            if (isIn(digest.buckets(), entry.key())
                    && (other == null || entry.stamp().isAfter(other.stamp()))) {
                later.add(entry);
            }
        }
        send(from, later, wants, effects);
    }

    private void send(NodeId to, List<Entry> later, List<String> wants, Effects effects) {
        int count = 0;
        long bytes = 0;
        while (count < later.size() && bytes < ENTRY_BYTES_MAX) {
            Entry next = later.get(count++);
            bytes += next.key().length() + Math.max(0, next.size());
        }
        if (count > 0 || !wants.isEmpty()) {
            effects.send(to, new Message.Entries(later.subList(0, count), wants, count < later.size()));
        }
    }

    private void take(NodeId from, Message.Entries received, Effects effects) {
        List<Entry> accepted = new ArrayList<>();
        for (Entry entry : received.entries()) {
            if (accept(from, entry, effects)) {
                accepted.add(entry);
            }
        }
        passOn(from, accepted, effects);
        List<Entry> wanted = new ArrayList<>();
        for (String key : received.wants()) {
            Entry entry = entries.get(key);
            if (entry != null) {
                wanted.add(entry);
            }
        }
        send(from, wanted, List.of(), effects);
        if (received.more() && !accepted.isEmpty()) {
            compare(from, effects);
        }
    }

    private boolean accept(NodeId from, Entry entry, Effects effects) {
        Entry known = entries.get(entry.key());
        if (known == null ? isOver(entry) : !entry.stamp().isAfter(known.stamp())) {
            return false;
        }
        String objection = settings.objection(entry.key(), Math.max(0, entry.size()));
        if (entry.isAway()) {
            objection = "its value is missing";
        }
        if (objection == null && known == null && entries.size() >= 2 * settings.keysMax) {
            objection = "there are " + entries.size() + " keys, twice the limit";
        }
        if (objection != null) {
            effects.tell(new Signal.Refused("an entry from " + from + ": " + objection));
            return false;
        }
        clock.observe(entry.stamp());
        replace(entry.key(), entry);
        effects.save(new Fact.Learnt(entry));
        effects.tell(new Signal.EntryReceived(entry.key(), entry.stamp(), entry.isDeletion(), from));
        return true;
    }

    private void passOn(NodeId from, List<Entry> written, Effects effects) {
        if (!written.isEmpty()) {
            Message message = new Message.Entries(written, List.of(), false);
            for (NodeId neighbour : Draw.some(view.neighbours(), from, settings.fanout, context.random())) {
                effects.send(neighbour, message);
            }
        }
    }

    // --- What there is -----------------------------------------------------------------------------------------------

    private void replace(String key, @Nullable Entry entry) {
        Entry known = entry == null ? entries.remove(key) : entries.put(key, entry);
        int bucket = bucket(key);
        if (known != null) {
            hashes[bucket] ^= hash(known);
            keys -= known.isDeletion() ? 0 : 1;
            overheadBytes -= overheadBytes(known);
            if (known.isLarge()) {
                listener.removed(known);
            }
        }
        if (entry != null) {
            hashes[bucket] ^= hash(entry);
            keys += entry.isDeletion() ? 0 : 1;
            overheadBytes += overheadBytes(entry);
            if (entry.isLarge()) {
                listener.added(entry);
            }
            clock.observe(entry.stamp());
        }
    }

    /** Who is to hear of large values; once, and of all that are here already. */
    public void listen(Bulky.Listener newListener) {
        listener = newListener;
        for (Entry entry : entries.values()) {
            if (entry.isLarge()) {
                listener.added(entry);
            }
        }
    }

    /** Leaves the value of an entry to the store, if it is still the one of its key. */
    public void putAway(Entry entry) {
        if (entry.equals(entries.get(entry.key()))) {
            entries.put(entry.key(), entry.away());
        }
    }

    /** About how many bytes of memory are taken by all but large values. */
    public long overheadBytes() {
        return overheadBytes;
    }

    private static long overheadBytes(Entry entry) {
        return ENTRY_BYTES + entry.key().length() + (entry.isLarge() ? 0 : Math.max(0, entry.size()));
    }

    private boolean isOver(Entry entry) {
        return entry.isDeletion() && clock.nowMicros() - entry.stamp().micros() > settings.deletionMicros;
    }

    private static long hash(Entry entry) {
        long stamp = Random64.mix(entry.stamp().micros())
                ^ Random64.mix(entry.stamp().count() + entry.stamp().writer().hashCode());
        return Random64.mix(stamp + entry.key().hashCode());
    }

    private static int bucket(String key) {
        return (int) Random64.mix(key.hashCode()) & (BUCKETS - 1);
    }

    private static boolean isIn(long buckets, String key) {
        return (buckets & 1L << bucket(key)) != 0;
    }

    private static String brief(String key) {
        return key.length() <= 64 ? key : key.substring(0, 64) + "…";
    }

    /** Equal at two nodes that have the same entries; 0 if there is nothing. */
    public long hash() {
        long hash = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            hash ^= hashes[bucket];
        }
        return hash;
    }

    /** Drops the deletions whose time is over. */
    public void forget(Effects effects) {
        if (keys < entries.size()) {
            List<Entry> over = entries.values().stream().filter(this::isOver).toList();
            for (Entry entry : over) {
                replace(entry.key(), null);
                effects.save(new Fact.Dropped(entry.key()));
            }
        }
    }

    /** Opens a comparison in detail. */
    public void compare(NodeId partner, Effects effects) {
        List<Long> all = new ArrayList<>(BUCKETS);
        for (long hash : hashes) {
            all.add(hash);
        }
        effects.send(partner, new Message.StateBuckets(all));
    }
}
