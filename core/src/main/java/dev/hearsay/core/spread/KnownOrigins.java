package dev.hearsay.core.spread;

import dev.hearsay.core.AntiEntropyProtocol.Digest;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The half of a {@link RumorLog} that is about origins: which numbers of each count as seen, for how long that is known, and how it is compared. */
abstract class KnownOrigins {

    private static final Ranges NONE = new Ranges();

    /** What was seen, by origin; null while there has never been a second origin. */
    private @Nullable Map<Origin, Seen> seen;

    /** The one asked for last; while there is no map, the only one. */
    private @Nullable Seen recentlySeen;

    final Retention retention;

    /** What all takes of the memory: that of rumors, too, for there is one limit. */
    long bytes;

    /** In place of a hash that is to be calculated; were it to be this, that would be done each time. */
    static final long STALE = Long.MIN_VALUE;

    /** What of it are large payloads. */
    long largeBytes;

    private long keyBytes;

    /** A hash of all numbers seen, or {@link #STALE}. */
    long summary;

    KnownOrigins(Retention retention) {
        this.retention = retention;
    }

    /** What all of this takes of the memory: payloads, paths, and what is known of origins, in round numbers. */
    public long bytes() {
        return bytes;
    }

    /** About how many bytes of memory are taken by all but large payloads. */
    public long overheadBytes() {
        return bytes - largeBytes;
    }

    /** As many as there may be of these, and a sixth more with what keys take, of which there may be as many: a sixth is always for rumors. */
    public long overheadBytesMax() {
        long all = retention.overheadBytes();
        return Math.max(all / 6, Math.min(all, all + all / 6 - keyBytes));
    }

    /** What keys take of the same memory. */
    public void noteKeys(long bytesOfKeys) {
        keyBytes = bytesOfKeys;
    }

    public Retention retention() {
        return retention;
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
        return one != null && one.hasHeard(sequence);
    }

    /** The largest number of the origin that this node has seen; 0 if it knows none. */
    long lastSequence(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? 0 : one.heardMax();
    }

    /**
     * Counts these numbers of the origin as seen, though they have never been here: nobody has them any more. Should one come after all, it is new. This
     * is not saved, for it is the word of others.
     */
    void giveUp(Origin origin, Ranges missing, long nowNanos) {
        if (findSeen(origin) == null && origins() >= Bounds.ORIGINS_MAX >> 1) {
            return;
        }
        Seen one = seenOf(origin);
        change(one, () -> one.giveUp(missing, nowNanos));
    }

    /** Keeps count of the memory that it takes. */
    void change(Seen one, Runnable change) {
        bytes -= Bounds.bytes(one);
        change.run();
        bytes += Bounds.bytes(one);
        summary = STALE;
    }

    void remove(Seen one) {
        bytes -= Bounds.bytes(one);
        if (seen != null) {
            seen.remove(one.origin());
        }
        recentlySeen = null;
        summary = STALE;
    }

