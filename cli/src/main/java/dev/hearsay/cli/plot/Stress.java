package dev.hearsay.cli.plot;

import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import java.util.Arrays;

/**
 * A layout in which distance on paper is distance in links, as nearly as the plane allows: stress, minimized by stochastic
 * gradient descent (Zheng, Pawar, Goodman, <i>Graph drawing by stochastic gradient descent</i>, IEEE TVCG 2019).
 */
final class Stress {

    private static final int ROUNDS = 40;
    /** Where the steps end, relative to the strongest pull. */
    private static final double LAST_STEP = 0.05;
    /** Larger graphs are held by the distances to some nodes only, and by their links. */
    private static final int TERMS_MAX = 600_000;

    private final double[] x;
    private final double[] y;
    private final Random64 random;
    private final int[] one;
    private final int[] other;
    private final float[] distance;
    private int terms;

    private Stress(Graph graph, Random64 random) {
        this.random = random;
        int n = graph.nodes();
        long all = (long) n * (n - 1) / 2;
        boolean isComplete = all <= TERMS_MAX;
        int sources = isComplete ? n : Math.clamp(TERMS_MAX / n, 20, n);
        int size = Math.toIntExact(isComplete ? all : (long) sources * (n - 1) + graph.links());
        one = new int[size];
        other = new int[size];
        distance = new float[size];
        x = new double[n];
        y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble();
            y[i] = random.nextDouble();
        }
        int[] found = new int[n];
        int[] queue = new int[n];
        for (int s = 0; s < sources; s++) {
            int source = isComplete ? s : random.nextInt(n);
            Distances.from(source, graph, found, queue);
            for (int node = 0; node < n; node++) {
                if (isComplete ? node > source : node != source) {
                    add(source, node, found[node]);
                }
            }
        }
        for (int node = 0; node < n && !isComplete; node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                if (graph.neighbour(node, i) > node) {
                    add(node, graph.neighbour(node, i), 1);
                }
            }
        }
    }

    private void add(int a, int b, float links) {
        one[terms] = a;
        other[terms] = b;
        distance[terms++] = links;
    }

    /** The x and the y of every node. */
    static double[][] places(Graph graph, Random64 random) {
        Stress stress = new Stress(graph, random);
        stress.settle();
        return new double[][] {stress.x, stress.y};
    }

    private void settle() {
        float farthest = 1;
        for (int i = 0; i < terms; i++) {
            farthest = Math.max(farthest, distance[i]);
        }
        int[] order = new int[terms];
        Arrays.setAll(order, i -> i);
        double firstStep = (double) farthest * farthest;
        double decay = Math.log(firstStep / LAST_STEP) / (ROUNDS - 1);
        for (int round = 0; round < ROUNDS; round++) {
            double step = firstStep * Math.exp(-decay * round);
            for (int i = terms - 1; i >= 0; i--) {
                int j = random.nextInt(i + 1);
                int drawn = order[j];
                order[j] = order[i];
                order[i] = drawn;
                pull(drawn, step);
            }
        }
    }

    private void pull(int term, double step) {
        int a = one[term];
        int b = other[term];
        double ideal = distance[term];
        double strength = Math.min(1, step / (ideal * ideal));
        double dx = x[a] - x[b];
        double dy = y[a] - y[b];
        double actual = Math.max(1e-9, Math.sqrt(dx * dx + dy * dy));
        double move = strength * (actual - ideal) / 2 / actual;
        x[a] -= move * dx;
        y[a] -= move * dy;
        x[b] += move * dx;
        y[b] += move * dy;
    }
}
