package dev.hearsay.core.overlay;

/**
 * Which overlay to build. Every spec reads from, and prints as, the one syntax that commands and files use, for example
 * {@code random:3} or {@code small-world:4:0.1}.
 */
public sealed interface OverlaySpec {

    /** The syntax of every spec, for help texts. */
    String SYNTAX = "random:K, circular, powerlaw[:ALPHA[:K]], full, grid, small-world:K:P, scale-free:M";

    /**
     * Every node has K neighbours, drawn at random (Steger, Wormald, <i>Generating random regular graphs quickly</i>, 1999).
     * Where nodes times K is odd, one node has K + 1.
     */
    record RandomRegular(int degree) implements OverlaySpec {
        public RandomRegular {
            atLeastOne("random", "K", degree);
        }

        @Override
        public String toString() {
            return "random:" + degree;
        }
    }

    /** A ring: every node is linked to the one before and the one after it. */
    record Circular() implements OverlaySpec {
        @Override
        public String toString() {
            return "circular";
        }
    }

    /**
     * Every node picks K others without replacement, rank k with weight 1/k<sup>α</sup> (Zipf), and links are mutual: a few
     * nodes at the head of the list become hubs.
     *
     * @param picks how many each node picks; 0 for ⌊n/2⌋+1
     */
    record PowerLaw(double alpha, int picks) implements OverlaySpec {
        public PowerLaw {
            if (!(alpha >= 0 && alpha <= 10)) {
                throw new IllegalArgumentException("powerlaw: ALPHA must be 0 to 10, not " + alpha);
            }
            if (picks < 0) {
                throw new IllegalArgumentException("powerlaw: K must be at least 1, not " + picks);
            }
        }

        @Override
        public String toString() {
            return "powerlaw:" + number(alpha) + (picks == 0 ? "" : ":" + picks);
        }
    }

    /** Everybody is linked to everybody. */
    record Full() implements OverlaySpec {
        @Override
        public String toString() {
            return "full";
        }
    }

    /** Rows and columns, as near to a square as the number of nodes allows; each node is linked to up to four. */
    record Grid() implements OverlaySpec {
        @Override
        public String toString() {
            return "grid";
        }
    }

    /**
     * A ring in which every node is linked to its K nearest, each link then rewired with probability P (Watts, Strogatz,
     * <i>Collective dynamics of 'small-world' networks</i>, Nature 393, 1998).
     */
    record SmallWorld(int degree, double rewired) implements OverlaySpec {
        public SmallWorld {
            if (degree < 2 || degree % 2 != 0) {
                throw new IllegalArgumentException("small-world: K must be even and at least 2, not " + degree);
            }
            if (!(rewired >= 0 && rewired <= 1)) {
                throw new IllegalArgumentException("small-world: P must be 0 to 1, not " + rewired);
            }
        }

        @Override
        public String toString() {
            return "small-world:" + degree + ":" + number(rewired);
        }
    }

    /**
     * Nodes join one after the other, each with M links to nodes drawn in proportion to the links they have (Barabási,
     * Albert, <i>Emergence of scaling in random networks</i>, Science 286, 1999).
     */
    record ScaleFree(int links) implements OverlaySpec {
        public ScaleFree {
            atLeastOne("scale-free", "M", links);
        }

        @Override
        public String toString() {
            return "scale-free:" + links;
        }
    }

    /**
     * One that somebody else has made, for simulations only; {@link #parse} reads no files.
     *
     * @param file where it is from
     */
    record Given(String file, Graph graph) implements OverlaySpec {
        @Override
        public String toString() {
            return FILE + file;
        }
    }

    /** What stands before the name of a file. */
    String FILE = "file:";

    /**
     * Reads a spec.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static OverlaySpec parse(String text) {
        String[] words = text.split(":", -1);
        return switch (words[0]) {
            case "random" -> new RandomRegular(whole(text, words, 1, 1, "K"));
            case "circular" -> alone(text, words, new Circular());
            case "powerlaw" -> {
                expect(text, words, 0, 2);
                double alpha = words.length > 1 ? real(text, words[1], "ALPHA") : 1.0;
                int picks = words.length > 2 ? whole(text, words[2], "K") : 0;
                if (words.length > 2) {
                    atLeastOne("powerlaw", "K", picks);
                }
                yield new PowerLaw(alpha, picks);
            }
            case "full" -> alone(text, words, new Full());
            case "grid" -> alone(text, words, new Grid());
            case "small-world" -> {
                int degree = whole(text, words, 1, 2, "K");
                yield new SmallWorld(degree, real(text, words[2], "P"));
            }
            case "scale-free" -> new ScaleFree(whole(text, words, 1, 1, "M"));
            default -> throw new IllegalArgumentException("'" + text + "' is not a topology; use one of " + SYNTAX);
        };
    }

    private static OverlaySpec alone(String text, String[] words, OverlaySpec spec) {
        expect(text, words, 0, 0);
        return spec;
    }

    private static void expect(String text, String[] words, int least, int most) {
        int parameters = words.length - 1;
        if (parameters < least || parameters > most) {
            throw new IllegalArgumentException(
                    "'" + text + "' has " + parameters + " parameters; use one of " + SYNTAX);
        }
    }

    private static int whole(String text, String[] words, int index, int parameters, String name) {
        expect(text, words, parameters, parameters);
        return whole(text, words[index], name);
    }

    private static int whole(String text, String word, String name) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': " + name + " must be a whole number", e);
        }
    }

    private static double real(String text, String word, String name) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': " + name + " must be a number", e);
        }
    }

    private static void atLeastOne(String spec, String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(spec + ": " + name + " must be at least 1, not " + value);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
