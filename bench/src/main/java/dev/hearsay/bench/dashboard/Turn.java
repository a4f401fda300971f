package dev.hearsay.bench.dashboard;

/**
 * What messages sent one after the other have shown.
 *
 * @param p50Millis from handing a message in until the last node has it, half of them
 * @param cpuMillis processor time of the network, and of the dashboard if there is one, per message; not that of the browser
 */
record Turn(double p50Millis, double cpuMillis) {

    static Turn parse(String p50Millis, String cpuMillis) {
        return new Turn(Double.parseDouble(p50Millis), Double.parseDouble(cpuMillis));
    }

    /** Two numbers, as {@link #parse} reads them. */
    @Override
    public String toString() {
        return p50Millis + " " + cpuMillis;
    }
}
