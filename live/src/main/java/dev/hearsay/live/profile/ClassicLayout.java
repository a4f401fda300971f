package dev.hearsay.live.profile;

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
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.spread.RumorLog;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The log of the network of peers and seeds: what a seed registers, and what a peer receives. */
public final class ClassicLayout implements LogLayout {

    @Override
    public List<LogLine> lines(NodeId node, Event event, Function<RumorId, RumorLog.@Nullable Entry> rumors) {
        return switch (event) {
            case PeerListProtocol.ListChanged(Statement statement, List<NodeId> members) ->
                List.of(LogLine.info(
                        (statement.change() == Change.REGISTER ? "New peer registered: " : "Dead peer removed: ")
                                + statement.peer() + ". Current peers: " + set(members)));
            case RumorProtocol.Delivered delivered -> {
                RumorLog.Entry entry = rumors.apply(delivered.id());
                yield entry == null
                        ? List.of()
                        : List.of(received(delivered.from(), entry.carried().rumor()));
            }
            case RegistrationProtocol.Registered registered ->
                List.of(LogLine.info(
                        registered.seed().equals(registered.statement().peer())
                                ? "Still registered, by the certificate kept from before"
                                : "Registered with seed " + tuple(registered.seed())));
            case RegistrationProtocol.NotRegistered(String reason, long retryNanos) ->
                List.of(LogLine.warning("Not registered yet: " + reason + "; trying again"));
            case SuspicionProtocol.DeadNodeReported(String text, int confirmations) ->
                List.of(LogLine.warning("Peer marked dead and reported to the seeds: " + text));
            case MembershipProtocol.MemberRemoved(NodeId member, long incarnation) ->
                List.of(LogLine.warning("Peer removed: " + member));
            case PeerListProtocol.KeyLearnt(NodeId seed, PublicKey key) -> List.of(LogLine.learnt(seed, key));
            case RumorProtocol.Events _, AntiEntropyProtocol.Events _, GeneratorProtocol.Events _ -> List.of();
            case CommitProtocol.Events _, StateProtocol.Events _, LinkProtocol.Events _ -> List.of();
            case HeartbeatProtocol.Events _, SuspicionProtocol.Events _, MembershipProtocol.Events _ -> List.of();
            case RegistrationProtocol.Events _, PeerListProtocol.Events _, RemovalProtocol.Events _ -> List.of();
            case VotingProtocol.Events _, Lifecycle.Events _, Lifecycle.Refusals _ -> List.of();
            case Lifecycle.DriverEvents _ -> List.of();
        };
    }

    private static LogLine received(NodeId from, Rumor rumor) {
        NodeId origin = rumor.origin().node();
        String text = LogLine.shown(rumor.payload());
        return LogLine.info("Received from " + tuple(from) + ": " + origin + " - " + Times.of(rumor.createdMicros())
                + ":" + origin.host() + ":'" + text + "'");
    }

    private static String tuple(NodeId node) {
        return "('" + node.host() + "', " + node.port() + ")";
    }

    private static String set(List<NodeId> nodes) {
        return nodes.stream().map(ClassicLayout::tuple).collect(Collectors.joining(", ", "{", "}"));
    }
}
