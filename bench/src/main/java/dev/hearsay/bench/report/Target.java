package dev.hearsay.bench.report;

/**
 * What a figure should be.
 *
 * @param what which figure, and what it is held against
 * @param value what was measured; not a number if that failed
 * @param limit what it must not be beyond
 * @param unit of both
 * @param direction which side of the limit is the good one
 */
public record Target(String what, double value, Direction direction, double limit, String unit) {

    /** Which side of the limit is the good one. */
    public enum Direction {
        AT_MOST,
        AT_LEAST
    }

    public static Target atMost(String what, double value, double limit, String unit) {
        return new Target(what, value, Direction.AT_MOST, limit, unit);
    }

    public static Target atLeast(String what, double value, double limit, String unit) {
        return new Target(what, value, Direction.AT_LEAST, limit, unit);
    }

    /** A figure that could not be measured reaches nothing; nor is anything reached against one that could not. */
    public boolean isReached() {
        return switch (direction) {
            case AT_MOST -> value <= limit;
            case AT_LEAST -> value >= limit;
        };
    }

    /** Adds itself to a table of targets. */
    void addTo(Table table) {
        String bound = switch (direction) {
            case AT_MOST -> "≤ ";
            case AT_LEAST -> "≥ ";
        };
        table.row(
                what,
                Numbers.of(value, unit),
                bound + Numbers.of(limit, unit),
                isReached() ? "reached" : "NOT REACHED");
    }
}
