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
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Quorum;
import dev.hearsay.core.spread.RumorLog;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The log of the network with consensus-driven membership: every keyword that its document tells people to grep for. */
public final class ConsensusLayout implements LogLayout {

    /** A list of all peers at each change of a large network would fill the disk. */
    private static final int NODES_SHOWN_MAX = 100;

    @Override
    public List<LogLine> lines(NodeId node, Event event, Function<RumorId, RumorLog.@Nullable Entry> rumors) {
        return switch (event) {
            case Lifecycle.SeedStarted started ->
                List.of(
                        LogLine.info("Seed node initialized at " + node),
                        LogLine.info("Total seeds: " + started.seeds() + ", Quorum: " + started.quorum()),
                        LogLine.info("Seed node listening on " + node));
            case VotingProtocol.Proposed(Statement statement, boolean ownVote, int needed) ->
                List.of(LogLine.info("PROPOSAL: " + (isRegistration(statement) ? "Register" : "Remove") + " peer "
                        + statement.peer() + "  [id=" + id(statement) + ", self-vote=" + yesNo(ownVote) + ", votes="
                        + (ownVote ? 1 : 0) + "/" + needed + " needed]"));
            case VotingProtocol.Voted(Statement statement, NodeId proposer, boolean yes, String reason) ->
                List.of(LogLine.info("Voting " + yesNo(yes) + " on "
                        + (isRegistration(statement) ? "registration of " : "removal of ") + statement.peer()
                        + " for " + proposer + (yes ? "" : " (" + reason + ")")));
            case VotingProtocol.VoteReceived vote ->
                List.of(LogLine.info("Vote from " + vote.seed() + ": " + yesNo(vote.yes()) + "  (total "
                        + vote.yesVotes() + "/" + vote.needed() + ")"
                        + (vote.yes() ? "" : " " + vote.reason())));
            case VotingProtocol.Decided decided -> decided(decided);
            case PeerListProtocol.ListChanged(Statement statement, List<NodeId> members) ->
                listChanged(statement, members);
            case PeerListProtocol.SeedsWithoutQuorum lost ->
                List.of(LogLine.error("SEEDS_WITHOUT_QUORUM: " + lost.reachable() + " of " + lost.seeds()
                        + " seeds reachable; joins and removals wait, messages still spread"));
            case PeerListProtocol.SeedsWithQuorum back ->
                List.of(LogLine.info(
                        "Quorum of seeds is back: " + back.reachable() + " of " + back.seeds() + " reachable"));
            case RegistrationProtocol.SeedsAnswered(List<NodeId> seeds, int configured) ->
                List.of(LogLine.info("Registering with " + seeds.size() + "/" + configured + " seeds (quorum = "
                        + Quorum.size(configured) + ")"));
            case RegistrationProtocol.Registered(Statement statement, NodeId seed) ->
                List.of(LogLine.info(
                        seed.equals(statement.peer())
                                ? "Still registered with incarnation " + statement.incarnation()
                                        + ", by the certificate kept from before"
                                : "REGISTER_ACK from seed " + seed + ": registered with incarnation "
                                        + statement.incarnation()));
            case RegistrationProtocol.NotRegistered(String reason, long retryNanos) ->
                List.of(LogLine.warning("Not registered yet: " + reason + "; trying again"));
            case PeerListProtocol.PeerListReceived received ->
                List.of(LogLine.info(
                        "Received Peer List from seed " + received.seed() + " (" + received.members() + " peers)"));
            case LinkProtocol.NeighboursDrawn(List<NodeId> drawn) ->
                List.of(LogLine.info("Selected " + drawn.size() + " neighbors (power-law): " + list(drawn)));
            case GeneratorProtocol.Generated(int number, String text) ->
                List.of(LogLine.info("Generated gossip #" + number + ": " + text));
            case RumorProtocol.Delivered delivered -> {
                RumorLog.Entry entry = rumors.apply(delivered.id());
                String text = entry == null
                        ? delivered.id().brief()
                        : LogLine.shown(entry.carried().rumor().payload());
                String time = entry == null ? "" : Times.of(entry.receivedMicros());
                yield List.of(LogLine.info(
                        "Gossip received [from=" + delivered.from() + ", msg=" + text + ", time=" + time + "]"));
            }
            case HeartbeatProtocol.Suspected(NodeId neighbour, int intervals) ->
                List.of(LogLine.warning("Suspect: neighbor " + neighbour + " has not answered; it is suspected, asking"
                        + " its neighbors"));
            case HeartbeatProtocol.Cleared(NodeId neighbour) ->
                List.of(LogLine.info("Neighbor " + neighbour + " answers again; no longer suspected"));
            case SuspicionProtocol.SuspicionDecided decided ->
                List.of(LogLine.warning("Suspected neighbor " + decided.accused() + ": "
                        + (decided.witnesses() == 0
                                ? "its neighbors are not known yet"
                                : decided.confirmed() + " of " + decided.witnesses() + " neighbors confirm"
                                        + (decided.majority() ? "" : ", no majority"))));
            case SuspicionProtocol.DeadNodeReported(String text, int confirmations) ->
                List.of(LogLine.info("DEAD NODE REPORT: " + text));
            case RemovalProtocol.Reported reported ->
                List.of(LogLine.info("Dead node report from " + reported.reporter() + ": " + reported.text()
                        + "  [confirmed by " + list(reported.confirmed()) + "]"));
            case MembershipProtocol.MemberRemoved(NodeId member, long incarnation) ->
                List.of(LogLine.warning("REMOVAL_NOTIFY: " + member + " was removed by the seeds"));
            case Lifecycle.Refused(String reason) -> List.of(LogLine.warning("Refused: " + reason));
            case PeerListProtocol.KeyLearnt(NodeId seed, PublicKey key) -> List.of(LogLine.learnt(seed, key));
            case RumorProtocol.Events _, AntiEntropyProtocol.Events _, CommitProtocol.Events _ -> List.of();
            case StateProtocol.Events _, LinkProtocol.Events _, HeartbeatProtocol.Events _ -> List.of();
            case MembershipProtocol.Events _, RegistrationProtocol.Events _ -> List.of();
            case Lifecycle.Events _, Lifecycle.DriverEvents _ -> List.of();
        };
    }

