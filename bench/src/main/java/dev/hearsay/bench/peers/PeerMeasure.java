package dev.hearsay.bench.peers;

/** What a trial finds out. */
enum PeerMeasure {
    /** From before the first node is made until all are ready, in a JVM that has loaded nothing of the system before. */
    READY_MILLIS("readyMillis"),
    /** From before the first node is made until a message that is broadcast as soon as all are ready has reached every node. */
    FIRST_BROADCAST_MILLIS("firstBroadcastMillis"),
    /** From handing a message to its node until the last node has it: half of the first 20 messages of all. */
    COLD_P50_MILLIS("coldP50Millis"),
    /** The same after warming up. */
    P50_MILLIS("p50Millis"),
    /** The same, 99 of 100 messages. */
    P99_MILLIS("p99Millis"),
    /** Messages, warm-up included, that some node did not have after ten seconds. */
    INCOMPLETE_BROADCASTS("incompleteBroadcasts"),
    /** Deliveries per second of the burst, from its first message handed in until its last delivery. */
    BURST_PER_SECOND("burstDeliveriesPerSecond"),
    /** Deliveries of the burst that had not happened when the time was up, in percent of all. */
    BURST_MISSING_PERCENT("burstMissingPercent"),
    /** Time of all processors that the JVM has used for the burst, per delivery; other programs' work does not show in it. */
    BURST_CPU_MICROS("burstCpuMicrosPerDelivery"),
    /** The most memory that the JVM had resident. */
    RESIDENT_MEGABYTES("residentMegabytes");

    private final String key;

    PeerMeasure(String key) {
        this.key = key;
    }

    /** Its name in the results file. */
    String key() {
        return key;
    }
}
