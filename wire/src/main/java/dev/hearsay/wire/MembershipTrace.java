package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Statement;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events about membership in the trace, for {@link TraceJson}. */
final class MembershipTrace {

    private MembershipTrace() {}

    static String name(Event event) {
        return switch (event) {
            case Event.SeedStarted s -> "seedStarted";
            case Event.Proposed s -> "proposed";
            case Event.Voted s -> "voted";
            case Event.VoteReceived s -> "voteReceived";
            case Event.Decided s -> "decided";
            case Event.ListChanged s -> "listChanged";
            case Event.SeedsWithoutQuorum s -> "seedsWithoutQuorum";
            case Event.SeedsWithQuorum s -> "seedsWithQuorum";
            case Event.Applied s -> "applied";
            case Event.SeedsAnswered s -> "seedsAnswered";
            case Event.Registered s -> "registered";
            case Event.NotRegistered s -> "notRegistered";
            case Event.PeerListReceived s -> "peerListReceived";
            case Event.NeighboursDrawn s -> "neighboursDrawn";
            case Event.MemberRemoved s -> "memberRemoved";
            case Event.Generated s -> "generated";
            case Event.SuspicionDecided s -> "jurySpoke";
            case Event.DeadNodeReported s -> "deadNodeReported";
            case Event.Reported s -> "reported";
            case Event.KeyLearnt s -> "keyLearnt";
            default -> throw new IllegalArgumentException("not about membership: " + event);
        };
    }

