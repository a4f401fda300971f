package dev.hearsay.core.text;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.stream.Collectors;

/** Events in words, for logs and for whoever watches, on the JVM and in a page: the one place that phrases them. */
public final class EventWords {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_TENTH = 100;

    private EventWords() {}

    /** What happened, in words. */
    public static String of(Event event) {
        return switch (event) {
            case Lifecycle.Started(List<NodeId> neighbours, int remembered) ->
                "started with " + count(neighbours.size(), "neighbour")
                        + (remembered == 0 ? "" : ", remembers " + count(remembered, "message"));
            case Lifecycle.Departed s -> "said goodbye";
            case Lifecycle.Stopped s -> "stopped";
            case RumorProtocol.Published(RumorId id, long sequence, int bytes) ->
                "published " + id.brief() + ", its message " + sequence + ", " + count(bytes, "byte");
            case RumorProtocol.Delivered(var id, var origin, var from, int hops, var path, RumorProtocol.Way way) ->
                "received " + id.brief() + " of " + origin + " from " + from + " after " + count(hops, "hop")
                        + (way == RumorProtocol.Way.ANTI_ENTROPY ? ", by anti-entropy" : "");
            case RumorProtocol.Duplicate(RumorId id, NodeId from, int hops) ->
                "received " + id.brief() + " again from " + from + " after " + count(hops, "hop");
            case RumorProtocol.Relayed(RumorId id, List<NodeId> to, int round) ->
                "sent " + id.brief() + " to "
                        + to.stream().map(NodeId::toString).collect(Collectors.joining(", "))
                        + (round == 1 ? "" : ", the " + ordinal(round) + " time");
            case Lifecycle.Refused(String reason) -> "refused " + reason;
            case RumorProtocol.Forgotten(int rumors) -> "forgot " + count(rumors, "old message");
            case AntiEntropyProtocol.OwnLost(NodeId from, long messages, long keys) ->
                keys > 0
                        ? "lost " + count(keys, "key") + " of its own that " + from + " knows; has them back"
                        : "lost " + count(messages, "message") + " of its own that " + from
                                + " knows; fetches them back";
            case AntiEntropyProtocol.Differed(NodeId partner) -> "has not seen the same messages as " + partner;
            case RumorProtocol.Converged(RumorId id, int reached, long micros, int duplicates) ->
                "converged " + id.brief() + ": all " + count(reached, "live node") + " have it after " + millis(micros)
                        + ", " + count(duplicates, "duplicate");
            case Lifecycle.Overflowed(NodeId to, long messages) ->
                "dropped " + count(messages, "message") + " to " + to + ", which does not keep up";
            case Lifecycle.FaultBegan(String fault, String what, long forNanos) ->
                "fault " + fault + " began: " + what + (forNanos == 0 ? "" : ", for " + seconds(forNanos));
            case Lifecycle.FaultEnded(String fault, String reason) -> "fault " + fault + " ended: " + reason;
            case MembershipProtocol.MemberAdded(NodeId member) -> "knows of a new member, " + member;
            case MembershipProtocol.MemberDismissed(NodeId member) -> "no longer counts " + member + " as a member";
            case CommitProtocol.Committed(Ranges versions, int members) ->
                "knows that " + (members == 1 ? "it is the only member and has " : "all " + members + " members have ")
                        + (versions.count() == 1 ? "version " : "versions ") + versions;
            case StateProtocol.Written(String key, Stamp stamp, boolean isDeletion) ->
                (isDeletion ? "deleted '" : "wrote '") + key + "'";
            case StateProtocol.EntryReceived(String key, Stamp stamp, boolean isDeletion, NodeId from) ->
                "received " + (isDeletion ? "the deletion of '" : "'") + key + "' of " + stamp.writer() + " from "
                        + from;
            case LinkProtocol.LinkUp(NodeId neighbour, LinkProtocol.LinkReason reason) ->
                "is linked to " + neighbour
                        + switch (reason) {
                            case ASKED -> ", which asked for it";
                            case HEAL -> ", to close a gap";
                            case RETURNED -> ", which is back";
                            case DRAWN -> ", which it has drawn";
                        };
            case LinkProtocol.LinkDown(NodeId neighbour, LinkProtocol.LinkLoss reason) ->
                "is no longer linked to " + neighbour
                        + switch (reason) {
                            case LEFT -> ", which has left";
                            case SILENT -> ", which is silent";
                            case REMOVED -> ", which is no member any more";
                            case UNNEEDED -> ", as the gap it closed is no more";
                        };
            case HeartbeatProtocol.Suspected(NodeId neighbour, int intervals) ->
                "suspects " + neighbour + ", silent for " + count(intervals, "heartbeat");
            case HeartbeatProtocol.Cleared(NodeId neighbour) -> "no longer suspects " + neighbour;
            case HeartbeatProtocol.Silent(NodeId neighbour) -> "gave up " + neighbour;
            case HeartbeatProtocol.Reappeared(NodeId neighbour) -> "heard again from " + neighbour;
            case Lifecycle.SeedStarted started ->
                "started as one of " + count(started.seeds(), "seed") + ", quorum " + started.quorum() + ", knows "
                        + count(started.members().size(), "member");
            case LinkProtocol.NeighboursDrawn(List<NodeId> neighbours) ->
                "has drawn as neighbours " + MembershipWords.list(neighbours);
            case MembershipProtocol.MemberRemoved(NodeId member, long incarnation) ->
                "knows that " + member + " was removed";
            case GeneratorProtocol.Generated(int number, String text) -> "made up message " + number + ": " + text;
            case VotingProtocol.Events voting -> MembershipWords.of(voting);
            case PeerListProtocol.Events news -> MembershipWords.of(news);
            case RegistrationProtocol.Events registration -> MembershipWords.of(registration);
            case SuspicionProtocol.Events suspicion -> MembershipWords.of(suspicion);
            case RemovalProtocol.Events removal -> MembershipWords.of(removal);
        };
    }

    /** {@code 1 hop}, {@code 2 hops}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String ordinal(int number) {
        int lastTwo = number % 100;
        boolean isTeen = lastTwo >= 11 && lastTwo <= 13;
        return number
                + switch (isTeen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    /** Exactly, without zeros at the end. */
    private static String seconds(long nanos) {
        long whole = nanos / NANOS_PER_SECOND;
        StringBuilder text = new StringBuilder().append(nanos % NANOS_PER_SECOND + NANOS_PER_SECOND);
        text.replace(0, 1, ".");
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
        return whole + (text.length() == 1 ? "" : text.toString()) + " s";
    }

    private static String millis(long micros) {
        long tenths = (micros + MICROS_PER_TENTH / 2) / MICROS_PER_TENTH;
        return tenths / 10 + "." + tenths % 10 + " ms";
    }
}
