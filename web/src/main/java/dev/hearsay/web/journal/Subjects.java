package dev.hearsay.web.journal;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What signals are about: a message, other nodes. */
public final class Subjects {

    private Subjects() {}

    /** The message that it is about; null if it is about none. */
    public static @Nullable RumorId rumor(Signal signal) {
        return switch (signal) {
            case Signal.Published published -> published.id();
            case Signal.Delivered delivered -> delivered.id();
            case Signal.Duplicate duplicate -> duplicate.id();
            case Signal.Relayed relayed -> relayed.id();
            case Signal.Converged converged -> converged.id();
            default -> null;
        };
    }

    /** The nodes that it names. A new kind of signal must be thought of here. */
    static List<NodeId> nodes(Signal signal) {
        return switch (signal) {
            case Signal.Started started -> started.neighbours();
            case Signal.Delivered delivered -> List.of(delivered.from(), delivered.origin());
            case Signal.Duplicate duplicate -> List.of(duplicate.from());
            case Signal.Relayed relayed -> relayed.to();
            case Signal.Differed differed -> List.of(differed.partner());
            case Signal.Overflowed overflowed -> List.of(overflowed.to());
            case Signal.OwnLost lost -> List.of(lost.from());
            case Signal.EntryReceived received ->
                List.of(received.from(), received.stamp().writer());
            case Signal.MemberAdded added -> List.of(added.member());
            case Signal.MemberDismissed dismissed -> List.of(dismissed.member());
            case Signal.MemberRemoved removed -> List.of(removed.member());
            case Signal.LinkUp up -> List.of(up.neighbour());
            case Signal.LinkDown down -> List.of(down.neighbour());
            case Signal.Suspected suspected -> List.of(suspected.neighbour());
            case Signal.Cleared cleared -> List.of(cleared.neighbour());
            case Signal.Silent silent -> List.of(silent.neighbour());
            case Signal.Reappeared reappeared -> List.of(reappeared.neighbour());
            case Signal.Reported reported ->
                with(List.of(reported.statement().peer(), reported.reporter()), reported.confirmed());
            case Signal.Proposed proposed -> List.of(proposed.statement().peer());
            case Signal.Voted voted -> List.of(voted.statement().peer(), voted.proposer());
            case Signal.VoteReceived vote -> List.of(vote.statement().peer(), vote.seed());
            case Signal.Decided decided -> List.of(decided.statement().peer());
            case Signal.ListChanged changed -> List.of(changed.statement().peer());
            case Signal.KeyLearnt learnt -> List.of(learnt.seed());
            case Signal.Applied applied -> with(List.of(applied.statement().peer()), applied.seeds());
            case Signal.SeedsAnswered answered -> answered.seeds();
            case Signal.Registered registered -> List.of(registered.statement().peer(), registered.seed());
            case Signal.PeerListReceived received -> List.of(received.seed());
            case Signal.NeighboursDrawn drawn -> drawn.neighbours();
            case Signal.JurySpoke jury -> List.of(jury.accused());
            case Signal.SeedStarted _, Signal.SeedsWithoutQuorum _, Signal.SeedsWithQuorum _ -> List.of();
            case Signal.NotRegistered _, Signal.DeadNodeReported _ -> List.of();
            case Signal.Departed _, Signal.Stopped _, Signal.FaultBegan _, Signal.FaultEnded _ -> List.of();
            case Signal.Published _, Signal.Converged _, Signal.Refused _, Signal.Forgotten _ -> List.of();
            case Signal.Committed _, Signal.Written _, Signal.Generated _ -> List.of();
        };
    }

    private static List<NodeId> with(List<NodeId> some, List<NodeId> more) {
        List<NodeId> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
