package dev.hearsay.core.text;

import static dev.hearsay.core.text.EventWords.count;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.List;
import java.util.stream.Collectors;

/** The events about membership in words, for {@link EventWords}. */
final class MembershipWords {

    private MembershipWords() {}

    static String of(Event event) {
        return switch (event) {
            case Event.SeedStarted started ->
                "started as one of " + count(started.seeds(), "seed") + ", quorum " + started.quorum() + ", knows "
                        + count(started.members().size(), "member");
            case Event.Proposed(Statement statement, boolean ownVote, int needed) ->
                "proposes to " + what(statement) + "; votes " + yesNo(ownVote) + " itself, " + needed + " needed";
            case Event.Voted(Statement statement, NodeId proposer, boolean yes, String reason) ->
                "votes " + yesNo(yes) + " to " + what(statement) + ", proposed by " + proposer + because(reason);
            case Event.VoteReceived vote ->
                "has the vote of " + vote.seed() + " to " + what(vote.statement()) + ": " + yesNo(vote.yes())
                        + because(vote.reason()) + ", " + vote.yesVotes() + " of " + vote.needed() + " needed";
            case Event.Decided decided ->
                "decided to " + (decided.approved() ? "" : "not ") + what(decided.statement()) + ": "
                        + decided.yesVotes() + " of " + decided.voters() + " seeds agree" + because(decided.reason());
            case Event.ListChanged(Statement statement, List<NodeId> members) ->
                "has taken note: " + what(statement) + "; " + count(members.size(), "member") + " now";
            case Event.SeedsWithoutQuorum(int reachable, int seeds) ->
                "cannot decide: " + reachable + " of " + seeds + " seeds reachable; joins and removals wait";
            case Event.SeedsWithQuorum(int reachable, int seeds) ->
                "can decide again: " + reachable + " of " + seeds + " seeds reachable";
            case Event.Applied(Statement statement, List<NodeId> seeds, int configured) ->
                "asks to be registered, incarnation " + statement.incarnation() + ", by " + list(seeds);
            case Event.SeedsAnswered(List<NodeId> seeds, int configured) ->
                "reaches " + seeds.size() + " of " + count(configured, "seed") + ": " + list(seeds);
            case Event.Registered(Statement statement, NodeId seed) ->
                "is registered, incarnation " + statement.incarnation()
                        + (seed.equals(statement.peer()) ? ", as it was before" : ", says " + seed);
            case Event.NotRegistered(String reason, long retryNanos) -> "is not registered yet: " + reason;
            case Event.PeerListReceived(NodeId seed, int changes, int members) ->
                "has " + count(changes, "change") + " of the Peer List from " + seed + ", " + count(members, "member");
            case Event.NeighboursDrawn(List<NodeId> neighbours) -> "has drawn as neighbours " + list(neighbours);
            case Event.MemberRemoved(NodeId member, long incarnation) -> "knows that " + member + " was removed";
            case Event.Generated(int number, String text) -> "made up message " + number + ": " + text;
            case Event.SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) ->
                witnesses == 0
                        ? "does not know the neighbours of " + accused + " yet, and can ask nobody"
                        : "asked the neighbours of " + accused + ": " + confirmed + " of " + witnesses
                                + " confirm that it is silent" + (majority ? "" : ", no majority");
            case Event.DeadNodeReported(String text, int confirmations) ->
                "reports to the seeds: " + text + " with " + count(confirmations, "confirmation");
            case Event.KeyLearnt learnt ->
                "believes the first key that " + learnt.seed() + " has shown: " + learnt.key();
            case Event.Reported reported ->
                "is told by " + reported.reporter() + " that "
                        + reported.statement().peer() + " is dead, confirmed by " + list(reported.confirmed());
            default -> throw new IllegalArgumentException("not about membership: " + event);
        };
    }

    private static String what(Statement statement) {
        return (statement.change() == Change.REGISTER ? "register " : "remove ") + statement.peer() + " (incarnation "
                + statement.incarnation() + ")";
    }

    private static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private static String list(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    }
}
