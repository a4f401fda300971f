package dev.hearsay.learn;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.VotingProtocol;
import java.util.LinkedHashMap;
import java.util.Map;

/** A vote as one seed sees it. */
final class SeedVote {

    private final Statement statement;
    private final int needed;
    private final Map<NodeId, String> votes = new LinkedHashMap<>();
    private String outcome = "open";

    SeedVote(NodeId self, VotingProtocol.Proposed proposed) {
        this.statement = proposed.statement();
        this.needed = proposed.needed();
        count(self, proposed.ownVote());
    }

    Statement statement() {
        return statement;
    }

    void count(NodeId seed, boolean yes) {
        votes.put(seed, yes ? "yes" : "no");
    }

    void decide(boolean approved) {
        outcome = approved ? "approved" : "refused";
    }

    /** {@code remove sim:3: seed:0 yes, seed:1 no; 2 needed; open}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                        statement.change() == Statement.Change.REGISTER ? "register " : "remove ")
                .append(statement.peer())
                .append(':');
        String separator = " ";
        for (Map.Entry<NodeId, String> vote : votes.entrySet()) {
            text.append(separator).append(vote.getKey()).append(' ').append(vote.getValue());
            separator = ", ";
        }
        return text.append("; ")
                .append(needed)
                .append(" needed; ")
                .append(outcome)
                .toString();
    }
}
