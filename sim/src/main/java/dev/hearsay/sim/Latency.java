package dev.hearsay.sim;

import dev.hearsay.core.Random64;

/** How long messages take. Reads from, and prints as, the syntax {@value #SYNTAX}. */
public sealed interface Latency {

    /** For help texts. */
    String SYNTAX = "10ms, uniform:5ms-20ms, exponential:10ms (the mean), lognormal:10ms:0.5 (median and sigma)";

    /** The latency of one message, in nanoseconds. */
    long draw(Random64 random);

    /** The mean, in nanoseconds. */
    double meanNanos();

    /** All messages take equally long. */
    record Fixed(long nanos) implements Latency {
        public Fixed {
            notNegative(nanos);
        }

        @Override
        public long draw(Random64 random) {
            return nanos;
        }

        @Override
        public double meanNanos() {
            return nanos;
        }

        @Override
        public String toString() {
            return Durations.text(nanos);
        }
    }

    /** Any time from the least to the most, ends included, is as likely as any other. */
    record Uniform(long leastNanos, long mostNanos) implements Latency {
        public Uniform {
            notNegative(leastNanos);
            if (mostNanos < leastNanos) {
                throw new IllegalArgumentException("uniform: the longest latency, " + Durations.text(mostNanos)
                        + ", is below the shortest, " + Durations.text(leastNanos));
            }
        }

        @Override
        public long draw(Random64 random) {
            return leastNanos + random.nextLong(mostNanos - leastNanos + 1);
        }

        @Override
        public double meanNanos() {
            return (leastNanos + (double) mostNanos) / 2;
        }

        @Override
        public String toString() {
            return "uniform:" + Durations.text(leastNanos) + "-" + Durations.text(mostNanos);
        }
    }

    /** Short ones are common and long ones rare: the model of most proofs. */
    record Exponential(long mean) implements Latency {
        public Exponential {
            notNegative(mean);
        }

        @Override
        public long draw(Random64 random) {
            return (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
        }

        @Override
        public double meanNanos() {
            return mean;
        }

        @Override
        public String toString() {
            return "exponential:" + Durations.text(mean);
        }
    }

    /** What round trips over the Internet look like: half are below the median, and the tail is long. */
    record LogNormal(long medianNanos, double sigma) implements Latency {
        private static final double SIGMA_MAX = 5;

        public LogNormal {
            notNegative(medianNanos);
            if (!(sigma >= 0 && sigma <= SIGMA_MAX)) {
                throw new IllegalArgumentException("lognormal: sigma must be 0 to " + SIGMA_MAX + ", not " + sigma);
            }
        }

        /** One normal variate of the two that Box and Muller (1958) make of two uniform ones. */
        @Override
        public long draw(Random64 random) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double normal = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
            return (long) (medianNanos * StrictMath.exp(sigma * normal));
        }

        @Override
        public double meanNanos() {
            return medianNanos * StrictMath.exp(sigma * sigma / 2);
        }

        @Override
        public String toString() {
            return "lognormal:" + Durations.text(medianNanos) + ":" + sigma;
        }
    }

    private static void notNegative(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a latency must not be negative, but is " + nanos + " ns");
        }
    }

    /**
     * Reads a latency.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static Latency parse(String text) {
        String[] words = text.split(":", -1);
        if (words.length == 1) {
            return new Fixed(Durations.parse(text));
        }
        String[] ends = words[1].split("-", -1);
        return switch (words[0] + "/" + words.length) {
            case "fixed/2" -> new Fixed(Durations.parse(words[1]));
            case "uniform/2" -> {
                if (ends.length != 2) {
                    throw isNone(text);
                }
                yield new Uniform(Durations.parse(ends[0]), Durations.parse(ends[1]));
            }
            case "exponential/2" -> new Exponential(Durations.parse(words[1]));
            case "lognormal/3" -> new LogNormal(Durations.parse(words[1]), sigma(text, words[2]));
            default -> throw isNone(text);
        };
    }

    private static double sigma(String text, String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': sigma must be a number", e);
        }
    }

    private static IllegalArgumentException isNone(String text) {
        return new IllegalArgumentException("'" + text + "' is not a latency; use one of " + SYNTAX);
    }
}
