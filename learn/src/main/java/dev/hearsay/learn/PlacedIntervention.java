package dev.hearsay.learn;

import dev.hearsay.sim.Intervention;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An intervention and its place, written {@code 120:kill:4}. Nodes are written as numbers, seeds as {@code s0}; the text of a message has its own
 * {@code %}, {@code ;}, {@code &}, and all that is not ASCII, as in a URL.
 *
 * @param after how many events come before it
 * @param text what is done, as it is written
 */
record PlacedIntervention(long after, String text, Intervention intervention) {

    private static final String SYNTAX = "write kill:N, restart:N, pause:N, resume:N, cut:A:B, mend:A:B, drop:MESSAGE,"
            + " first:MESSAGE, publish:N:TEXT, accuse:A:B or condemn:S:N";

    /**
     * Reads one.
     *
     * @param peers how many there are; the seeds are numbered from there on
     * @throws IllegalArgumentException with a sentence for people
     */
    static PlacedIntervention parse(String part, int peers) {
        int colon = part.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "'" + part + "' does not say after which event what is done; write for example 120:kill:4");
        }
        return of(number(part.substring(0, colon), part), part.substring(colon + 1), peers);
    }

    /** The same, of its two halves. */
    static PlacedIntervention of(long after, String text, int peers) {
        String[] words = text.split(":", 3);
        String first = words.length > 1 ? words[1] : "";
        String second = words.length > 2 ? words[2] : "";
        boolean isOfTwo = switch (words[0]) {
            case "cut", "mend", "publish", "accuse", "condemn" -> true;
            default -> false;
        };
        if (first.isEmpty() || second.isEmpty() == isOfTwo) {
            throw new IllegalArgumentException("'" + text + "' cannot be done; " + SYNTAX);
        }
        Intervention intervention = switch (words[0]) {
            case "kill" -> new Intervention.Kill(node(first, peers, text));
            case "restart" -> new Intervention.Restart(node(first, peers, text));
            case "pause" -> new Intervention.Pause(node(first, peers, text));
            case "resume" -> new Intervention.Resume(node(first, peers, text));
            case "cut" -> new Intervention.Cut(node(first, peers, text), node(second, peers, text));
            case "mend" -> new Intervention.Mend(node(first, peers, text), node(second, peers, text));
            case "accuse" -> new Intervention.Accuse(node(first, peers, text), node(second, peers, text));
            case "condemn" -> new Intervention.Condemn(node(first, peers, text), node(second, peers, text));
            case "drop" -> new Intervention.Drop(number(first, text));
            case "first" -> new Intervention.Hasten(number(first, text));
            case "publish" -> new Intervention.Publish(node(first, peers, text), decoded(second, text));
            default -> throw new IllegalArgumentException("'" + text + "' cannot be done; " + SYNTAX);
        };
        return new PlacedIntervention(after, text, intervention);
    }

    private static int node(String word, int peers, String text) {
        boolean isSeed = word.startsWith("s");
        long number = number(isSeed ? word.substring(1) : word, text);
        if (number > LessonText.PEERS_MAX || (!isSeed && number >= peers)) {
            throw new IllegalArgumentException("'" + text + "': there is no node " + word + "; they are numbered 0 to "
                    + (peers - 1) + ", and seeds s0, s1 …");
        }
        return (int) number + (isSeed ? peers : 0);
    }

    private static long number(String word, String text) {
        try {
            long number = Long.parseLong(word);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': '" + word + "' is not a number", e);
        }
        throw new IllegalArgumentException("'" + text + "': " + word + " is below 0");
    }

    /** The bytes that the text stands for: UTF-8, percent-encoded. */
    private static byte[] decoded(String encoded, String text) {
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int size = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                decoded[size++] = raw[i];
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                throw new IllegalArgumentException("'" + text + "': after % two hexadecimal digits are missing");
            }
            decoded[size++] = (byte) (high * 16 + low);
            i += 2;
        }
        return Arrays.copyOf(decoded, size);
    }

    @Override
    public String toString() {
        return after + ":" + text;
    }
}
