package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signals about membership in the trace, for {@link TraceJson}. */
final class MembershipTrace {

    private MembershipTrace() {}

    static String name(Signal signal) {
        return switch (signal) {
            case Signal.SeedStarted s -> "seedStarted";
            case Signal.Proposed s -> "proposed";
            case Signal.Voted s -> "voted";
            case Signal.VoteReceived s -> "voteReceived";
            case Signal.Decided s -> "decided";
            case Signal.ListChanged s -> "listChanged";
            case Signal.SeedsWithoutQuorum s -> "seedsWithoutQuorum";
            case Signal.SeedsWithQuorum s -> "seedsWithQuorum";
            case Signal.Applied s -> "applied";
            case Signal.SeedsAnswered s -> "seedsAnswered";
            case Signal.Registered s -> "registered";
            case Signal.NotRegistered s -> "notRegistered";
            case Signal.PeerListReceived s -> "peerListReceived";
            case Signal.NeighboursDrawn s -> "neighboursDrawn";
            case Signal.MemberRemoved s -> "memberRemoved";
            case Signal.Generated s -> "generated";
            case Signal.JurySpoke s -> "jurySpoke";
            case Signal.DeadNodeReported s -> "deadNodeReported";
            case Signal.Reported s -> "reported";
            case Signal.KeyLearnt s -> "keyLearnt";
            default -> throw new IllegalArgumentException("not about membership: " + signal);
        };
    }

