package dev.hearsay.core;

/**
 * The generator of all randomness in a node: SplitMix64 (Steele, Lea, Flood, <i>Fast splittable pseudorandom number
 * generators</i>, OOPSLA 2014). Written here because its results must be the same on every platform, the browser
 * included, for ever: a random seed is the name of a run.
 */
public final class Random64 {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Random64(long randomSeed) {
        this.state = randomSeed;
    }

    /** A generator of its own for part {@code index} of what this one decides; does not advance this one. */
    public Random64 split(long index) {
        return new Random64(mix(mix(state + GOLDEN_GAMMA) ^ mix(index * GOLDEN_GAMMA + 1)));
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in {@code 0 … bound - 1}, without bias (Lemire, <i>Fast random integer generation</i>, 2019). */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        long product = (nextLong() >>> 32) * bound;
        long low = product & 0xffffffffL;
        if (low < bound) {
            long threshold = 0x100000000L % bound;
            while (low < threshold) {
                product = (nextLong() >>> 32) * bound;
                low = product & 0xffffffffL;
            }
        }
        return (int) (product >>> 32);
    }

    /** Uniform in {@code 0 … bound - 1}. */
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive, not " + bound);
        }
        if (bound <= Integer.MAX_VALUE) {
            return nextInt((int) bound);
        }
        long bits = nextLong() >>> 1;
        long value = bits % bound;
        while (bits - value + (bound - 1) < 0) {
            bits = nextLong() >>> 1;
            value = bits % bound;
        }
        return value;
    }

    /** Uniform in [0, 1), a multiple of 2<sup>-53</sup>. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64: a bijection that scatters neighbouring numbers. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