    private static List<LogLine> decided(VotingProtocol.Decided decided) {
        Statement statement = decided.statement();
        String outcome = "CONSENSUS OUTCOME — " + (decided.approved() ? "APPROVED" : "REJECTED") + ": "
                + (isRegistration(statement) ? "Peer " : "Remove ") + statement.peer() + "  [votes="
                + decided.yesVotes() + "/" + decided.voters() + ", quorum=" + decided.needed() + "]";
        return decided.approved()
                ? List.of(LogLine.info(outcome))
                : List.of(LogLine.warning(outcome + " " + decided.reason()));
    }

    private static List<LogLine> listChanged(Statement statement, List<NodeId> members) {
        LogLine current = LogLine.info("Current Peer List: " + list(members));
        return isRegistration(statement)
                ? List.of(current)
                : List.of(LogLine.info("CONFIRMED REMOVAL: " + statement.peer()), current);
    }

    private static boolean isRegistration(Statement statement) {
        return statement.change() == Change.REGISTER;
    }

    private static String id(Statement statement) {
        return statement.key().toString().substring(0, 6);
    }

    private static String yesNo(boolean yes) {
        return yes ? "YES" : "NO";
    }

    private static String list(List<NodeId> nodes) {
        String shown =
                nodes.stream().limit(NODES_SHOWN_MAX).map(NodeId::toString).collect(Collectors.joining(", "));
        int more = nodes.size() - NODES_SHOWN_MAX;
        return "[" + shown + (more > 0 ? ", … " + more + " more" : "") + "]";
    }
}
