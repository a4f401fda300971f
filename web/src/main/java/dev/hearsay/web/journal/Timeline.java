package dev.hearsay.web.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each of many things was at which moment, within a window whose beginning moves on: what lies before it is folded into how
 * everything was when it began. The changes of one thing are in the order in which they were recognized, whatever the clocks say of it,
 * so that the end of the line is always how things are now.
 */
public final class Timeline<K, V> {

    /** From that moment on. */
    public record Change<K, V>(long atMicros, K key, V value) {}

    /** The number keeps changes of the same moment apart and in order. */
    private record Moment(long atMicros, long number) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return atMicros != other.atMicros
                    ? Long.compare(atMicros, other.atMicros)
                    : Long.compare(number, other.number);
        }
    }

    /** What something is now, since when, and whether that is the only change of it that is known. */
    private record Latest<V>(V value, Moment moment, boolean isOnly) {}

    private final V initial;
    private final Map<K, V> before = new LinkedHashMap<>();
    private final Map<K, Latest<V>> latest = new LinkedHashMap<>();
    private final TreeMap<Moment, Change<K, V>> changes = new TreeMap<>();
    private long fromMicros = Long.MIN_VALUE;
    private long count;

    /** A line without changes, on which everything is the initial value. */
    Timeline(V initial) {
        this.initial = initial;
    }

    /**
     * From that moment on something is this; if it is the same already, though nothing else was ever known of it, then since that moment at the
     * latest.
     *
     * @return the change, which is at that moment or, if the last one is later, at the moment of that; null if it was the same already
     */
    @Nullable
    Change<K, V> set(K key, V value, long atMicros) {
        Latest<V> last = latest.get(key);
        if (last == null ? value.equals(initial) : value.equals(last.value)) {
            if (last != null && last.isOnly && atMicros < last.moment.atMicros) {
                changes.remove(last.moment);
                put(key, value, Math.max(fromMicros, atMicros), true);
            }
            return null;
        }
        long notBefore = last == null ? fromMicros : Math.max(fromMicros, last.moment.atMicros);
        return put(key, value, Math.max(notBefore, atMicros), last == null);
    }

    private Change<K, V> put(K key, V value, long atMicros, boolean isOnly) {
        Moment moment = new Moment(atMicros, ++count);
        Change<K, V> change = new Change<>(atMicros, key, value);
        changes.put(moment, change);
        latest.put(key, new Latest<>(value, moment, isOnly));
        return change;
    }

    /** Lets the window begin at that moment, if it does not begin later already. */
    void fold(long untilMicros) {
        fromMicros = Math.max(fromMicros, untilMicros);
        while (!changes.isEmpty() && changes.firstKey().atMicros <= fromMicros) {
            foldFirst();
        }
    }

    /** Lets the window begin with the second of its changes; returns the moment of the first, which is in the past from now on. */
    long foldFirst() {
        var first = changes.pollFirstEntry();
        Change<K, V> change = first.getValue();
        fromMicros = Math.max(fromMicros, change.atMicros);
        Latest<V> last = latest.get(change.key);
        boolean isLatest = last != null && last.moment.equals(first.getKey());
        if (change.value.equals(initial)) {
            before.remove(change.key);
            if (isLatest) {
                latest.remove(change.key);
            }
        } else {
            before.put(change.key, change.value);
            if (isLatest) {
                latest.put(change.key, new Latest<>(change.value, first.getKey(), false));
            }
        }
        return change.atMicros;
    }

    /** Lets go of all that is known of some things. */
    void forget(Predicate<K> which) {
        before.keySet().removeIf(which);
        latest.keySet().removeIf(which);
        changes.values().removeIf(change -> which.test(change.key));
    }

    int size() {
        return changes.size();
    }

    /** All changes within the window, in the order of their moments. */
    public Collection<Change<K, V>> changes() {
        return changes.values();
    }

    /** How everything was when the window began that was not at its initial value. */
    public Map<K, V> before() {
        return before;
    }

    /** Everything that is this now and has ever changed. */
    public List<K> keysThatAre(V value) {
        List<K> keys = new ArrayList<>();
        latest.forEach((key, last) -> {
            if (last.value.equals(value)) {
                keys.add(key);
            }
        });
        return keys;
    }
}
