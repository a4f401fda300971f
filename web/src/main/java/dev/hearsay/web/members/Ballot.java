package dev.hearsay.web.members;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One vote of the seeds on a change of membership, called by one of them. */
final class Ballot {

    enum Outcome {
        OPEN,
        APPROVED,
        REFUSED;

        /** As browsers get it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A seed's vote, and why. */
    record Vote(boolean isYes, String reason, long atMicros) {}

    final Statement statement;
    final NodeId proposer;

    /** When it was called; as long as that is not known, the earliest that is known of it. */
    final long beginMicros;

    /** How many must agree; 0 as long as it is not known. */
    int needed;

    /** How many may vote; 0 as long as it is not known. */
    int voters;

    Outcome outcome = Outcome.OPEN;
    long decidedMicros;
    String reason = "";
    private final Map<NodeId, Vote> votes = new LinkedHashMap<>();

    Ballot(Statement statement, NodeId proposer, long beginMicros) {
        this.statement = statement;
        this.proposer = proposer;
        this.beginMicros = beginMicros;
    }

    Map<NodeId, Vote> votes() {
        return votes;
    }

    /** A yes is signed and holds; a no in a seed's name may be anybody's. What is heard twice is the earlier. */
    void vote(NodeId seed, Vote vote) {
        Vote known = votes.get(seed);
        boolean isBetter = known == null
                || (vote.isYes && !known.isYes)
                || (vote.isYes == known.isYes && vote.atMicros < known.atMicros);
        if (isBetter) {
            votes.put(seed, vote);
        }
    }

    boolean isDecidedBefore(long atMicros) {
        return outcome != Outcome.OPEN && decidedMicros < atMicros;
    }
}
