package dev.hearsay.core;

/**
 * One life of a node as a source of rumors. Within it the node numbers its rumors 1, 2, 3 … without gaps, which is what
 * lets a digest say in a few numbers what a node has.
 *
 * @param node the node that publishes
 * @param epoch drawn at random when a node first publishes after a start: a number is never given to two rumors, even by a
 *     node whose disk has lost what it had given, or was replaced by an older copy
 */
public record Origin(NodeId node, long epoch) implements Comparable<Origin> {

    /**
     * The one source of all versions of a network: version v is its rumor v, at whichever node it was put in. No node has this
     * address.
     */
    public static final Origin VERSIONS = new Origin(new NodeId("versions", 1), 0);

    @Override
    public int compareTo(Origin other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(epoch, other.epoch);
    }
}
