package dev.hearsay.cli.plot;

import dev.hearsay.core.overlay.Graph;
import java.util.Arrays;

/**
 * How far the nodes of a graph are from each other, in links.
 *
 * @param diameter the longest of the shortest ways
 * @param mean the mean of the shortest ways between two different nodes
 */
record Distances(int diameter, double mean) {

    /** Of a graph with more nodes than this only the ways from so many nodes are taken, spread evenly. */
    static final int SOURCES_MAX = 2000;

    /** Whether all ways were taken, so that the diameter is the diameter. */
    static boolean isExact(Graph graph) {
        return graph.nodes() <= SOURCES_MAX;
    }

    static Distances of(Graph graph) {
        int n = graph.nodes();
        int sources = Math.min(n, SOURCES_MAX);
        int[] distance = new int[n];
        int[] queue = new int[n];
        int diameter = 0;
        double sum = 0;
        for (int i = 0; i < sources; i++) {
            from((int) ((long) i * n / sources), graph, distance, queue);
            for (int d : distance) {
                diameter = Math.max(diameter, d);
                sum += d;
            }
        }
        return new Distances(diameter, n < 2 ? 0 : sum / sources / (n - 1));
    }

    /** Fills in the distances from one node, by breadth-first search. */
    static void from(int source, Graph graph, int[] distance, int[] queue) {
        Arrays.fill(distance, -1);
        distance[source] = 0;
        queue[0] = source;
        int tail = 1;
        for (int head = 0; head < tail; head++) {
            int node = queue[head];
            for (int i = 0; i < graph.degree(node); i++) {
                int neighbour = graph.neighbour(node, i);
                if (distance[neighbour] < 0) {
                    distance[neighbour] = distance[node] + 1;
                    queue[tail++] = neighbour;
                }
            }
        }
    }
}
