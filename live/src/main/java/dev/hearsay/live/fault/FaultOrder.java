package dev.hearsay.live.fault;

import java.util.regex.Pattern;

/**
 * A fault that is to begin.
 *
 * @param id the same at every host that it touches: {@code f1}, {@code f2} …
 * @param forNanos how long it lasts; 0 for a kill that lasts until it is healed
 * @param randomSeed decides which messages are hit
 */
public record FaultOrder(String id, LiveFault fault, long forNanos, long randomSeed) {

    public static final long FOR_NANOS_MAX = 24 * 3_600_000_000_000L;
    private static final Pattern ID = Pattern.compile("f[1-9]\\d{0,8}");

    public FaultOrder {
        demandId(id);
        if (forNanos < 0 || (forNanos == 0 && !(fault instanceof LiveFault.Kill))) {
            throw new IllegalArgumentException("a fault must last for more than 0 s");
        }
        if (forNanos > FOR_NANOS_MAX) {
            throw new IllegalArgumentException("a fault must not last for more than 24 h");
        }
    }

    /**
     * Demands that a text is an id of a fault.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public static String demandId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' is not the id of a fault, such as f1");
        }
        return id;
    }

    /** Faults are numbered in the order in which they began. */
    public int number() {
        return Integer.parseInt(id.substring(1));
    }

    /** The id of that number. */
    public static String id(int number) {
        return "f" + number;
    }
}