    static void writeFields(Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case Event.SeedStarted(int seeds, int quorum, List<NodeId> members) -> {
                json.writeNumberField("seeds", seeds);
                json.writeNumberField("quorum", quorum);
                TraceJson.nodes("members", members, json);
            }
            case Event.Proposed(Statement statement, boolean ownVote, int needed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeBooleanField("ownVote", ownVote);
                json.writeNumberField("needed", needed);
            }
            case Event.Voted(Statement statement, NodeId proposer, boolean yes, String reason) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("proposer", proposer.toString());
                json.writeBooleanField("yes", yes);
                json.writeStringField("reason", reason);
            }
            case Event.VoteReceived s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeStringField("seed", s.seed().toString());
                json.writeBooleanField("yes", s.yes());
                json.writeStringField("reason", s.reason());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("needed", s.needed());
            }
            case Event.Decided s -> {
                MembershipWriter.statement("statement", s.statement(), json);
                json.writeBooleanField("approved", s.approved());
                json.writeNumberField("yesVotes", s.yesVotes());
                json.writeNumberField("voters", s.voters());
                json.writeNumberField("needed", s.needed());
                json.writeStringField("reason", s.reason());
            }
            case Event.ListChanged(Statement statement, List<NodeId> members) -> {
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("members", members, json);
            }
            case Event.SeedsWithoutQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case Event.SeedsWithQuorum(int reachable, int seeds) -> reach(reachable, seeds, json);
            case Event.Applied(Statement statement, List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                MembershipWriter.statement("statement", statement, json);
                TraceJson.nodes("seeds", seeds, json);
            }
            case Event.SeedsAnswered(List<NodeId> seeds, int configured) -> {
                json.writeNumberField("configured", configured);
                TraceJson.nodes("seeds", seeds, json);
            }
            case Event.Registered(Statement statement, NodeId seed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("seed", seed.toString());
            }
            case Event.NotRegistered(String reason, long retryNanos) -> {
                json.writeStringField("reason", reason);
                json.writeNumberField("retryNanos", retryNanos);
            }
            case Event.PeerListReceived(NodeId seed, int changes, int members) -> {
                json.writeStringField("seed", seed.toString());
                json.writeNumberField("changes", changes);
                json.writeNumberField("members", members);
            }
            case Event.NeighboursDrawn(List<NodeId> neighbours) -> TraceJson.nodes("neighbours", neighbours, json);
            case Event.MemberRemoved(NodeId member, long incarnation) -> {
                json.writeStringField("member", member.toString());
                json.writeNumberField("incarnation", incarnation);
            }
            case Event.Generated(int number, String text) -> {
                json.writeNumberField("number", number);
                json.writeStringField("text", text);
            }
            case Event.SuspicionDecided(NodeId accused, int confirmed, int witnesses, boolean majority) -> {
                json.writeStringField("accused", accused.toString());
                json.writeNumberField("confirmed", confirmed);
                json.writeNumberField("jurors", witnesses);
                json.writeBooleanField("majority", majority);
            }
            case Event.DeadNodeReported(String text, int confirmations) -> {
                json.writeStringField("text", text);
                json.writeNumberField("confirmations", confirmations);
            }
            case Event.Reported(Statement statement, NodeId reporter, String text, List<NodeId> confirmed) -> {
                MembershipWriter.statement("statement", statement, json);
                json.writeStringField("reporter", reporter.toString());
                json.writeStringField("text", text);
                TraceJson.nodes("confirmed", confirmed, json);
            }
            case Event.KeyLearnt(NodeId seed, PublicKey key) -> {
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

    /** The event of that name; null if there is none. */
    static @Nullable Event read(String name, JsonObject json) throws WireException {
        return switch (name) {
            case "seedStarted" ->
                new Event.SeedStarted(json.integer("seeds"), json.integer("quorum"), TraceJson.nodes(json, "members"));
            case "proposed" -> new Event.Proposed(statement(json), json.flag("ownVote"), json.integer("needed"));
            case "voted" ->
                new Event.Voted(
                        statement(json), TraceJson.node(json, "proposer"), json.flag("yes"), json.text("reason"));
            case "voteReceived" ->
                new Event.VoteReceived(
                        statement(json),
                        TraceJson.node(json, "seed"),
                        json.flag("yes"),
                        json.text("reason"),
                        json.integer("yesVotes"),
                        json.integer("needed"));
            case "decided" ->
                new Event.Decided(
                        statement(json),
                        json.flag("approved"),
                        json.integer("yesVotes"),
                        json.integer("voters"),
                        json.integer("needed"),
                        json.text("reason"));
            case "listChanged" -> new Event.ListChanged(statement(json), TraceJson.nodes(json, "members"));
            case "seedsWithoutQuorum" -> new Event.SeedsWithoutQuorum(json.integer("reachable"), json.integer("seeds"));
            case "seedsWithQuorum" -> new Event.SeedsWithQuorum(json.integer("reachable"), json.integer("seeds"));
            case "applied" ->
                new Event.Applied(statement(json), TraceJson.nodes(json, "seeds"), json.integer("configured"));
            case "seedsAnswered" -> new Event.SeedsAnswered(TraceJson.nodes(json, "seeds"), json.integer("configured"));
            case "registered" -> new Event.Registered(statement(json), TraceJson.node(json, "seed"));
            case "notRegistered" -> new Event.NotRegistered(json.text("reason"), json.whole("retryNanos"));
            case "peerListReceived" ->
                new Event.PeerListReceived(
                        TraceJson.node(json, "seed"), json.integer("changes"), json.integer("members"));
            case "neighboursDrawn" -> new Event.NeighboursDrawn(TraceJson.nodes(json, "neighbours"));
            case "memberRemoved" -> new Event.MemberRemoved(TraceJson.node(json, "member"), json.whole("incarnation"));
            case "generated" -> new Event.Generated(json.integer("number"), json.text("text"));
            case "jurySpoke" ->
                new Event.SuspicionDecided(
                        TraceJson.node(json, "accused"),
                        json.integer("confirmed"),
                        json.integer("jurors"),
                        json.flag("majority"));
            case "deadNodeReported" -> new Event.DeadNodeReported(json.text("text"), json.integer("confirmations"));
            case "reported" ->
                new Event.Reported(
                        statement(json),
                        TraceJson.node(json, "reporter"),
                        json.text("text"),
                        TraceJson.nodes(json, "confirmed"));
            case "keyLearnt" -> new Event.KeyLearnt(TraceJson.node(json, "seed"), key(json));
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
