package dev.hearsay.live.network;

import java.util.Comparator;

/**
 * What people call a node: {@code 3}, or {@code s1} if it is a seed.
 *
 * @param number among those of its role, from 1
 */
public record NodeName(boolean isSeed, int number) implements Comparable<NodeName> {

    private static final Comparator<NodeName> ORDER =
            Comparator.comparing((NodeName name) -> !name.isSeed).thenComparingInt(NodeName::number);

    public NodeName {
        if (number < 1) {
            throw new IllegalArgumentException("nodes are numbered from 1, not " + number);
        }
    }

    /** A node that gossips. */
    public static NodeName of(int number) {
        return new NodeName(false, number);
    }

    public static NodeName seed(int number) {
        return new NodeName(true, number);
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static NodeName parse(String text) {
        if (!text.matches("s?[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a node; nodes are numbered 1, 2, 3 …, and seeds s1, s2, s3 …");
        }
        boolean isSeed = text.startsWith("s");
        return new NodeName(isSeed, Integer.parseInt(text.substring(isSeed ? 1 : 0)));
    }

    /** Seeds first. */
    @Override
    public int compareTo(NodeName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (isSeed ? "s" : "") + number;
    }
}
