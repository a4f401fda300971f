package dev.hearsay.core.spread;

import dev.hearsay.core.Message.Holding;
import dev.hearsay.core.Origin;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.RumorLog.Entry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one node has seen of one origin, and what of it is still here. */
final class Seen {

    private static final Entry[] NONE = {};

    private final Origin origin;
    private final Ranges numbers = new Ranges();

    /** What is still here, by number; the rest of the array is empty. */
    private @Nullable Entry[] kept = NONE;

    private int keptCount;
    private long forgottenUpTo;

    Seen(Origin origin) {
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    Ranges numbers() {
        return numbers;
    }

    long forgottenUpTo() {
        return forgottenUpTo;
    }

    Holding holding() {
        return new Holding(origin, forgottenUpTo + 1, numbers.copy());
    }

    void add(Entry entry) {
        numbers.add(entry.sequence());
        if (keptCount == kept.length) {
            // Mostly there is one; where there are many, there will be more.
            kept = Arrays.copyOf(kept, keptCount + (keptCount >> 1) + 1);
        }
        int at = indexOf(entry.sequence());
        System.arraycopy(kept, at, kept, at + 1, keptCount++ - at);
        kept[at] = entry;
    }

    /** Counts these numbers as seen, and everything up to this one as forgotten. */
    void skip(long upTo, Ranges seen) {
        numbers.addAll(seen);
        forgottenUpTo = Math.max(forgottenUpTo, upTo);
    }

    void forget(Entry entry) {
        // There must be a floor above it.
        forgottenUpTo = Math.max(forgottenUpTo, Math.min(entry.sequence(), Long.MAX_VALUE - 1));
        remove(entry);
    }

    /** What was seen of the numbers that are forgotten. */
    Ranges forgotten() {
        return numbers.upTo(forgottenUpTo);
    }

    /** Takes an entry out as if it had never been here. */
    void withdraw(Entry entry) {
        numbers.remove(entry.sequence());
        remove(entry);
    }

    private void remove(Entry entry) {
        int at = indexOf(entry.sequence());
        System.arraycopy(kept, at + 1, kept, at, --keptCount - at);
        kept[keptCount] = null;
    }

    /** What is still here of the numbers from first to last, by number. */
    List<Entry> within(long first, long last) {
        int from = indexOf(first);
        int to = last == Long.MAX_VALUE ? keptCount : indexOf(last + 1);
        @SuppressWarnings("NullAway") // up to keptCount there are none
        Entry[] entries = kept;
        return Arrays.asList(entries).subList(from, to);
    }

    /** Where the first kept entry of at least this number is, or would be. */
    private int indexOf(long sequence) {
        int low = 0;
        int high = keptCount;
        if (high > 0 && sequenceAt(high - 1) < sequence) {
            return high;
        }
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
