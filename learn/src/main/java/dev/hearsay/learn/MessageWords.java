package dev.hearsay.learn;

import static dev.hearsay.core.text.EventWords.count;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Timer;
import java.util.List;
import java.util.stream.Collectors;

/** What a message says and what a timer is for, in words. */
final class MessageWords {

    private MessageWords() {}

    static String of(Message message) {
        return switch (message) {
            case Message.Gossip(var carried) ->
                "here is message " + carried.rumor().id().brief() + ", " + count(carried.hops(), "hop")
                        + " from its origin";
            case Message.Summary summary -> "this hash stands for all I have seen; is yours the same?";
            case Message.Digest(var holdings, var _, var _, var _) ->
                "this I have seen, of " + count(holdings.size(), "origin");
            case Message.Pull pull -> "please send me what I lack";
            case Message.Repair(var rumors, boolean more) ->
                "here is what you lack, " + count(rumors.size(), "message") + (more ? ", and there is more" : "");
            case Message.VersionNews news -> "these members have these versions";
            case Message.Versions versions -> "these members have these versions";
            case Message.StateBuckets buckets -> "these hashes stand for my keys; are yours the same?";
            case Message.StateDigest digest -> "these keys I have, and when they were written";
            case Message.Entries(var entries, var wants, boolean more) -> "here are keys, " + entries.size();
            case Message.Link link -> of(link);
            case Message.Leave leave -> "I am going";
            case Message.Ping ping -> "are you there?";
            case Message.Pong pong -> "I am here";
            case Message.SuspectQuery(Statement registration) -> "is " + registration.peer() + " silent for you, too?";
            case Message.SuspectReply(Statement registration, var confirmation) ->
                registration.peer() + (confirmation == null ? " has spoken to me" : " is silent for me, too; signed");
            case Message.RegisterRequest(Statement statement, var proof, String secret) ->
                "please take me in, incarnation " + statement.incarnation();
            case Message.ProposeRegister(var request) ->
                "shall we register " + request.statement().peer() + "?";
            case Message.Vote(Statement statement, var yes, String reason) ->
                (yes == null ? "no" : "yes, signed") + ", to " + change(statement)
                        + (reason.isEmpty() ? "" : ": " + reason);
            case Message.RegisterAck(var key, var certificate) ->
                "you are in, signed by " + count(certificate.votes().size(), "seed");
            case Message.RegisterNack nack -> "you are not in: " + nack.reason();
            case Message.PeerListRequest request -> "what has changed in your Peer List?";
            case Message.Sync sync -> "what has changed in your Peer List, seed?";
            case Message.PeerList list ->
                "my Peer List has " + count(list.certificates().size(), "change") + (list.more() ? ", and more" : "");
            case Message.Declare(var declaration) -> "my neighbours are now " + list(declaration.neighbours());
            case Message.DeadNodeReport report ->
                report.removal().peer() + " is dead, confirmed by "
                        + count(report.confirmations().size(), "neighbour");
            case Message.ProposeRemove(var report) ->
                "shall we remove " + report.removal().peer() + "?";
            case Message.RemovalNotify(var certificate) ->
                certificate.statement().peer() + " is out, signed by "
                        + count(certificate.votes().size(), "seed");
        };
    }

    static String of(Timer timer) {
        return switch (timer) {
            case Timer.AntiEntropyRound round -> "time to compare with a partner (anti-entropy)";
            case Timer.HeartbeatRound round -> "time to count who was silent, and to ping them";
            case Timer.Relay(var id, int round) -> "time to pass " + id.brief() + " on again";
            case Timer.ReportRound round -> "time to tell who has which versions";
            case Timer.Examine(Statement statement, int attempt) ->
                statement.peer() + " has not answered this seed's ping " + attempt + " yet";
            case Timer.VoteEnd(Statement statement, long generation) ->
                "it has waited long enough to " + change(statement)
                        + ": for another seed to call the vote, or for the votes";
            case Timer.SyncRound round -> "time to ask the other seeds what has changed";
            case Timer.Apply apply -> "time to ask seeds to be registered";
            case Timer.Refresh refresh -> "time to ask a seed what has changed";
            case Timer.SuspicionTimeout(Statement registration, long generation) ->
                "the witnesses of " + registration.peer() + " have had their time";
            case Timer.Probe probe -> "time to look at a member that is no neighbour";
            case Timer.Declare declare -> "time to declare the neighbours";
            case Timer.Generate generate -> "time to make up a message";
        };
    }

    private static String change(Statement statement) {
        return (statement.change() == Statement.Change.REGISTER ? "register " : "remove ") + statement.peer();
    }

    private static String of(Message.Link link) {
        String all = link.everybody() ? "all members" : list(link.neighbours());
        return "you are my neighbour, and all of mine are " + all + (link.answer() ? "; am I yours?" : "");
    }

    private static String list(List<NodeId> nodes) {
        return nodes.isEmpty() ? "none" : nodes.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    }
}
