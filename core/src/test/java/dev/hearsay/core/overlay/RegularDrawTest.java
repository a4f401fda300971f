package dev.hearsay.core.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Random64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether all overlays of a kind are equally probable. How many there are is known (OEIS A001205, A002829, A005815). */
class RegularDrawTest {

    private static final int DRAWS_PER_GRAPH = 20;

    @ParameterizedTest
    @CsvSource({"4, 2, 3", "5, 2, 12", "6, 2, 70", "7, 2, 465", "6, 3, 70", "6, 4, 15", "7, 4, 465", "8, 3, 19355"})
    void everyGraphIsEquallyProbable(int nodes, int degree, int graphs) {
        Random64 random = new Random64(nodes * 31L + degree);
        Map<Long, Integer> counts = new HashMap<>();
        int draws = DRAWS_PER_GRAPH * graphs;
        for (int i = 0; i < draws; i++) {
            counts.merge(linksOf(RegularDraw.build(nodes, degree, random), nodes), 1, Integer::sum);
        }
        double chiSquare = graphs - counts.size() == 0 ? 0 : (double) (graphs - counts.size()) * DRAWS_PER_GRAPH;
        for (int count : counts.values()) {
            chiSquare += Math.pow(count - DRAWS_PER_GRAPH, 2) / DRAWS_PER_GRAPH;
        }
        int freedom = graphs - 1;
        assertThat(counts).hasSizeLessThanOrEqualTo(graphs);
        // At so many degrees of freedom the statistic is about normal; four standard deviations are one in 30,000, and
        // a little more at few.
        assertThat(chiSquare).isLessThan(freedom + 4 * Math.sqrt(2.0 * freedom) + 8);
    }

    private static long linksOf(Graph graph, int nodes) {
        long links = 0;
        for (int a = 0; a < nodes; a++) {
            for (int i = 0; i < graph.degree(a); i++) {
                int b = graph.neighbour(a, i);
                links |= a < b ? 1L << (a * nodes + b) : 0;
            }
        }
        return links;
    }
}
