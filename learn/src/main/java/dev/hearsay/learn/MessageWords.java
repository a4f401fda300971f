package dev.hearsay.learn;

import static dev.hearsay.core.text.EventWords.count;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import java.util.List;
import java.util.stream.Collectors;

/** What a message says and what a timer is for, in words. */
final class MessageWords {

    private MessageWords() {}

    static String of(Message message) {
        return switch (message) {
            case RumorProtocol.Gossip(var carried) ->
                "here is message " + carried.rumor().id().brief() + ", " + count(carried.hops(), "hop")
                        + " from its origin";
            case AntiEntropyProtocol.Summary summary -> "this hash stands for all I have seen; is yours the same?";
            case AntiEntropyProtocol.Digest(var holdings, var _, var _, var _) ->
                "this I have seen, of " + count(holdings.size(), "origin");
            case AntiEntropyProtocol.Pull pull -> "please send me what I lack";
            case AntiEntropyProtocol.Repair(var rumors, boolean more) ->
                "here is what you lack, " + count(rumors.size(), "message") + (more ? ", and there is more" : "");
            case CommitProtocol.VersionNews news -> "these members have these versions";
            case CommitProtocol.Versions versions -> "these members have these versions";
            case StateProtocol.StateBuckets buckets -> "these hashes stand for my keys; are yours the same?";
            case StateProtocol.StateDigest digest -> "these keys I have, and when they were written";
            case StateProtocol.Entries(var entries, var wants, boolean more) -> "here are keys, " + entries.size();
            case LinkProtocol.Link link -> of(link);
            case LinkProtocol.Leave leave -> "I am going";
            case HeartbeatProtocol.Ping ping -> "are you there?";
            case HeartbeatProtocol.Pong pong -> "I am here";
            case SuspicionProtocol.SuspectQuery(Statement registration) ->
                "is " + registration.peer() + " silent for you, too?";
            case SuspicionProtocol.SuspectReply(Statement registration, var confirmation) ->
                registration.peer() + (confirmation == null ? " has spoken to me" : " is silent for me, too; signed");
            case RegistrationProtocol.RegisterRequest(Statement statement, var proof, String secret) ->
                "please take me in, incarnation " + statement.incarnation();
            case VotingProtocol.ProposeRegister(var request) ->
                "shall we register " + request.statement().peer() + "?";
            case VotingProtocol.Vote(Statement statement, var yes, String reason) ->
                (yes == null ? "no" : "yes, signed") + ", to " + change(statement)
                        + (reason.isEmpty() ? "" : ": " + reason);
            case RegistrationProtocol.RegisterAck(var key, var certificate) ->
                "you are in, signed by " + count(certificate.votes().size(), "seed");
            case RegistrationProtocol.RegisterNack nack -> "you are not in: " + nack.reason();
            case PeerListProtocol.PeerListRequest request -> "what has changed in your Peer List?";
            case PeerListProtocol.Sync sync -> "what has changed in your Peer List, seed?";
            case PeerListProtocol.PeerList list ->
                "my Peer List has " + count(list.certificates().size(), "change") + (list.more() ? ", and more" : "");
            case DeclarationProtocol.Declare(var declaration) ->
                "my neighbours are now " + list(declaration.neighbours());
            case RemovalProtocol.DeadNodeReport report ->
                report.removal().peer() + " is dead, confirmed by "
                        + count(report.confirmations().size(), "neighbour");
            case VotingProtocol.ProposeRemove(var report) ->
                "shall we remove " + report.removal().peer() + "?";
            case RemovalProtocol.RemovalNotify(var certificate) ->
                certificate.statement().peer() + " is out, signed by "
                        + count(certificate.votes().size(), "seed");
        };
    }

    static String of(Timer timer) {
        return switch (timer) {
            case AntiEntropyProtocol.AntiEntropyRound round -> "time to compare with a partner (anti-entropy)";
            case HeartbeatProtocol.HeartbeatRound round -> "time to count who was silent, and to ping them";
            case RumorProtocol.Relay(var id, int round) -> "time to pass " + id.brief() + " on again";
            case CommitProtocol.ReportRound round -> "time to tell who has which versions";
            case VotingProtocol.Examine(Statement statement, int attempt) ->
                statement.peer() + " has not answered this seed's ping " + attempt + " yet";
            case VotingProtocol.VoteEnd(Statement statement, long generation) ->
                "it has waited long enough to " + change(statement)
                        + ": for another seed to call the vote, or for the votes";
            case PeerListProtocol.SyncRound round -> "time to ask the other seeds what has changed";
            case RegistrationProtocol.Apply apply -> "time to ask seeds to be registered";
            case PeerListProtocol.Refresh refresh -> "time to ask a seed what has changed";
            case SuspicionProtocol.SuspicionTimeout(Statement registration, long generation) ->
                "the witnesses of " + registration.peer() + " have had their time";
            case SuspicionProtocol.Probe probe -> "time to look at a member that is no neighbour";
            case DeclarationProtocol.DeclareRound declare -> "time to declare the neighbours";
            case GeneratorProtocol.Generate generate -> "time to make up a message";
        };
    }

    private static String change(Statement statement) {
        return (statement.change() == Statement.Change.REGISTER ? "register " : "remove ") + statement.peer();
    }

    private static String of(LinkProtocol.Link link) {
        String all = link.everybody() ? "all members" : list(link.neighbours());
        return "you are my neighbour, and all of mine are " + all + (link.answer() ? "; am I yours?" : "");
    }

    private static String list(List<NodeId> nodes) {
        return nodes.isEmpty() ? "none" : nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    }
}
