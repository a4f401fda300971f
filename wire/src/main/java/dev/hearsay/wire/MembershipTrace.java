package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.io.IOException;
import java.util.List;

/** The events about membership in the trace, for {@link TraceJson}. */
final class MembershipTrace {

    private MembershipTrace() {}

    static String name(Event event) {
        return switch (event) {
            case Lifecycle.SeedStarted s -> "seedStarted";
            case VotingProtocol.Proposed s -> "proposed";
            case VotingProtocol.Voted s -> "voted";
            case VotingProtocol.VoteReceived s -> "voteReceived";
            case VotingProtocol.Decided s -> "decided";
            case PeerListProtocol.ListChanged s -> "listChanged";
            case PeerListProtocol.SeedsWithoutQuorum s -> "seedsWithoutQuorum";
            case PeerListProtocol.SeedsWithQuorum s -> "seedsWithQuorum";
            case RegistrationProtocol.Applied s -> "applied";
            case RegistrationProtocol.SeedsAnswered s -> "seedsAnswered";
            case RegistrationProtocol.Registered s -> "registered";
            case RegistrationProtocol.NotRegistered s -> "notRegistered";
            case PeerListProtocol.PeerListReceived s -> "peerListReceived";
            case LinkProtocol.NeighboursDrawn s -> "neighboursDrawn";
            case MembershipProtocol.MemberRemoved s -> "memberRemoved";
            case GeneratorProtocol.Generated s -> "generated";
            case SuspicionProtocol.SuspicionDecided s -> "jurySpoke";
            case SuspicionProtocol.DeadNodeReported s -> "deadNodeReported";
            case RemovalProtocol.Reported s -> "reported";
            case PeerListProtocol.KeyLearnt s -> "keyLearnt";
            default -> throw new IllegalArgumentException("not about membership: " + event);
        };
    }

    static void writeFields(Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case Lifecycle.SeedStarted(int seeds, int quorum, List<NodeId> members) -> {
                json.writeNumberField("seeds", seeds);
                json.writeNumberField("quorum", quorum);
                TraceJson.nodes("members", members, json);
            }
            case VotingProtocol.Proposed(Statement statement, boolean ownVote, int needed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeBooleanField("ownVote", ownVote);
                json.writeNumberField("needed", needed);
            }
            case VotingProtocol.Voted(Statement statement, NodeId proposer, boolean yes, String reason) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("proposer", proposer.toString());
                json.writeBooleanField("yes", yes);
                json.writeStringField("reason", reason);
            }
            case VotingProtocol.VoteReceived s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeStringField("seed", s.seed().toString());
                json.writeBooleanField("yes", s.yes());
                json.writeStringField("reason", s.reason());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("needed", s.needed());
            }
            case VotingProtocol.Decided s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeBooleanField("approved", s.approved());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("voters", s.voters());
                json.writeNumberField("needed", s.needed());
                json.writeStringField("reason", s.reason());
            }
            case PeerListProtocol.ListChanged(Statement statement, List<NodeId> members) -> {
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("members", members, json);
            }
            case PeerListProtocol.SeedsWithoutQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case PeerListProtocol.SeedsWithQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case RegistrationProtocol.Applied(Statement statement, List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("seeds", seeds, json);
            }
            case RegistrationProtocol.SeedsAnswered(List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                TraceJson.nodes("seeds", seeds, json);
            }
            case RegistrationProtocol.Registered(Statement statement, NodeId seed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("seed", seed.toString());
            }
            case RegistrationProtocol.NotRegistered(String reason, long retryNanos) -> {
                json.writeStringField("reason", reason);
                json.writeNumberField("retryNanos", retryNanos);
            }
            case PeerListProtocol.PeerListReceived(NodeId seed, int changes, int members) -> {
                json.writeStringField("seed", seed.toString());
                json.writeNumberField("changes", changes);
                json.writeNumberField("members", members);
            }
            case LinkProtocol.NeighboursDrawn(List<NodeId> neighbours) ->
                TraceJson.nodes("neighbours", neighbours, json);
            case MembershipProtocol.MemberRemoved(NodeId member, long incarnation) -> {
                json.writeStringField("member", member.toString());
                json.writeNumberField("incarnation", incarnation);
            }
            case GeneratorProtocol.Generated(int number, String text) -> {
                json.writeNumberField("number", number);
                json.writeStringField("text", text);
            }
            case SuspicionProtocol.SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) -> {
                json.writeStringField("accused", accused.toString());
                json.writeNumberField("confirmed", confirmed);
                json.writeNumberField("jurors", witnesses);
                json.writeBooleanField("majority", majority);
            }
            case SuspicionProtocol.DeadNodeReported(String text, int confirmations) -> {
                json.writeStringField("text", text);
                json.writeNumberField("confirmations", confirmations);
            }
            case RemovalProtocol.Reported(
                    Statement statement,
                    NodeId reporter,
                    String text,
                    List<NodeId> confirmed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("reporter", reporter.toString());
                json.writeStringField("text", text);
                TraceJson.nodes("confirmed", confirmed, json);
            }
            case PeerListProtocol.KeyLearnt(NodeId seed, PublicKey key) -> {
                json.writeStringField("seed", seed.toString());
                json.writeStringField("key", key.toString());
            }
            default -> throw new IllegalArgumentException("not about membership: " + event);
        }
    }

    private static void reach(int reachable, int seeds, JsonGenerator json) throws IOException {
        json.writeNumberField("reachable", reachable);
        json.writeNumberField("seeds", seeds);
    }
}
