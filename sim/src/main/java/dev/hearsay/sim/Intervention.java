package dev.hearsay.sim;

/**
 * What somebody does to a run between two of its events; with its place it is as much an input of the run as the spec. Nodes are numbered as in the
 * run: 0 … n - 1, and the seeds from there on.
 */
public sealed interface Intervention {

    /** The node stops at once; its disk stays. */
    record Kill(int node) implements Intervention {}

    /** A node that is down starts, with what it has saved. */
    record Restart(int node) implements Intervention {}

    /** The node stands still. */
    record Pause(int node) implements Intervention {}

    /** A node that stands still goes on, and finds all that has come in. */
    record Resume(int node) implements Intervention {}

    /** Nothing passes on this link in this direction from now on; what is on its way arrives. */
    record Cut(int from, int to) implements Intervention {}

    /** The link is whole again. */
    record Mend(int from, int to) implements Intervention {}

    /** A message that is on its way is lost. */
    record Drop(long number) implements Intervention {}

    /** A message that is on its way arrives now, before everything else. */
    record Hasten(long number) implements Intervention {}

    /**
     * Somebody publishes a message at this node.
     *
     * @param payload the message; handed over, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over: nobody writes to it, nobody compares it
    record Publish(int node, byte[] payload) implements Intervention {}

    /** A peer lies: it reports to all seeds that another one is dead, with its own signature as the only confirmation. */
    record Accuse(int liar, int accused) implements Intervention {}

    /**
     * A seed has gone bad: it puts to the vote of the other seeds that a peer which answers is to be removed, without any confirmation, and tells all peers
     * that it is decided, by a certificate that only it has signed.
     */
    record Condemn(int seed, int accused) implements Intervention {}
}
