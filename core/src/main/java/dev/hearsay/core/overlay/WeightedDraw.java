package dev.hearsay.core.overlay;

import dev.hearsay.core.Random64;
import java.util.Arrays;

/** Draws of several different indices, each in proportion to its weight among those that are left. */
final class WeightedDraw {

    /** With fewer picks than one in so many, drawing again what was drawn before is cheaper than keys for all. */
    private static final int REJECTION_SHARE = 16;

    private final double[] weights;
    private final double[] cumulative;
    private final Random64 random;

    WeightedDraw(double[] weights, Random64 random) {
        this.weights = weights;
        this.random = random;
        cumulative = weights.clone();
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
    }

    /** {@code count} different indices, none of them {@code excluded}. */
    int[] withoutReplacement(int count, int excluded) {
        return count * REJECTION_SHARE < weights.length ? byRejection(count, excluded) : byKeys(count, excluded);
    }

    private int[] byRejection(int count, int excluded) {
        int[] picks = new int[count];
        int size = 0;
        while (size < count) {
            double at = random.nextDouble() * cumulative[cumulative.length - 1];
            int found = Arrays.binarySearch(cumulative, at);
            int pick = found >= 0 ? found + 1 : -found - 1;
            boolean isNew = pick != excluded && pick < weights.length;
            for (int i = 0; i < size && isNew; i++) {
                isNew = picks[i] != pick;
            }
            if (isNew) {
                picks[size++] = pick;
            }
        }
        return picks;
    }

    /** The largest of keys u<sup>1/w</sup> (Efraimidis, Spirakis, <i>Weighted random sampling with a reservoir</i>, 2006). */
    private int[] byKeys(int count, int excluded) {
        record Key(int index, double logarithm) {}
        Key[] keys = new Key[weights.length - 1];
        for (int i = 0, k = 0; i < weights.length; i++) {
            if (i != excluded) {
                keys[k++] = new Key(i, StrictMath.log(1 - random.nextDouble()) / weights[i]);
            }
        }
        Arrays.sort(keys, (a, b) -> Double.compare(b.logarithm, a.logarithm));
        int[] picks = new int[count];
        for (int i = 0; i < count; i++) {
            picks[i] = keys[i].index;
        }
        return picks;
    }
}
