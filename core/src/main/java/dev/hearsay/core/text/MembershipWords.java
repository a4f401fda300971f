package dev.hearsay.core.text;

import static dev.hearsay.core.text.SignalWords.count;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.List;
import java.util.stream.Collectors;

/** The signals about membership in words, for {@link SignalWords}. */
final class MembershipWords {

    private MembershipWords() {}

    static String of(Signal signal) {
        return switch (signal) {
            case Signal.SeedStarted started ->
                "started as one of " + count(started.seeds(), "seed") + ", quorum " + started.quorum() + ", knows "
                        + count(started.members().size(), "member");
            case Signal.Proposed(Statement statement, boolean ownVote, int needed) ->
                "proposes to " + what(statement) + "; votes " + yesNo(ownVote) + " itself, " + needed + " needed";
            case Signal.Voted(Statement statement, NodeId proposer, boolean yes, String reason) ->
                "votes " + yesNo(yes) + " to " + what(statement) + ", proposed by " + proposer + because(reason);
            case Signal.VoteReceived vote ->
                "has the vote of " + vote.seed() + " to " + what(vote.statement()) + ": " + yesNo(vote.yes())
                        + because(vote.reason()) + ", " + vote.yesVotes() + " of " + vote.needed() + " needed";
            case Signal.Decided decided ->
                "decided to " + (decided.approved() ? "" : "not ") + what(decided.statement()) + ": "
                        + decided.yesVotes() + " of " + decided.voters() + " seeds agree" + because(decided.reason());
            case Signal.ListChanged(Statement statement, List<NodeId> members) ->
                "has taken note: " + what(statement) + "; " + count(members.size(), "member") + " now";
            case Signal.SeedsWithoutQuorum(int reachable, int seeds) ->
                "cannot decide: " + reachable + " of " + seeds + " seeds reachable; joins and removals wait";
            case Signal.SeedsWithQuorum(int reachable, int seeds) ->
                "can decide again: " + reachable + " of " + seeds + " seeds reachable";
            case Signal.Applied(Statement statement, List<NodeId> seeds, int configured) ->
                "asks to be registered, incarnation " + statement.incarnation() + ", by " + list(seeds);
            case Signal.SeedsAnswered(List<NodeId> seeds, int configured) ->
                "reaches " + seeds.size() + " of " + count(configured, "seed") + ": " + list(seeds);
            case Signal.Registered(Statement statement, NodeId seed) ->
                "is registered, incarnation " + statement.incarnation()
                        + (seed.equals(statement.peer()) ? ", as it was before" : ", says " + seed);
            case Signal.NotRegistered(String reason, long retryNanos) -> "is not registered yet: " + reason;
            case Signal.PeerListReceived(NodeId seed, int changes, int members) ->
                "has " + count(changes, "change") + " of the Peer List from " + seed + ", " + count(members, "member");
            case Signal.NeighboursDrawn(List<NodeId> neighbours) -> "has drawn as neighbours " + list(neighbours);
            case Signal.MemberRemoved(NodeId member, long incarnation) -> "knows that " + member + " was removed";
            case Signal.Generated(int number, String text) -> "made up message " + number + ": " + text;
            case Signal.JurySpoke(NodeId accused, int confirmed, int jurors, boolean majority) ->
                jurors == 0
                        ? "does not know the neighbours of " + accused + " yet, and can ask nobody"
                        : "asked the neighbours of " + accused + ": " + confirmed + " of " + jurors
                                + " confirm that it is silent" + (majority ? "" : ", no majority");
            case Signal.DeadNodeReported(String text, int confirmations) ->
                "reports to the seeds: " + text + " with " + count(confirmations, "confirmation");
            case Signal.KeyLearnt learnt ->
                "believes the first key that " + learnt.seed() + " has shown: " + learnt.key();
            case Signal.Reported reported ->
                "is told by " + reported.reporter() + " that "
                        + reported.statement().peer() + " is dead, confirmed by " + list(reported.confirmed());
            default -> throw new IllegalArgumentException("not about membership: " + signal);
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
