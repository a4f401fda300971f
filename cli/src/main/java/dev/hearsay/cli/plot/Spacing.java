package dev.hearsay.cli.plot;

import java.util.Arrays;

/** How much room the nodes of a picture have. */
final class Spacing {

    private static final int NODES_MAX = 2000;
    private static final int ROUNDS = 80;

    private Spacing() {}

    /** The distance to the nearest other node that nine of ten nodes have at least. */
    static double nearest(double[] x, double[] y) {
        int n = x.length;
        if (n < 2) {
            return Double.MAX_VALUE;
        }
        int stride = Math.ceilDiv(n, NODES_MAX);
        double[] nearest = new double[Math.ceilDiv(n, stride)];
        for (int i = 0; i < nearest.length; i++) {
            double best = Double.MAX_VALUE;
            int node = i * stride;
            for (int other = 0; other < n; other++) {
                if (other != node) {
                    best = Math.min(best, square(x[node] - x[other]) + square(y[node] - y[other]));
                }
            }
            nearest[i] = Math.sqrt(best);
        }
        Arrays.sort(nearest);
        return nearest[nearest.length / 10];
    }

    /** Moves nodes that are closer to each other than {@code least} away from each other, as far as that goes. */
    static void pushApart(double[] x, double[] y, double least) {
        if (x.length > NODES_MAX) {
            // So many are a cloud; nobody looks at one of them.
            return;
        }
        for (int round = 0; round < ROUNDS; round++) {
            boolean isMoved = false;
            for (int a = 0; a < x.length; a++) {
                for (int b = a + 1; b < x.length; b++) {
                    isMoved |= pushApart(x, y, a, b, least);
                }
            }
            if (!isMoved) {
                return;
            }
        }
    }

    private static boolean pushApart(double[] x, double[] y, int a, int b, double least) {
        double dx = x[a] - x[b];
        double dy = y[a] - y[b];
        double square = square(dx) + square(dy);
        if (square >= square(least)) {
            return false;
        }
        double distance = Math.max(1e-6, Math.sqrt(square));
        double move = (least - distance) / distance / 3;
        x[a] += dx * move;
        y[a] += dy * move;
        x[b] -= dx * move;
        y[b] -= dy * move;
        return true;
    }

    private static double square(double value) {
        return value * value;
    }
}
