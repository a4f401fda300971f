package dev.hearsay.core;

import java.util.List;

/**
 * A statement with the votes of a quorum of seeds: proof of a change of membership to whoever knows the seeds' keys, no matter who
 * hands it over.
 */
public record Certificate(Statement statement, List<Vote> votes) {

    /** One seed's yes: its signature of {@link Statement#ballot()}. */
    public record Vote(NodeId seed, Signature signature) {}

    public Certificate {
        votes = List.copyOf(votes);
    }
}
