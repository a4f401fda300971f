package dev.hearsay.core.spread;

/** How a node that hears a rumor for the first time passes it on. */
public sealed interface SpreadSpec {

    /** To every neighbour but the one it came from. */
    record Flood() implements SpreadSpec {
        @Override
        public String toString() {
            return "flood";
        }
    }

    /**
     * To {@code fanout} neighbours drawn at random without replacement, not the one it came from (Kermarrec, Massoulié,
     * Ganesh, <i>Probabilistic reliable dissemination in large-scale systems</i>, 2003: infect and die).
     */
    record Push(int fanout) implements SpreadSpec {
        public Push {
            if (fanout < 1) {
                throw new IllegalArgumentException("push needs a fanout of at least 1, not " + fanout);
            }
        }

        @Override
        public String toString() {
            return "push:" + fanout;
        }
    }

    /**
     * Reads {@code flood} or {@code push:K}.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static SpreadSpec parse(String text) {
        if (text.equals("flood")) {
            return new Flood();
        }
        if (text.startsWith("push:")) {
            try {
                return new Push(Integer.parseInt(text.substring("push:".length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "': the fanout of push must be a whole number", e);
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a way of spreading; use flood or push:K");
    }
}
