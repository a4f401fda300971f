package dev.hearsay.core.overlay;

import dev.hearsay.core.Random64;
import java.util.Arrays;

/** Builds overlays. The same spec, number of nodes and randomness give the same overlay, which is always connected. */
public final class Overlays {

    /** Beyond so many links an overlay is refused: it would fill the memory, and teach nothing. */
    private static final long LINKS_MAX = 200_000_000L;

    private final int nodes;
    private final Random64 random;
    private final LinkList links;

    private Overlays(int nodes, long expectedLinks, Random64 random) {
        this.nodes = nodes;
        this.random = random;
        this.links = new LinkList((int) Math.min(expectedLinks, LINKS_MAX));
    }

    /**
     * Builds an overlay.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is no such overlay of so many nodes
     */
    public static Overlay build(OverlaySpec spec, int nodes, Random64 random) {
        if (nodes < 1) {
            throw new IllegalArgumentException("a network needs at least 1 node, not " + nodes);
        }
        Graph graph = switch (spec) {
            case OverlaySpec.RandomRegular(int degree) -> {
                below(spec, "K", degree, nodes);
                yield RegularDraw.build(nodes, degree, random);
            }
            case OverlaySpec.Circular() -> new Overlays(nodes, nodes, random).circular();
            case OverlaySpec.PowerLaw(double alpha, int picks) -> powerLaw(spec, alpha, picks, nodes, random);
            case OverlaySpec.Full() -> Graph.complete(nodes);
            case OverlaySpec.Grid() -> new Overlays(nodes, 2L * nodes, random).grid();
            case OverlaySpec.SmallWorld(int degree, double rewired) -> {
                below(spec, "K", degree, nodes);
                yield new Overlays(nodes, affordable(spec, (long) nodes * degree / 2), random)
                        .smallWorld(degree, rewired);
            }
            case OverlaySpec.ScaleFree(int each) -> {
                below(spec, "M", each, nodes);
                yield new Overlays(nodes, affordable(spec, (long) nodes * each), random).scaleFree(each);
            }
            case OverlaySpec.Given(String file, Graph given) -> {
                if (given.nodes() != nodes) {
                    throw new IllegalArgumentException(file + " has " + given.nodes()
                            + " nodes; the number of nodes must be the same, not " + nodes);
                }
                yield given;
            }
        };
        return connected(spec, graph, random);
    }

    private static void below(OverlaySpec spec, String name, int value, int nodes) {
        if (value >= nodes) {
            throw new IllegalArgumentException(spec + ": " + name + " must be below the number of nodes, which is "
                    + nodes + "; no node has that many others");
        }
        if (spec instanceof OverlaySpec.RandomRegular) {
            affordable(spec, (long) nodes * value / 2);
        }
    }

    private static long affordable(OverlaySpec spec, long links) {
        if (links > LINKS_MAX) {
            throw new IllegalArgumentException(
                    spec + " would have " + links + " links; the limit is " + LINKS_MAX + ", so take a smaller K");
        }
        return links;
    }

    private Graph circular() {
        for (int i = 0; i + 1 < nodes; i++) {
            links.add(i, i + 1);
        }
        if (nodes > 2) {
            links.add(nodes - 1, 0);
        }
        return links.toGraph(nodes);
    }

    private Graph grid() {
        int columns = (int) Math.ceil(Math.sqrt(nodes));
        for (int i = 0; i < nodes; i++) {
            if ((i + 1) % columns != 0 && i + 1 < nodes) {
                links.add(i, i + 1);
            }
            if (i + columns < nodes) {
                links.add(i, i + columns);
            }
        }
        return links.toGraph(nodes);
    }

    private static Graph powerLaw(OverlaySpec spec, double alpha, int picks, int nodes, Random64 random) {
        if (nodes == 1) {
            return Graph.complete(1);
        }
        if (picks > 0) {
            below(spec, "K", picks, nodes);
        }
        int count = picks > 0 ? picks : Math.min(nodes - 1, nodes / 2 + 1);
        return new Overlays(nodes, affordable(spec, (long) nodes * count), random).powerLaw(alpha, count);
    }

    private Graph powerLaw(double alpha, int picks) {
        double[] weights = new double[nodes];
        for (int rank = 1; rank <= nodes; rank++) {
            weights[rank - 1] = 1 / StrictMath.pow(rank, alpha);
        }
        WeightedDraw draw = new WeightedDraw(weights, random);
        for (int node = 0; node < nodes; node++) {
            for (int pick : draw.withoutReplacement(picks, node)) {
                links.add(node, pick);
            }
        }
        return links.toGraph(nodes);
    }

