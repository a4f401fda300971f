package dev.hearsay.web.journal;

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
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events are about: a message, other nodes. */
public final class Subjects {

    private Subjects() {}

    /** The message that it is about; null if it is about none. */
    public static @Nullable RumorId rumor(Event event) {
        return event instanceof RumorProtocol.Events rumor ? rumor.id() : null;
    }

    /** The nodes that it names. A new kind of event must be thought of here. */
    static List<NodeId> nodes(Event event) {
        return switch (event) {
            case Lifecycle.Started started -> started.neighbours();
            case RumorProtocol.Delivered delivered -> List.of(delivered.from(), delivered.origin());
            case RumorProtocol.Duplicate duplicate -> List.of(duplicate.from());
            case RumorProtocol.Relayed relayed -> relayed.to();
            case AntiEntropyProtocol.Differed differed -> List.of(differed.partner());
            case Lifecycle.Overflowed overflowed -> List.of(overflowed.to());
            case AntiEntropyProtocol.OwnLost lost -> List.of(lost.from());
            case StateProtocol.EntryReceived received ->
                List.of(received.from(), received.stamp().writer());
            case MembershipProtocol.Events membership -> List.of(membership.member());
            case LinkProtocol.LinkUp up -> List.of(up.neighbour());
            case LinkProtocol.LinkDown down -> List.of(down.neighbour());
            case HeartbeatProtocol.Events heartbeat -> List.of(heartbeat.neighbour());
            case RemovalProtocol.Reported reported ->
                with(List.of(reported.statement().peer(), reported.reporter()), reported.confirmed());
            case VotingProtocol.Proposed proposed ->
                List.of(proposed.statement().peer());
            case VotingProtocol.Voted voted -> List.of(voted.statement().peer(), voted.proposer());
            case VotingProtocol.VoteReceived vote -> List.of(vote.statement().peer(), vote.seed());
            case VotingProtocol.Decided decided -> List.of(decided.statement().peer());
            case PeerListProtocol.ListChanged changed ->
                List.of(changed.statement().peer());
            case PeerListProtocol.KeyLearnt learnt -> List.of(learnt.seed());
            case RegistrationProtocol.Applied applied ->
                with(List.of(applied.statement().peer()), applied.seeds());
            case RegistrationProtocol.SeedsAnswered answered -> answered.seeds();
            case RegistrationProtocol.Registered registered ->
                List.of(registered.statement().peer(), registered.seed());
            case PeerListProtocol.PeerListReceived received -> List.of(received.seed());
            case LinkProtocol.NeighboursDrawn drawn -> drawn.neighbours();
            case SuspicionProtocol.SuspicionDecided decided -> List.of(decided.accused());
            case Lifecycle.SeedStarted _, PeerListProtocol.SeedsWithoutQuorum _, PeerListProtocol.SeedsWithQuorum _ ->
                List.of();
            case RegistrationProtocol.NotRegistered _, SuspicionProtocol.DeadNodeReported _ -> List.of();
            case Lifecycle.Departed _, Lifecycle.Stopped _, Lifecycle.FaultBegan _, Lifecycle.FaultEnded _ -> List.of();
            case RumorProtocol.Published _, RumorProtocol.Converged _, Lifecycle.Refused _, RumorProtocol.Forgotten _ ->
                List.of();
            case CommitProtocol.Committed _, StateProtocol.Written _, GeneratorProtocol.Generated _ -> List.of();
        };
    }

    private static List<NodeId> with(List<NodeId> some, List<NodeId> more) {
        List<NodeId> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
