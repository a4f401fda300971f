package dev.hearsay.cli.plot;

import dev.hearsay.core.overlay.Graph;

/**
 * How many links the nodes have, and how that is shown.
 *
 * @param nodes how many nodes have so many links, from {@code least} to {@code most}
 */
@SuppressWarnings("ArrayRecordComponent") // made here, read by the picture, compared by nobody
record Degrees(int least, int most, int[] nodes) {

    static Degrees of(Graph graph) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int node = 0; node < graph.nodes(); node++) {
            least = Math.min(least, graph.degree(node));
            most = Math.max(most, graph.degree(node));
        }
        int[] nodes = new int[most - least + 1];
        for (int node = 0; node < graph.nodes(); node++) {
            nodes[graph.degree(node) - least]++;
        }
        return new Degrees(least, most, nodes);
    }

    boolean isRegular() {
        return least == most;
    }

    /** How many nodes have from {@code from} to {@code to} links. */
    int count(int from, int to) {
        int count = 0;
        for (int degree = from; degree <= to; degree++) {
            count += nodes[degree - least];
        }
        return count;
    }

    /** Where a degree stands between the least (0) and the most (1); by its root, or a few hubs would make all others one. */
    private double share(double degree) {
        double low = Math.sqrt(least);
        return isRegular() ? 0.5 : (Math.sqrt(degree) - low) / (Math.sqrt(most) - low);
    }

    int colour(double degree) {
        return isRegular() ? Colours.BLUE : Colours.cividis(share(degree));
    }

    /** The radius of a node whose mean is {@code radius}: its area grows with its links. */
    double radius(double degree, double radius) {
        return isRegular() ? radius : radius * Math.sqrt(0.55 + 1.2 * share(degree));
    }
}