    private Graph smallWorld(int degree, double rewired) {
        // Adjacency is needed while rewiring: a link must not be doubled. Each node keeps its own far ends.
        int half = degree / 2;
        int[] far = new int[nodes * half];
        for (int node = 0; node < nodes; node++) {
            for (int i = 0; i < half; i++) {
                far[node * half + i] = (node + i + 1) % nodes;
            }
        }
        for (int i = 0; i < half; i++) {
            for (int node = 0; node < nodes; node++) {
                if (random.nextDouble() < rewired) {
                    rewire(far, half, node, i);
                }
            }
        }
        for (int node = 0; node < nodes; node++) {
            for (int i = 0; i < half; i++) {
                links.add(node, far[node * half + i]);
            }
        }
        return links.toGraph(nodes);
    }

    private void rewire(int[] far, int half, int node, int index) {
        for (int attempt = 0; attempt < 2 * nodes; attempt++) {
            int target = random.nextInt(nodes);
            if (target != node && !holds(far, half, node, target) && !holds(far, half, target, node)) {
                far[node * half + index] = target;
                return;
            }
        }
    }

    private static boolean holds(int[] far, int half, int node, int target) {
        for (int i = node * half; i < (node + 1) * half; i++) {
            if (far[i] == target) {
                return true;
            }
        }
        return false;
    }

    private Graph scaleFree(int each) {
        // A node stands in the urn once for each of its links, so a draw from it is preferential attachment.
        int[] urn = new int[Math.toIntExact(2L * nodes * each)];
        int size = 0;
        for (int node = 1; node < nodes; node++) {
            int[] picks = new int[Math.min(each, node)];
            Arrays.fill(picks, -1);
            for (int i = 0; i < picks.length; i++) {
                picks[i] = node <= each ? i : unlike(picks, urn, size);
            }
            for (int pick : picks) {
                links.add(node, pick);
                urn[size++] = node;
                urn[size++] = pick;
            }
        }
        return links.toGraph(nodes);
    }

    private int unlike(int[] picks, int[] urn, int size) {
        while (true) {
            int pick = urn[random.nextInt(size)];
            if (Arrays.stream(picks).noneMatch(p -> p == pick)) {
                return pick;
            }
        }
    }

    /** Joins the pieces of a graph that fell apart, each to the largest by one link between random nodes. */
    private static Overlay connected(OverlaySpec spec, Graph graph, Random64 random) {
        int[] piece = graph.pieces();
        int pieces = Arrays.stream(piece).max().orElse(0) + 1;
        if (pieces == 1) {
            return new Overlay(spec, graph, 0);
        }
        int[][] members = new int[pieces][];
        int[] sizes = new int[pieces];
        for (int p : piece) {
            sizes[p]++;
        }
        int largest = 0;
        for (int p = 0; p < pieces; p++) {
            members[p] = new int[sizes[p]];
            largest = sizes[p] > sizes[largest] ? p : largest;
        }
        Arrays.fill(sizes, 0);
        for (int node = 0; node < piece.length; node++) {
            members[piece[node]][sizes[piece[node]]++] = node;
        }
        LinkList links = new LinkList(Math.toIntExact(graph.links() + pieces));
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                if (graph.neighbour(node, i) > node) {
                    links.add(node, graph.neighbour(node, i));
                }
            }
        }
        for (int p = 0; p < pieces; p++) {
            if (p != largest) {
                links.add(
                        members[p][random.nextInt(members[p].length)],
                        members[largest][random.nextInt(members[largest].length)]);
            }
        }
        return new Overlay(spec, links.toGraph(graph.nodes()), pieces - 1);
    }

    /** Links as they are drawn. */
    private static final class LinkList {
        private int[] from;
        private int[] to;
        private int size;

        LinkList(int expected) {
            from = new int[expected];
            to = new int[expected];
        }

        void add(int a, int b) {
            if (size == from.length) {
                from = Arrays.copyOf(from, 2 * size + 2);
                to = Arrays.copyOf(to, 2 * size + 2);
            }
            from[size] = a;
            to[size++] = b;
        }

        Graph toGraph(int nodes) {
            return Graph.of(nodes, from, to, size);
        }
    }
}
