package dev.hearsay.core.spread;

import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Origin;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.RumorLog.Entry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node has seen of one origin, and what of it is still here. */
final class Seen {

    private static final Entry[] NONE = {};
    private static final int UNIT_BITS = 30;

    private final Origin origin;

    /** What counts as seen. */
    private final Ranges numbers = new Ranges();

    /** Which of these have never been here and are gone everywhere, by the word of others; null if there are none. */
    private @Nullable Ranges gone;

    /**
     * What is still here, by number, up to {@link #keptEnd}. Before it there may be a gap: mostly the oldest are forgotten first, and to move all the others each
     * time would take long.
     */
    private @Nullable Entry[] kept = NONE;

    private int keptEnd;
    private long forgottenUpTo;

    /** When something new was heard last, in units of 2<sup>30</sup> ns: it is only compared, and there are millions of these. */
    private int heardAt;

    Seen(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    /** All that counts as seen, what is {@link #gone} included. */
    Ranges numbers() {
        return numbers;
    }

    /** What has been here. */
    Ranges heard() {
        return gone == null ? numbers : numbers.minus(gone, 1);
    }

    boolean hasHeard(long number) {
        return numbers.contains(number) && (gone == null || !gone.contains(number));
    }

    /** The largest number that has been here. */
    long heardMax() {
        return gone == null ? numbers.max() : heard().max();
    }

    /** Whether nothing of it is here any more. */
    boolean isIdle() {
        return keptEnd == 0;
    }

    /** When the node last heard something new of it, to about a second. */
    long heardNanos() {
        return (long) heardAt << UNIT_BITS;
    }

    long forgottenUpTo() {
        return forgottenUpTo;
    }

    Holding holding() {
        return gone == null
                ? new Holding(origin, forgottenUpTo + 1, numbers.copy())
                : new Holding(origin, forgottenUpTo + 1, heard(), gone.copy());
    }

    void add(Entry entry) {
        numbers.add(entry.sequence());
        if (gone != null) {
            gone.remove(entry.sequence());
        }
        heardAt = (int) (entry.heardNanos() >> UNIT_BITS);
        if (keptEnd == kept.length) {
            // Mostly there is one; where there are many, there will be more.
            int start = keptStart();
            int count = keptEnd - start;
            kept = Arrays.copyOf(Arrays.copyOfRange(kept, start, keptEnd), count + (count >> 1) + 1);
            keptEnd = count;
        }
        int at = indexOf(entry.sequence());
        System.arraycopy(kept, at, kept, at + 1, keptEnd++ - at);
        kept[at] = entry;
    }

    /** Counts these numbers as seen, for they were here in an earlier life, and everything up to this one as forgotten. */
    void remember(long upTo, Ranges seen, long nowNanos) {
        numbers.addAll(seen);
        forgottenUpTo = Math.max(forgottenUpTo, upTo);
        heardAt = (int) (nowNanos >> UNIT_BITS);
    }

    /** Counts these numbers as seen, though they have never been here. */
    void giveUp(Ranges missing, long nowNanos) {
        gone = gone == null ? new Ranges() : gone;
        gone.addAll(missing.minus(numbers, 1));
        numbers.addAll(missing);
        if (isIdle()) {
            heardAt = (int) (nowNanos >> UNIT_BITS);
        }
    }

    void forget(Entry entry) {
        // There must be a floor above it.
        forgottenUpTo = Math.max(forgottenUpTo, Math.min(entry.sequence(), Long.MAX_VALUE - 1));
        remove(entry);
    }

    /** What has been here of the numbers up to the last one forgotten, and is here no more. */
    Ranges forgotten() {
        Ranges kept = new Ranges();
        within(1, forgottenUpTo).forEach(entry -> kept.add(entry.sequence()));
        return heard().upTo(forgottenUpTo).minus(kept, 1);
    }

    /** Takes an entry out as if it had never been here. */
    void withdraw(Entry entry) {
        numbers.remove(entry.sequence());
        remove(entry);
    }

    private void remove(Entry entry) {
        int at = indexOf(entry.sequence());
        if (at == keptStart()) {
            kept[at] = null;
            keptEnd = at + 1 == keptEnd ? 0 : keptEnd;
        } else {
            System.arraycopy(kept, at + 1, kept, at, --keptEnd - at);
            kept[keptEnd] = null;
        }
    }

    /** Where the gap ends. */
    private int keptStart() {
        int low = 0;
        int high = keptEnd > 0 && kept[0] == null ? keptEnd : 0;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (kept[middle] == null) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What is still here of the numbers from first to last, by number. */
    List<Entry> within(long first, long last) {
        int from = indexOf(first);
        int to = last == Long.MAX_VALUE ? keptEnd : indexOf(last + 1);
        @SuppressWarnings("NullAway") // from the first that is kept to keptEnd there are none
        Entry[] entries = kept;
        return Arrays.asList(entries).subList(from, to);
    }

    /** Where the first kept entry of at least this number is, or would be. */
    private int indexOf(long sequence) {
        int high = keptEnd;
        if (high > 0 && sequenceAt(high - 1) < sequence) {
            return high;
        }
        int low = keptStart();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sequenceAt(middle) < sequence) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long sequenceAt(int index) {
        Entry entry = kept[index];
        return entry == null ? Long.MAX_VALUE : entry.sequence();
    }
}
