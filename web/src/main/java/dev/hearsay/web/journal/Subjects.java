package dev.hearsay.web.journal;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events are about: a message, other nodes. */
public final class Subjects {

    private Subjects() {}

    /** The message that it is about; null if it is about none. */
    public static @Nullable RumorId rumor(Event event) {
        return switch (event) {
            case Event.Published published -> published.id();
            case Event.Delivered delivered -> delivered.id();
            case Event.Duplicate duplicate -> duplicate.id();
            case Event.Relayed relayed -> relayed.id();
            case Event.Converged converged -> converged.id();
            default -> null;
        };
    }

    /** The nodes that it names. A new kind of event must be thought of here. */
    static List<NodeId> nodes(Event event) {
        return switch (event) {
            case Event.Started started -> started.neighbours();
            case Event.Delivered delivered -> List.of(delivered.from(), delivered.origin());
            case Event.Duplicate duplicate -> List.of(duplicate.from());
            case Event.Relayed relayed -> relayed.to();
            case Event.Differed differed -> List.of(differed.partner());
            case Event.Overflowed overflowed -> List.of(overflowed.to());
            case Event.OwnLost lost -> List.of(lost.from());
            case Event.EntryReceived received ->
                List.of(received.from(), received.stamp().writer());
            case Event.MemberAdded added -> List.of(added.member());
            case Event.MemberDismissed dismissed -> List.of(dismissed.member());
            case Event.MemberRemoved removed -> List.of(removed.member());
            case Event.LinkUp up -> List.of(up.neighbour());
            case Event.LinkDown down -> List.of(down.neighbour());
            case Event.Suspected suspected -> List.of(suspected.neighbour());
            case Event.Cleared cleared -> List.of(cleared.neighbour());
            case Event.Silent silent -> List.of(silent.neighbour());
            case Event.Reappeared reappeared -> List.of(reappeared.neighbour());
            case Event.Reported reported ->
                with(List.of(reported.statement().peer(), reported.reporter()), reported.confirmed());
            case Event.Proposed proposed -> List.of(proposed.statement().peer());
            case Event.Voted voted -> List.of(voted.statement().peer(), voted.proposer());
            case Event.VoteReceived vote -> List.of(vote.statement().peer(), vote.seed());
            case Event.Decided decided -> List.of(decided.statement().peer());
            case Event.ListChanged changed -> List.of(changed.statement().peer());
            case Event.KeyLearnt learnt -> List.of(learnt.seed());
            case Event.Applied applied -> with(List.of(applied.statement().peer()), applied.seeds());
            case Event.SeedsAnswered answered -> answered.seeds();
            case Event.Registered registered -> List.of(registered.statement().peer(), registered.seed());
            case Event.PeerListReceived received -> List.of(received.seed());
            case Event.NeighboursDrawn drawn -> drawn.neighbours();
            case Event.SuspicionDecided decided -> List.of(decided.accused());
            case Event.SeedStarted _, Event.SeedsWithoutQuorum _, Event.SeedsWithQuorum _ -> List.of();
            case Event.NotRegistered _, Event.DeadNodeReported _ -> List.of();
            case Event.Departed _, Event.Stopped _, Event.FaultBegan _, Event.FaultEnded _ -> List.of();
            case Event.Published _, Event.Converged _, Event.Refused _, Event.Forgotten _ -> List.of();
            case Event.Committed _, Event.Written _, Event.Generated _ -> List.of();
        };
    }

    private static List<NodeId> with(List<NodeId> some, List<NodeId> more) {
        List<NodeId> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
