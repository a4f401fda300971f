package dev.hearsay.core.state;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.StateProtocol.Stamped;
import dev.hearsay.core.StateProtocol.StateDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries of one node by key, with what is needed to compare them to another's: a hash per bucket of keys, and pages of stamps. */
final class EntryTable {

    /** One bit each in a digest. */
    private static final int BUCKETS = Long.SIZE;

    /** What an entry takes of a message beside its key and value. */
    static final long ENTRY_BYTES = 96;

    /** What an entry takes of memory beside its key and value. */
    private static final long MEMORY_BYTES = 220;

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    /** When this node learnt of each deletion, by its monotonic clock. */
    private final Map<String, Long> learntNanos = new LinkedHashMap<>();

    /** The deletions that comparisons leave out. */
    private final Set<String> hidden = new HashSet<>();

    private final long[] hashes = new long[BUCKETS];
    private final LongConsumer overheadListener;
    private int keys;
    private long overheadBytes;
    private Bulky.Listener listener = Bulky.Listener.NONE;

    /** The last key of the page that was sent last; empty to begin again. */
    private String cursor = "";

    /** Tells the listener what the entries take of memory, large values apart, whenever it changes. */
    EntryTable(LongConsumer overheadListener) {
        this.overheadListener = overheadListener;
    }

    // --- Entries -----------------------------------------------------------------------------------------------------

    @Nullable
    Entry find(String key) {
        return entries.get(key);
    }

    Collection<Entry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** How many entries there are, deletions included. */
    int size() {
        return entries.size();
    }

    /** How many entries are no deletions. */
    int keys() {
        return keys;
    }

    /** About how many bytes of memory are taken by all but large values. */
    long overheadBytes() {
        return overheadBytes;
    }

    private static long overheadBytes(Entry entry) {
        return MEMORY_BYTES + entry.key().length() + (entry.isLarge() ? 0 : Math.max(0, entry.size()));
    }

    /** About how many bytes of a message an entry takes. */
    static long bytes(Entry entry) {
        return ENTRY_BYTES + entry.key().length() + Math.max(0, entry.size());
    }

    void listen(Bulky.Listener newListener) {
        listener = newListener;
        for (Entry entry : entries.values()) {
            if (entry.isLarge()) {
                listener.added(entry);
            }
        }
    }

    void putAway(Entry entry) {
        if (entry.equals(entries.get(entry.key()))) {
            entries.put(entry.key(), entry.away());
        }
    }

    /** Puts this entry in the place of what there is at the key; null for none. */
    void replace(long nowNanos, String key, @Nullable Entry entry) {
        show(key);
        Entry known = entry == null ? entries.remove(key) : entries.put(key, entry);
        learntNanos.remove(key);
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
            if (entry.isDeletion()) {
                learntNanos.put(key, nowNanos);
            }
        }
        overheadListener.accept(overheadBytes);
    }

    /** The deletions of which this is true. */
    List<Entry> deletions(Predicate<Entry> isOver) {
        List<Entry> over = new ArrayList<>();
        for (String key : learntNanos.keySet()) {
            Entry entry = entries.get(key);
            if (entry != null && isOver.test(entry)) {
                over.add(entry);
            }
        }
        return over;
    }

    /** When this node learnt of a deletion, by its monotonic clock. */
    long learntNanos(Entry deletion) {
        return Objects.requireNonNull(learntNanos.get(deletion.key()), "not a deletion");
    }

    /** From now on comparisons leave this deletion out: whoever knows nothing of the key has the same. */
    void hide(Entry deletion) {
        if (hidden.add(deletion.key())) {
            hashes[bucket(deletion.key())] ^= hash(deletion);
        }
    }

    private void show(String key) {
        if (hidden.remove(key)) {
            hashes[bucket(key)] ^= hash(Objects.requireNonNull(entries.get(key)));
        }
    }

    boolean isHidden(Entry entry) {
        return entry.isDeletion() && hidden.contains(entry.key());
    }

    // --- Comparing ---------------------------------------------------------------------------------------------------

    /** Equal at two nodes that have the same entries; 0 if there is nothing. */
    long hash() {
        long hash = 0;
        for (long each : hashes) {
            hash ^= each;
        }
        return hash;
    }

    /** A hash per bucket. */
    List<Long> hashes() {
        List<Long> all = new ArrayList<>(BUCKETS);
        for (long hash : hashes) {
            all.add(hash);
        }
        return all;
    }

    /** The buckets in which another, with these hashes, has something else; one bit each. */
    long differing(List<Long> theirs) {
        long differing = 0;
        for (int bucket = 0; bucket < Math.min(BUCKETS, theirs.size()); bucket++) {
            if (theirs.get(bucket) != hashes[bucket]) {
                differing |= 1L << bucket;
            }
        }
        return differing;
    }

    /** The next of the pages, each of about this size, that together show all there is in these buckets. */
    StateDigest page(long buckets, long bytesMax) {
        String after = cursor;
        cursor = "";
        long size = 0;
        List<Stamped> stamps = new ArrayList<>();
        for (Entry entry : entries.tailMap(after, false).values()) {
            if (isIn(buckets, entry.key()) && !isHidden(entry)) {
                stamps.add(new Stamped(entry.key(), entry.stamp()));
                size += ENTRY_BYTES + entry.key().length();
                if (size >= bytesMax) {
                    cursor = entry.key();
                    break;
                }
            }
        }
        return new StateDigest(buckets, after, cursor, stamps);
    }

    /** What is here of the keys that another's page is about. */
    Collection<Entry> within(StateDigest page) {
        NavigableMap<String, Entry> range = entries.tailMap(page.after(), false);
        if (!page.upTo().isEmpty()) {
            if (page.upTo().compareTo(page.after()) <= 0) {
                return List.of();
            }
            range = range.headMap(page.upTo(), true);
        }
        return range.values();
    }

    static boolean isIn(long buckets, String key) {
        return (buckets & 1L << bucket(key)) != 0;
    }

    private static int bucket(String key) {
        return (int) Random64.mix(key.hashCode()) & (BUCKETS - 1);
    }

    /** Over the whole key, not its {@code hashCode}: "Aa" and "BB" have the same, and two entries that swap their stamps would look like what they were. */
    private static long hash(Entry entry) {
        NodeId writer = entry.stamp().writer();
        long hash = Random64.mix(entry.stamp().micros());
        hash = Random64.mix(hash + entry.stamp().count());
        hash = Random64.mix(hash(hash, writer.host()) + writer.port());
        return Random64.mix(hash(hash, entry.key()));
    }

    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = Random64.mix(hash ^ text.charAt(i));
        }
        return hash;
    }
}
