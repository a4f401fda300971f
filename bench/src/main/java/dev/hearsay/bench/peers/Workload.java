package dev.hearsay.bench.peers;

import java.util.Arrays;

/**
 * The work that every system is given.
 *
 * @param nodes how many nodes
 * @param warmUpMillis how long broadcasts go on that are not measured, one after the other
 * @param broadcasts how many messages are measured one after the other, each from the next node
 * @param burst how many messages are then handed in as fast as the system takes them, each to the next node; 0 for no burst
 * @param burstLimitMillis how long to wait for the burst to arrive everywhere; what has arrived by then counts
 */
record Workload(int nodes, int warmUpMillis, int broadcasts, int burst, int burstLimitMillis) {

    /** Reads what {@link #toString} writes. */
    static Workload parse(String text) {
        int[] numbers =
                Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        if (numbers.length != 5) {
            throw new IllegalArgumentException("'" + text + "' is no workload; expected five numbers");
        }
        return new Workload(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    @Override
    public String toString() {
        return nodes + "," + warmUpMillis + "," + broadcasts + "," + burst + "," + burstLimitMillis;
    }
}
