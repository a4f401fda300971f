package dev.hearsay.core;

/**
 * When an entry was written, by a hybrid logical clock (Kulkarni, Demirbas et al., <i>Logical physical clocks</i>, OPODIS 2014): close to the wall
 * clock, and always later than whatever its writer had seen. No two entries have the same.
 *
 * @param micros the largest wall clock that the writer had seen, its own or another's, microseconds since 1970
 * @param count tells apart what was written while that did not advance
 * @param writer the node that wrote; it decides where all else is equal
 */
public record Stamp(long micros, long count, NodeId writer) implements Comparable<Stamp> {

    public Stamp {
        if (micros < 0 || count < 0) {
            throw new IllegalArgumentException("a stamp is not negative, but this is " + micros + "." + count);
        }
    }

    public boolean isAfter(Stamp other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(micros, other.micros);
        int byCount = byTime != 0 ? byTime : Long.compare(count, other.count);
        return byCount != 0 ? byCount : writer.compareTo(other.writer);
    }
}
