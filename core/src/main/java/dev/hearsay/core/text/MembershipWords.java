package dev.hearsay.core.text;

import static dev.hearsay.core.text.EventWords.count;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.List;
import java.util.stream.Collectors;

/** The events about membership in words, for {@link EventWords}. */
final class MembershipWords {

    private MembershipWords() {}

    static String of(VotingProtocol.Events event) {
        return switch (event) {
            case VotingProtocol.Proposed(Statement statement, boolean ownVote, int needed) ->
                "proposes to " + what(statement) + "; votes " + yesNo(ownVote) + " itself, " + needed + " needed";
            case VotingProtocol.Voted(Statement statement, NodeId proposer, boolean yes, String reason) ->
                "votes " + yesNo(yes) + " to " + what(statement) + ", proposed by " + proposer + because(reason);
            case VotingProtocol.VoteReceived vote ->
                "has the vote of " + vote.seed() + " to " + what(vote.statement()) + ": " + yesNo(vote.yes())
                        + because(vote.reason()) + ", " + vote.yesVotes() + " of " + vote.needed() + " needed";
            case VotingProtocol.Decided decided ->
                "decided to " + (decided.approved() ? "" : "not ") + what(decided.statement()) + ": "
                        + decided.yesVotes() + " of " + decided.voters() + " seeds agree" + because(decided.reason());
        };
    }

    static String of(PeerListProtocol.Events event) {
        return switch (event) {
            case PeerListProtocol.ListChanged(Statement statement, List<NodeId> members) ->
                "has taken note: " + what(statement) + "; " + count(members.size(), "member") + " now";
            case PeerListProtocol.SeedsWithoutQuorum(int reachable, int seeds) ->
                "cannot decide: " + reachable + " of " + seeds + " seeds reachable; joins and removals wait";
            case PeerListProtocol.SeedsWithQuorum(int reachable, int seeds) ->
                "can decide again: " + reachable + " of " + seeds + " seeds reachable";
            case PeerListProtocol.PeerListReceived(NodeId seed, int changes, int members) ->
                "has " + count(changes, "change") + " of the Peer List from " + seed + ", " + count(members, "member");
            case PeerListProtocol.KeyLearnt learnt ->
                "believes the first key that " + learnt.seed() + " has shown: " + learnt.key();
        };
    }

    static String of(RegistrationProtocol.Events event) {
        return switch (event) {
            case RegistrationProtocol.Applied(Statement statement, List<NodeId> seeds, int configured) ->
                "asks to be registered, incarnation " + statement.incarnation() + ", by " + list(seeds);
            case RegistrationProtocol.SeedsAnswered(List<NodeId> seeds, int configured) ->
                "reaches " + seeds.size() + " of " + count(configured, "seed") + ": " + list(seeds);
            case RegistrationProtocol.Registered(Statement statement, NodeId seed) ->
                "is registered, incarnation " + statement.incarnation()
                        + (seed.equals(statement.peer()) ? ", as it was before" : ", says " + seed);
            case RegistrationProtocol.NotRegistered(String reason, long retryNanos) ->
                "is not registered yet: " + reason;
        };
    }

    static String of(SuspicionProtocol.Events event) {
        return switch (event) {
            case SuspicionProtocol.SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) ->
                witnesses == 0
                        ? "does not know the neighbours of " + accused + " yet, and can ask nobody"
                        : "asked the neighbours of " + accused + ": " + confirmed + " of " + witnesses
                                + " confirm that it is silent" + (majority ? "" : ", no majority");
            case SuspicionProtocol.DeadNodeReported(String text, int confirmations) ->
                "reports to the seeds: " + text + " with " + count(confirmations, "confirmation");
        };
    }

    static String of(RemovalProtocol.Events event) {
        return switch (event) {
            case RemovalProtocol.Reported reported ->
                "is told by " + reported.reporter() + " that "
                        + reported.statement().peer() + " is dead, confirmed by " + list(reported.confirmed());
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

    static String list(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    }
}
