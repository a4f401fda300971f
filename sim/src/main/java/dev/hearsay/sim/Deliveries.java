package dev.hearsay.sim;

/** Is told who has the rumors that are measured, and since when. */
@FunctionalInterface
public interface Deliveries {

    /** A live node has a rumor, which came to it so long after it was published, over so many links. */
    void delivered(int rumor, int node, long delayNanos, int hops);
}
