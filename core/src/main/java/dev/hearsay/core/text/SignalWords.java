package dev.hearsay.core.text;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.stream.Collectors;

/** Signals in words, for logs and for whoever watches, on the JVM and in a page: the one place that phrases them. */
public final class SignalWords {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long MICROS_PER_TENTH = 100;

    private SignalWords() {}

    /** What happened, in words. */
    public static String of(Signal signal) {
        return switch (signal) {
            case Signal.Started(List<NodeId> neighbours, int remembered) ->
                "started with " + count(neighbours.size(), "neighbour")
                        + (remembered == 0 ? "" : ", remembers " + count(remembered, "message"));
            case Signal.Departed s -> "said goodbye";
            case Signal.Stopped s -> "stopped";
            case Signal.Published(RumorId id, long sequence, int bytes) ->
                "published " + id.brief() + ", its message " + sequence + ", " + count(bytes, "byte");
            case Signal.Delivered(var id, var origin, var from, int hops, var path, Signal.Way way) ->
                "received " + id.brief() + " of " + origin + " from " + from + " after " + count(hops, "hop")
                        + (way == Signal.Way.ANTI_ENTROPY ? ", by anti-entropy" : "");
            case Signal.Duplicate(RumorId id, NodeId from, int hops) ->
                "received " + id.brief() + " again from " + from + " after " + count(hops, "hop");
            case Signal.Relayed(RumorId id, List<NodeId> to, int round) ->
                "sent " + id.brief() + " to "
                        + to.stream().map(NodeId::toString).collect(Collectors.joining(", "))
                        + (round == 1 ? "" : ", the " + ordinal(round) + " time");
            case Signal.Refused(String reason) -> "refused " + reason;
            case Signal.Forgotten(int rumors) -> "forgot " + count(rumors, "old message");
            case Signal.OwnLost(NodeId from, long messages) ->
                "lost " + count(messages, "message") + " of its own that " + from + " knows; fetches them back";
            case Signal.Differed(NodeId partner) -> "has not seen the same messages as " + partner;
            case Signal.Converged(RumorId id, int reached, long micros, int duplicates) ->
                "converged " + id.brief() + ": all " + count(reached, "live node") + " have it after " + millis(micros)
                        + ", " + count(duplicates, "duplicate");
            case Signal.Overflowed(NodeId to, long messages) ->
                "dropped " + count(messages, "message") + " to " + to + ", which does not keep up";
            case Signal.FaultBegan(String fault, String what, long forNanos) ->
                "fault " + fault + " began: " + what + (forNanos == 0 ? "" : ", for " + seconds(forNanos));
            case Signal.FaultEnded(String fault, String reason) -> "fault " + fault + " ended: " + reason;
            case Signal.MemberAdded(NodeId member) -> "knows of a new member, " + member;
            case Signal.MemberDismissed(NodeId member) -> "no longer counts " + member + " as a member";
            case Signal.Committed(Ranges versions, int members) ->
                "knows that " + (members == 1 ? "it is the only member and has " : "all " + members + " members have ")
                        + (versions.count() == 1 ? "version " : "versions ") + versions;
            case Signal.Written(String key, Stamp stamp, boolean isDeletion) ->
                (isDeletion ? "deleted '" : "wrote '") + key + "'";
            case Signal.EntryReceived(String key, Stamp stamp, boolean isDeletion, NodeId from) ->
                "received " + (isDeletion ? "the deletion of '" : "'") + key + "' of " + stamp.writer() + " from "
                        + from;
            case Signal.LinkUp(NodeId neighbour, Signal.LinkReason reason) ->
                "is linked to " + neighbour
                        + switch (reason) {
                            case ASKED -> ", which asked for it";
                            case HEAL -> ", to close a gap";
                            case RETURNED -> ", which is back";
                            case DRAWN -> ", which it has drawn";
                        };
            case Signal.LinkDown(NodeId neighbour, Signal.LinkLoss reason) ->
                "is no longer linked to " + neighbour
                        + switch (reason) {
                            case LEFT -> ", which has left";
                            case SILENT -> ", which is silent";
                            case REMOVED -> ", which is no member any more";
                            case UNNEEDED -> ", as the gap it closed is no more";
                        };
            case Signal.Suspected(NodeId neighbour, int intervals) ->
                "suspects " + neighbour + ", silent for " + count(intervals, "heartbeat");
            case Signal.Cleared(NodeId neighbour) -> "no longer suspects " + neighbour;
            case Signal.Silent(NodeId neighbour) -> "gave up " + neighbour;
            case Signal.Reappeared(NodeId neighbour) -> "heard again from " + neighbour;
            default -> MembershipWords.of(signal);
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
