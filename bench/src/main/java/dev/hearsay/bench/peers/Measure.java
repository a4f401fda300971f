package dev.hearsay.bench.peers;

/** What a trial finds out. */
enum Measure {
    /** From before the first node is made until all are ready, in a JVM that has loaded nothing of the system before. */
    BOOTSTRAP_MILLIS,
    /** From before the first node is made until a message broadcast as soon as all were ready has reached every node. */
    FIRST_BROADCAST_MILLIS,
    /** From handing a message to its node until the last node has it, half of the messages. */
    P50_MILLIS,
    /** The same, 99 of 100 messages. */
    P99_MILLIS,
    /** Deliveries per second of a burst, from its first message handed in until its last delivery. */
    BURST_PER_SECOND,
    /** Deliveries of the burst that never happened, in percent of all. */
    BURST_LOST_PERCENT,
    /** Memory that the JVM has resident after the burst. */
    RESIDENT_MEGABYTES
}
