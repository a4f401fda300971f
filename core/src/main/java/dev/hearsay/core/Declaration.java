package dev.hearsay.core;

import java.util.List;

/**
 * A peer's signed word on who its neighbours are: they are its witnesses.
 *
 * @param registration the life of the peer that speaks
 * @param number the number of this declaration in its life; the highest holds
 */
public record Declaration(Statement registration, long number, List<NodeId> neighbours, Signature signature) {

    /** Nobody has more neighbours than this; a longer list is not believed, and not looked at. */
    public static final int NEIGHBOURS_MAX = 10_000;

    public Declaration {
        neighbours = List.copyOf(neighbours);
    }

    /** A declaration signed by its peer; of more neighbours than may be named it names the first. */
    public static Declaration of(Signatures signatures, Statement registration, long number, List<NodeId> all) {
        List<NodeId> neighbours = all.subList(0, Math.min(NEIGHBOURS_MAX, all.size()));
        return new Declaration(
                registration, number, neighbours, signatures.sign(content(registration, number, neighbours)));
    }

    /** Whether the peer itself has said so, at a length that a peer's word can have. */
    public boolean isGenuine(Signatures signatures) {
        return neighbours.size() <= NEIGHBOURS_MAX
                && signatures.isValid(registration.key(), content(registration, number, neighbours), signature);
    }

    /** Whether this is a later word of the same peer. */
    public boolean isAfter(Declaration other) {
        long incarnation = registration.incarnation();
        long others = other.registration.incarnation();
        return incarnation != others ? incarnation > others : number > other.number;
    }

    private static byte[] content(Statement registration, long number, List<NodeId> neighbours) {
        Content content = new Content()
                .putText("hearsay neighbours 1")
                .putBytes(registration.ballot())
                .putLong(number)
                .putInt(neighbours.size());
        neighbours.forEach(content::putNode);
        return content.toBytes();
    }
}
