package dev.hearsay.core.overlay;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An undirected graph without loops and double links, over nodes 0 … n - 1. Neighbours are in ascending order. A complete
 * graph is not stored.
 */
public final class Graph {

    private final int nodes;

    /** Where the neighbours of each node begin in {@link #targets}; null for a complete graph. */
    private final int @Nullable [] offsets;

    private final int @Nullable [] targets;

    private Graph(int nodes, int @Nullable [] offsets, int @Nullable [] targets) {
        this.nodes = nodes;
        this.offsets = offsets;
        this.targets = targets;
    }

    /** Nobody linked to anybody. */
    public static Graph empty(int nodes) {
        return new Graph(nodes, new int[nodes + 1], new int[0]);
    }

    /** Everybody linked to everybody. */
    static Graph complete(int nodes) {
        return new Graph(nodes, null, null);
    }

    /** A graph of the given links, each given once or twice, in either direction. */
    public static Graph of(int nodes, int[] from, int[] to, int links) {
        int[] offsets = new int[nodes + 1];
        for (int i = 0; i < links; i++) {
            offsets[from[i] + 1]++;
            offsets[to[i] + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            offsets[i + 1] += offsets[i];
        }
        int[] targets = new int[2 * links];
        int[] next = Arrays.copyOf(offsets, nodes);
        for (int i = 0; i < links; i++) {
            targets[next[from[i]]++] = to[i];
            targets[next[to[i]]++] = from[i];
        }
        return new Graph(nodes, offsets, targets).withoutDoubles();
    }

    private Graph withoutDoubles() {
        int[] oldOffsets = offsets();
        int[] all = targets();
        int[] newOffsets = new int[nodes + 1];
        int kept = 0;
        for (int node = 0; node < nodes; node++) {
            Arrays.sort(all, oldOffsets[node], oldOffsets[node + 1]);
            int previous = -1;
            for (int i = oldOffsets[node]; i < oldOffsets[node + 1]; i++) {
                if (all[i] != previous) {
                    previous = all[i];
                    all[kept++] = previous;
                }
            }
            newOffsets[node + 1] = kept;
        }
        return new Graph(nodes, newOffsets, kept == all.length ? all : Arrays.copyOf(all, kept));
    }

    private int[] offsets() {
        return Objects.requireNonNull(offsets);
    }

    private int[] targets() {
        return Objects.requireNonNull(targets);
    }

    public int nodes() {
        return nodes;
    }

    public long links() {
        return offsets == null ? (long) nodes * (nodes - 1) / 2 : targets().length / 2;
    }

    public int degree(int node) {
        return offsets == null ? nodes - 1 : offsets[node + 1] - offsets[node];
    }

    /** The neighbour at {@code index}, of {@code 0 … degree - 1}. */
    public int neighbour(int node, int index) {
        if (offsets == null) {
            return index < node ? index : index + 1;
        }
        return targets()[offsets[node] + index];
    }

    public boolean hasLink(int a, int b) {
        if (offsets == null) {
            return a != b;
        }
        return Arrays.binarySearch(targets(), offsets[a], offsets[a + 1], b) >= 0;
    }

    /** The neighbours of a node, as what stands at their places in the list. */
    public <T> List<T> neighbours(int node, List<T> things) {
        if (offsets == null) {
            return new Others<>(node, things);
        }
        @SuppressWarnings("unchecked")
        T[] neighbours = (T[]) new Object[degree(node)];
        for (int i = 0; i < neighbours.length; i++) {
            neighbours[i] = things.get(neighbour(node, i));
        }
        return List.of(neighbours);
    }

    private static final class Others<T> extends AbstractList<T> implements RandomAccess {
        private final int missing;
        private final List<T> things;

        Others(int missing, List<T> things) {
            this.missing = missing;
            this.things = things;
        }

        @Override
        public T get(int index) {
            return things.get(index < missing ? index : index + 1);
        }

        @Override
        public int size() {
            return things.size() - 1;
        }
    }

    /** For each node the number of its piece, from 0; nodes of one piece reach each other. */
    public int[] pieces() {
        int[] piece = new int[nodes];
        if (offsets == null) {
            return piece;
        }
        Arrays.fill(piece, -1);
        int[] queue = new int[nodes];
        int pieces = 0;
        for (int start = 0; start < nodes; start++) {
            if (piece[start] >= 0) {
                continue;
            }
            int head = 0;
            int tail = 0;
            queue[tail++] = start;
            piece[start] = pieces;
            while (head < tail) {
                int node = queue[head++];
                for (int i = offsets[node]; i < offsets[node + 1]; i++) {
                    int neighbour = targets()[i];
                    if (piece[neighbour] < 0) {
                        piece[neighbour] = pieces;
                        queue[tail++] = neighbour;
                    }
                }
            }
            pieces++;
        }
        return piece;
    }

    public boolean isConnected() {
        for (int piece : pieces()) {
            if (piece > 0) {
                return false;
            }
        }
        return true;
    }
}
