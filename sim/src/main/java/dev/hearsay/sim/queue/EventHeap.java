package dev.hearsay.sim.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of events over primitive arrays, for the few that do not fit a calendar. */
final class EventHeap {

    private long[] at = new long[64];
    private long[] number = new long[64];
    private int[] node = new int[64];
    private int[] from = new int[64];
    private @Nullable Object[] what = new @Nullable Object[64];
    private int size;
    private long added;

    boolean isEmpty() {
        return size == 0;
    }

    void add(long atNanos, int toNode, int fromNode, Object object) {
        if (size == at.length) {
            at = Arrays.copyOf(at, 2 * size);
            number = Arrays.copyOf(number, 2 * size);
            node = Arrays.copyOf(node, 2 * size);
            from = Arrays.copyOf(from, 2 * size);
            what = Arrays.copyOf(what, 2 * size);
        }
        int hole = size++;
        long order = added++;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!isBefore(atNanos, order, parent)) {
                break;
            }
            move(parent, hole);
            hole = parent;
        }
        put(hole, atNanos, order, toNode, fromNode, object);
    }

    long atNanos() {
        return at[0];
    }

    int node() {
        return node[0];
    }

    int from() {
        return from[0];
    }

    Object what() {
        Object object = what[0];
        if (object == null) {
            throw new IllegalStateException("the heap is empty");
        }
        return object;
    }

    void remove() {
        int last = --size;
        Object object = what[last];
        what[last] = null;
        if (last == 0 || object == null) {
            return;
        }
        int hole = 0;
        while (true) {
            int child = 2 * hole + 1;
            if (child >= last) {
                break;
            }
            if (child + 1 < last && isBefore(at[child + 1], number[child + 1], child)) {
                child++;
            }
            if (!isBefore(at[child], number[child], last)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        put(hole, at[last], number[last], node[last], from[last], object);
    }

    private boolean isBefore(long atNanos, long order, int other) {
        return atNanos < at[other] || (atNanos == at[other] && order < number[other]);
    }

    private void move(int source, int target) {
        at[target] = at[source];
        number[target] = number[source];
        node[target] = node[source];
        from[target] = from[source];
        what[target] = what[source];
    }

    private void put(int place, long atNanos, long order, int toNode, int fromNode, Object object) {
        at[place] = atNanos;
        number[place] = order;
        node[place] = toNode;
        from[place] = fromNode;
        what[place] = object;
    }
}
