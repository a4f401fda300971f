package dev.hearsay.bench.peers;

/**
 * The work that every system is given.
 *
 * @param nodes how many nodes
 * @param warmUpMillis how long broadcasts go on that are not measured, one after the other
 * @param broadcasts how many messages are measured one after the other, each from the next node
 * @param burst how many messages are then handed in as fast as the system takes them, each to the next node; 0 for no burst
 */
record Workload(int nodes, int warmUpMillis, int broadcasts, int burst) {

    static Workload parse(String text) {
        String[] words = text.split(",", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("'" + text + "' is no workload; expected four numbers");
        }
        return new Workload(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]));
    }

    @Override
    public String toString() {
        return nodes + "," + warmUpMillis + "," + broadcasts + "," + burst;
    }
}
