package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whom a fault hits: a share of the nodes, drawn when the fault strikes, or named nodes.
 *
 * @param share of the nodes that are up; 0 if they are named
 * @param nodes their numbers, 0 … n - 1, ascending; empty if a share is drawn
 */
public record Victims(double share, List<Integer> nodes) {

    public Victims {
        nodes = List.copyOf(nodes);
        if (!(share >= 0 && share <= 1) || (share > 0) != nodes.isEmpty()) {
            throw new IllegalArgumentException("a fault needs a share of the nodes above 0, or some nodes by number");
        }
        if (nodes.stream().anyMatch(node -> node < 0)) {
            throw new IllegalArgumentException("nodes are numbered from 0");
        }
    }

    /** That share of the nodes. */
    public static Victims share(double share) {
        return new Victims(share, List.of());
    }

    /** These nodes. */
    public static Victims nodes(Integer... nodes) {
        return new Victims(0, Arrays.stream(nodes).sorted().distinct().toList());
    }

    /**
     * Reads {@code 5%} or {@code 3,17}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static Victims parse(String text) {
        if (text.endsWith("%")) {
            return share(Fractions.parse(text));
        }
        List<Integer> nodes = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            try {
                nodes.add(Integer.parseInt(word));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' names no nodes; write a percentage such as 5%, or node numbers such as 3,17",
                        e);
            }
        }
        return nodes(nodes.toArray(Integer[]::new));
    }

    /** The victims among the candidates, in ascending order; of a share, at least one if there is a candidate. */
    int[] among(int[] candidates, Random64 random) {
        if (share == 0) {
            return Arrays.stream(candidates).filter(nodes::contains).toArray();
        }
        int count =
                Math.clamp(Math.round(share * candidates.length), Math.min(1, candidates.length), candidates.length);
        int[] drawn = candidates.clone();
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(drawn.length - i);
            int swapped = drawn[i];
            drawn[i] = drawn[j];
            drawn[j] = swapped;
        }
        int[] victims = Arrays.copyOf(drawn, count);
        Arrays.sort(victims);
        return victims;
    }

    @Override
    public String toString() {
        if (share > 0) {
            String text = Fractions.text(share);
            return text.endsWith("%") ? text : Double.toString(share * 100) + "%";
        }
        StringBuilder text = new StringBuilder();
        nodes.forEach(node -> text.append(text.isEmpty() ? "" : ",").append(node));
        return text.toString();
    }
}
