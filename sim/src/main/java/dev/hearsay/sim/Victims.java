package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whom a fault hits: a share of the nodes or of the seeds, drawn when the fault strikes, or named ones.
 *
 * @param share of those that are up; 0 if they are named
 * @param isOfSeeds whether it is a share of the seeds
 * @param nodes their numbers, 0 … n - 1, ascending; empty if a share is drawn
 * @param seeds the numbers of seeds, likewise
 */
public record Victims(double share, boolean isOfSeeds, List<Integer> nodes, List<Integer> seeds) {

    /** What stands before the number of a seed, or a share of the seeds. */
    private static final String SEED = "s";

    public Victims {
        nodes = List.copyOf(nodes);
        seeds = List.copyOf(seeds);
        if (!(share >= 0 && share <= 1) || (share > 0) != (nodes.isEmpty() && seeds.isEmpty())) {
            throw new IllegalArgumentException("a fault needs a share of the nodes above 0, or some nodes by number");
        }
        if (nodes.stream().anyMatch(node -> node < 0) || seeds.stream().anyMatch(seed -> seed < 0)) {
            throw new IllegalArgumentException("nodes are numbered from 0");
        }
    }

    /** That share of the nodes, seeds not among them. */
    public static Victims share(double share) {
        return new Victims(share, false, List.of(), List.of());
    }

    /** These nodes. */
    public static Victims nodes(Integer... nodes) {
        return of(Arrays.asList(nodes), List.of());
    }

    /** These seeds. */
    public static Victims seeds(Integer... seeds) {
        return of(List.of(), Arrays.asList(seeds));
    }

    /** These nodes, and these seeds. */
    public static Victims of(List<Integer> nodes, List<Integer> seeds) {
        return new Victims(0, false, sorted(nodes), sorted(seeds));
    }

    private static List<Integer> sorted(List<Integer> numbers) {
        return numbers.stream().sorted().distinct().toList();
    }

    /**
     * Reads {@code 5%}, {@code 3,17}, {@code s40%} or {@code 3,s0}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static Victims parse(String text) {
        if (text.endsWith("%")) {
            boolean isOfSeeds = text.startsWith(SEED);
            double share = Fractions.parse(isOfSeeds ? text.substring(SEED.length()) : text);
            return new Victims(share, isOfSeeds, List.of(), List.of());
        }
        List<Integer> nodes = new ArrayList<>();
        List<Integer> seeds = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            try {
                if (word.startsWith(SEED)) {
                    seeds.add(Integer.parseInt(word.substring(SEED.length())));
                } else {
                    nodes.add(Integer.parseInt(word));
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' names no nodes; write a percentage such as 5%, or node numbers such as 3,17,"
                                + " of seeds s40% or s0,s2",
                        e);
            }
        }
        return of(nodes, seeds);
    }

    /**
     * The victims among the candidates, in ascending order; of a share, at least one if there is a candidate.
     *
     * @param nodes how many nodes there are; the numbers from there on are those of the seeds
     */
    int[] among(int[] candidates, int nodes, Random64 random) {
        if (share == 0) {
            return Arrays.stream(candidates)
                    .filter(number ->
                            number < nodes ? this.nodes.contains(number) : this.seeds.contains(number - nodes))
                    .toArray();
        }
        int[] drawn = Arrays.stream(candidates)
                .filter(number -> number >= nodes == isOfSeeds)
                .toArray();
        int count = Math.clamp(Math.round(share * drawn.length), Math.min(1, drawn.length), drawn.length);
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
            return (isOfSeeds ? SEED : "") + (text.endsWith("%") ? text : Double.toString(share * 100) + "%");
        }
        List<String> words = new ArrayList<>();
        nodes.forEach(node -> words.add(Integer.toString(node)));
        seeds.forEach(seed -> words.add(SEED + seed));
        return String.join(",", words);
    }
}
