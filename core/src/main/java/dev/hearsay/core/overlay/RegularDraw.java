package dev.hearsay.core.overlay;

import dev.hearsay.core.Random64;
import java.util.Arrays;

/**
 * Random regular graphs by pairing half-links at random and switching away the loops and doubles that result (Steger and
 * Wormald 1999; McKay and Wormald 1990 for the switchings). Dense graphs are drawn by what they lack.
 *
 * <p>That is uniform only where nodes are many. Where they are few, a random walk over all such graphs follows, whose steps exchange the ends of two links;
 * every step can be undone with the same probability, so in the end all graphs are equally probable (Kannan, Tetali and Vempala, <i>Simple Markov-chain
 * algorithms for generating bipartite graphs and tournaments</i>, 1999).
 */
final class RegularDraw {

    private static final int ATTEMPTS = 200;
    private static final int SWITCHES_PER_LINK = 1000;
    private static final int FEW_NODES = 20;
    private static final int STEPS_PER_LINK = 100;

    private final Random64 random;
    private final int[] first;
    private final int[] starts;
    private final int[] adjacent;
    private final int[] counts;

    private RegularDraw(int[] degrees, Random64 random) {
        this.random = random;
        int nodes = degrees.length;
        starts = new int[nodes + 1];
        for (int i = 0; i < nodes; i++) {
            starts[i + 1] = starts[i] + degrees[i];
        }
        first = new int[starts[nodes]];
        for (int i = 0; i < nodes; i++) {
            Arrays.fill(first, starts[i], starts[i + 1], i);
        }
        adjacent = new int[first.length];
        counts = new int[nodes];
    }

    static Graph build(int nodes, int degree, Random64 random) {
        boolean isDense = degree > (nodes - 1) / 2;
        int drawn = isDense ? nodes - 1 - degree : degree;
        int[] degrees = new int[nodes];
        Arrays.fill(degrees, drawn);
        if ((long) nodes * drawn % 2 != 0) {
            degrees[random.nextInt(nodes)] += isDense ? -1 : 1;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RegularDraw draw = new RegularDraw(degrees, random);
            if (draw.pairUp()) {
                if (nodes <= FEW_NODES) {
                    draw.walk();
                }
                return isDense ? draw.complement(nodes) : draw.toGraph(nodes);
            }
        }
        throw new IllegalArgumentException(
                "random:" + degree + ": no such overlay of " + nodes + " nodes was found; try another K");
    }

    /** Pairs the half-links 2i and 2i + 1; false if it got stuck. */
    private boolean pairUp() {
        for (int i = first.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = first[i];
            first[i] = first[j];
            first[j] = swapped;
        }
        int[] bad = new int[16];
        int badCount = 0;
        for (int i = 0; i < first.length; i += 2) {
            if (isFree(first[i], first[i + 1])) {
                connect(first[i], first[i + 1]);
            } else {
                bad = badCount == bad.length ? Arrays.copyOf(bad, 2 * badCount) : bad;
                bad[badCount++] = i;
            }
        }
        // A pair that is not connected yet stands as a loop or double; one good pair at a time is opened for it.
        boolean[] isBad = new boolean[first.length / 2];
        for (int i = 0; i < badCount; i++) {
            isBad[bad[i] / 2] = true;
        }
        for (int i = 0; i < badCount; i++) {
            if (!switchAway(bad[i], isBad)) {
                return false;
            }
            isBad[bad[i] / 2] = false;
        }
        return true;
    }

    private boolean switchAway(int pair, boolean[] isBad) {
        int u = first[pair];
        int v = first[pair + 1];
        for (int attempt = 0; attempt < SWITCHES_PER_LINK; attempt++) {
            int other = 2 * random.nextInt(isBad.length);
            int x = first[other];
            int y = first[other + 1];
            if (!isBad[other / 2] && isFree(u, x) && isFree(v, y) && !(u == v && x == y)) {
                disconnect(x, y);
                connect(u, x);
                connect(v, y);
                first[pair + 1] = x;
                first[other] = v;
                return true;
            }
        }
        return false;
    }

    private void walk() {
        int links = first.length / 2;
        for (int step = links > 1 ? STEPS_PER_LINK * links : 0; step > 0; step--) {
            int one = 2 * random.nextInt(links);
            int other = 2 * random.nextInt(links);
            int turned = random.nextInt(2);
            int u = first[one];
            int v = first[one + 1];
            int x = first[other + turned];
            int y = first[other + 1 - turned];
            if (one != other && isFree(u, x) && isFree(v, y)) {
                disconnect(u, v);
                disconnect(x, y);
                connect(u, x);
                connect(v, y);
                first[one + 1] = x;
                first[other] = v;
                first[other + 1] = y;
            }
        }
    }

    private boolean isFree(int a, int b) {
        if (a == b) {
            return false;
        }
        for (int i = starts[a]; i < starts[a] + counts[a]; i++) {
            if (adjacent[i] == b) {
                return false;
            }
        }
        return true;
    }

    private void connect(int a, int b) {
        adjacent[starts[a] + counts[a]++] = b;
        adjacent[starts[b] + counts[b]++] = a;
    }

    private void disconnect(int a, int b) {
        remove(a, b);
        remove(b, a);
    }

    private void remove(int a, int b) {
        int last = starts[a] + --counts[a];
        for (int i = starts[a]; i <= last; i++) {
            if (adjacent[i] == b) {
                adjacent[i] = adjacent[last];
                return;
            }
        }
    }

    private Graph toGraph(int nodes) {
        int[] from = new int[first.length / 2];
        int[] to = new int[first.length / 2];
        for (int i = 0; i < from.length; i++) {
            from[i] = first[2 * i];
            to[i] = first[2 * i + 1];
        }
        return Graph.of(nodes, from, to, from.length);
    }

    private Graph complement(int nodes) {
        int links = Math.toIntExact((long) nodes * (nodes - 1) / 2 - first.length / 2);
        int[] from = new int[links];
        int[] to = new int[links];
        int count = 0;
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                if (isFree(a, b)) {
                    from[count] = a;
                    to[count++] = b;
                }
            }
        }
        return Graph.of(nodes, from, to, count);
    }
}
