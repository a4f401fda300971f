package dev.hearsay.sim.queue;

/**
 * Events by time, and events of the same time in the order in which they were added. That order is total and does not
 * depend on how a queue is built, so every queue gives the same run.
 *
 * <p>Read as a cursor, to spare an object per event: {@link #next} moves to the next event, and the other methods tell of
 * it until {@code next} is called again.
 */
public interface EventQueue {

    /**
     * Adds an event.
     *
     * @param atNanos when; not before the event the cursor is at
     * @param node whom it concerns
     * @param from a number that the queue does not look at
     * @param what likewise
     */
    void add(long atNanos, int node, int from, Object what);

    /** Moves to the next event; false if there is none. */
    boolean next();

    /** When the event at the cursor happens; 0 before the first. */
    long atNanos();

    int node();

    int from();

    Object what();

    /**
     * Whom an event soon to come concerns, as far as that is cheap to say: a hint for fetching memory ahead.
     *
     * @param ahead 0 for the next event
     * @return a node; -1 if it is not known
     */
    int upcoming(int ahead);

    /** How many events are still to come. */
    long size();
}