    @Nullable
    Seen findSeen(Origin origin) {
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

    Seen seenOf(Origin origin) {
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
        bytes += Bounds.bytes(one);
        return one;
    }

    int origins() {
        return seen != null ? seen.size() : recentlySeen == null ? 0 : 1;
    }

    /** In the order in which they came up. */
    private Collection<Seen> allSeen() {
        if (seen != null) {
            return seen.values();
        }
        return recentlySeen == null ? List.of() : List.of(recentlySeen);
    }

    /** Where origins are too many, or take too much of the memory, forgets those of which nothing is here any more and nothing new was heard for longest. */
    void expireOrigins(long nowNanos, Effects effects) {
        // They may have a quarter of all, and half of the overhead.
        long most = Math.min(
                bytes > retention.bytes() ? retention.bytes() >> 2 : Long.MAX_VALUE,
                overheadBytes() > overheadBytesMax() ? overheadBytesMax() >> 1 : Long.MAX_VALUE);
        long excess = most < Long.MAX_VALUE ? originBytes() - most : 0;
        if (excess <= 0 && origins() <= Bounds.ORIGINS_MAX) {
            return;
        }
        List<Seen> idle = new ArrayList<>();
        for (Seen one : allSeen()) {
            if (isExpendable(one)) {
                idle.add(one);
            }
        }
        idle.sort(Comparator.comparingLong(one -> one.heardNanos() - nowNanos));
        for (Seen one : idle) {
            if (excess <= 0 && origins() <= Bounds.ORIGINS_MAX - (Bounds.ORIGINS_MAX >> 3)) {
                return;
            }
            excess -= Bounds.bytes(one);
            expire(one, effects);
        }
    }

    /** Which versions it has seen a node has told others, and must not forget. */
    static boolean isExpendable(Seen one) {
        return one.isIdle() && !one.origin().equals(Origin.VERSIONS);
    }

    void expire(Seen one, Effects effects) {
        remove(one);
        effects.save(new RumorProtocol.Forgot(one.origin(), 0, new Ranges()));
    }

    private long originBytes() {
        long sum = 0;
        for (Seen one : allSeen()) {
            sum += Bounds.bytes(one);
        }
        return sum;
    }

    /** A hash of all numbers seen, equal at two nodes that have seen the same, whatever they have forgotten. */
    long hash() {
        if (summary == STALE) {
            summary = 0;
            for (Seen one : allSeen()) {
                summary ^= Bounds.hash(one);
            }
        }
        return summary;
    }

    /** The same for each bucket of origins, see {@link Digest}. */
    List<Long> bucketHashes() {
        Long[] hashes = new Long[Digest.BUCKETS];
        Arrays.fill(hashes, 0L);
        for (Seen one : allSeen()) {
            hashes[Bounds.bucket(one.origin())] ^= Bounds.hash(one);
        }
        return List.of(hashes);
    }

    /** How many bytes the holdings in each bucket take in a message, more or less. */
    long[] bucketBytes() {
        long[] sizes = new long[Digest.BUCKETS];
        for (Seen one : allSeen()) {
            sizes[Bounds.bucket(one.origin())] += Bounds.bytesInDigest(one);
        }
        return sizes;
    }

    /** What this node has seen, per origin. */
    List<Holding> holdings() {
        return allSeen().stream().map(Seen::holding).toList();
    }

    /** Those of which this node has seen anything. */
    public List<Origin> knownOrigins() {
        return allSeen().stream().map(Seen::origin).toList();
    }

    /** What this node has seen of an origin; null if it knows of none. */
    public @Nullable Holding holding(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? null : one.holding();
    }

    /** What this node has seen of the origins in these buckets; where that does not fit into a message, each time another part of it. */
    List<Holding> holdings(long buckets, Random64 random) {
        List<Seen> wanted = new ArrayList<>(origins());
        long size = 0;
        for (Seen one : allSeen()) {
            if (Bounds.isIn(one.origin(), buckets)) {
                wanted.add(one);
                size += Bounds.bytesInDigest(one);
            }
        }
        int start = size <= Bounds.DIGEST_BYTES_MAX ? 0 : random.nextInt(wanted.size());
        List<Holding> holdings = new ArrayList<>(wanted.size());
        size = 0;
        for (int i = 0; i < wanted.size() && size < Bounds.DIGEST_BYTES_MAX; i++) {
            Seen one = wanted.get((start + i) % wanted.size());
            holdings.add(one.holding());
            size += Bounds.bytesInDigest(one);
        }
        return holdings;
    }

    /** The numbers of an origin that this node has seen, to look at. */
    public Ranges seenNumbers(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? new Ranges() : one.heard();
    }

    /** The same, with those that are gone by the word of others; to be read only. */
    public Ranges countedNumbers(Origin origin) {
        Seen one = findSeen(origin);
        return one == null ? NONE : one.numbers();
    }
}