    static void writeFields(Signal signal, JsonGenerator json) throws IOException {
        switch (signal) {
            case Signal.SeedStarted(int seeds, int quorum, List<NodeId> members) -> {
                json.writeNumberField("seeds", seeds);
                json.writeNumberField("quorum", quorum);
                TraceJson.nodes("members", members, json);
            }
            case Signal.Proposed(Statement statement, boolean ownVote, int needed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeBooleanField("ownVote", ownVote);
                json.writeNumberField("needed", needed);
            }
            case Signal.Voted(Statement statement, NodeId proposer, boolean yes, String reason) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("proposer", proposer.toString());
                json.writeBooleanField("yes", yes);
                json.writeStringField("reason", reason);
            }
            case Signal.VoteReceived s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeStringField("seed", s.seed().toString());
                json.writeBooleanField("yes", s.yes());
                json.writeStringField("reason", s.reason());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("needed", s.needed());
            }
            case Signal.Decided s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeBooleanField("approved", s.approved());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("voters", s.voters());
                json.writeNumberField("needed", s.needed());
                json.writeStringField("reason", s.reason());
            }
            case Signal.ListChanged(Statement statement, List<NodeId> members) -> {
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("members", members, json);
            }
            case Signal.SeedsWithoutQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case Signal.SeedsWithQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case Signal.Applied(Statement statement, List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("seeds", seeds, json);
            }
            case Signal.SeedsAnswered(List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                TraceJson.nodes("seeds", seeds, json);
            }
            case Signal.Registered(Statement statement, NodeId seed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("seed", seed.toString());
            }
            case Signal.NotRegistered(String reason, long retryNanos) -> {
                json.writeStringField("reason", reason);
                json.writeNumberField("retryNanos", retryNanos);
            }
            case Signal.PeerListReceived(NodeId seed, int changes, int members) -> {
                json.writeStringField("seed", seed.toString());
                json.writeNumberField("changes", changes);
                json.writeNumberField("members", members);
            }
            case Signal.NeighboursDrawn(List<NodeId> neighbours) -> TraceJson.nodes("neighbours", neighbours, json);
            case Signal.MemberRemoved(NodeId member, long incarnation) -> {
                json.writeStringField("member", member.toString());
                json.writeNumberField("incarnation", incarnation);
            }
            case Signal.Generated(int number, String text) -> {
                json.writeNumberField("number", number);
                json.writeStringField("text", text);
            }
            case Signal.JurySpoke(NodeId accused, int confirmed, int jurors, boolean majority) -> {
                json.writeStringField("accused", accused.toString());
                json.writeNumberField("confirmed", confirmed);
                json.writeNumberField("jurors", jurors);
                json.writeBooleanField("majority", majority);
            }
            case Signal.DeadNodeReported(String text, int confirmations) -> {
                json.writeStringField("text", text);
                json.writeNumberField("confirmations", confirmations);
            }
            case Signal.Reported(Statement statement, NodeId reporter, String text, List<NodeId> confirmed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("reporter", reporter.toString());
                json.writeStringField("text", text);
                TraceJson.nodes("confirmed", confirmed, json);
            }
            case Signal.KeyLearnt(NodeId seed, PublicKey key) -> {
                json.writeStringField("seed", seed.toString());
                json.writeStringField("key", key.toString());
            }
            default -> throw new IllegalArgumentException("not about membership: " + signal);
        }
    }

    private static void reach(int reachable, int seeds, JsonGenerator json) throws IOException {
        json.writeNumberField("reachable", reachable);
        json.writeNumberField("seeds", seeds);
    }

    /** The signal of that name; null if there is none. */
    static @Nullable Signal read(String name, JsonObject json) throws WireException {
        return switch (name) {
            case "seedStarted" ->
                new Signal.SeedStarted(json.integer("seeds"), json.integer("quorum"), TraceJson.nodes(json, "members"));
            case "proposed" -> new Signal.Proposed(statement(json), json.flag("ownVote"), json.integer("needed"));
            case "voted" ->
                new Signal.Voted(
                        statement(json), TraceJson.node(json, "proposer"), json.flag("yes"), json.text("reason"));
            case "voteReceived" ->
                new Signal.VoteReceived(
                        statement(json),
                        TraceJson.node(json, "seed"),
                        json.flag("yes"),
                        json.text("reason"),
                        json.integer("yesVotes"),
                        json.integer("needed"));
            case "decided" ->
                new Signal.Decided(
                        statement(json),
                        json.flag("approved"),
                        json.integer("yesVotes"),
                        json.integer("voters"),
                        json.integer("needed"),
                        json.text("reason"));
            case "listChanged" -> new Signal.ListChanged(statement(json), TraceJson.nodes(json, "members"));
            case "seedsWithoutQuorum" ->
                new Signal.SeedsWithoutQuorum(json.integer("reachable"), json.integer("seeds"));
            case "seedsWithQuorum" -> new Signal.SeedsWithQuorum(json.integer("reachable"), json.integer("seeds"));
            case "applied" ->
                new Signal.Applied(statement(json), TraceJson.nodes(json, "seeds"), json.integer("configured"));
            case "seedsAnswered" ->
                new Signal.SeedsAnswered(TraceJson.nodes(json, "seeds"), json.integer("configured"));
            case "registered" -> new Signal.Registered(statement(json), TraceJson.node(json, "seed"));
            case "notRegistered" -> new Signal.NotRegistered(json.text("reason"), json.whole("retryNanos"));
            case "peerListReceived" ->
                new Signal.PeerListReceived(
                        TraceJson.node(json, "seed"), json.integer("changes"), json.integer("members"));
            case "neighboursDrawn" -> new Signal.NeighboursDrawn(TraceJson.nodes(json, "neighbours"));
            case "memberRemoved" -> new Signal.MemberRemoved(TraceJson.node(json, "member"), json.whole("incarnation"));
            case "generated" -> new Signal.Generated(json.integer("number"), json.text("text"));
            case "jurySpoke" ->
                new Signal.JurySpoke(
                        TraceJson.node(json, "accused"),
                        json.integer("confirmed"),
                        json.integer("jurors"),
                        json.flag("majority"));
            case "deadNodeReported" -> new Signal.DeadNodeReported(json.text("text"), json.integer("confirmations"));
            case "reported" ->
                new Signal.Reported(
                        statement(json),
                        TraceJson.node(json, "reporter"),
                        json.text("text"),
                        TraceJson.nodes(json, "confirmed"));
            case "keyLearnt" -> new Signal.KeyLearnt(TraceJson.node(json, "seed"), key(json));
            default -> null;
        };
    }

    private static PublicKey key(JsonObject json) throws WireException {
        try {
            return PublicKey.parse(json.text("key"));
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Statement statement(JsonObject json) throws WireException {
        return MembershipReader.statement(json, "statement");
    }
}
