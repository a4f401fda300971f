package dev.hearsay.wire;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.VotingProtocol;
import org.jspecify.annotations.Nullable;

/** Facts that are not about rumors as JSON, for stores: a kind, what it is about, and a body. */
public final class FactJson {

    /** What a store keeps. A later row of the same kind and subject takes the place of an earlier one. */
    public record Row(String kind, String subject, String body) {}

    private static final String VOTED = "voted";
    private static final String CERTIFIED = "certified";
    private static final String APPLIED = "applied";
    private static final String PINNED = "pinned";
    private static final String ENTRY = "entry";
    private static final String DISMISSED = "dismissed";

    private FactJson() {}

    /**
     * The row of a fact.
     *
     * @throws IllegalArgumentException if it is about rumors
     */
    public static Row write(Fact fact) {
        return switch (fact) {
            case VotingProtocol.VotedYes(var statement) ->
                new Row(VOTED, statement.change() + " " + statement.peer(), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.statement("statement", statement, json);
                    json.writeEndObject();
                }));
            case PeerListProtocol.Certified(var certificate) ->
                new Row(CERTIFIED, certificate.statement().peer().toString(), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.certificate("certificate", certificate, json);
                    json.writeEndObject();
                }));
            case RegistrationProtocol.AppliedAs(var statement, int start) ->
                new Row(APPLIED, Integer.toString(start), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.statement("statement", statement, json);
                    json.writeNumberField("start", start);
                    json.writeEndObject();
                }));
            case PeerListProtocol.Pinned(NodeId seed, PublicKey key) ->
                new Row(PINNED, seed.toString(), Json.line(json -> {
                    json.writeStartObject();
                    json.writeStringField("seed", seed.toString());
                    json.writeStringField("key", key.toString());
                    json.writeEndObject();
                }));
            case StateProtocol.Wrote(Entry entry, Entry previous) -> entry(entry, 0);
            case StateProtocol.Learnt(Entry entry, long learntMicros) -> entry(entry, learntMicros);
            case MembershipProtocol.Dismissed(NodeId member) ->
                new Row(DISMISSED, member.toString(), Json.line(json -> {
                    json.writeStartObject();
                    json.writeStringField("member", member.toString());
                    json.writeEndObject();
                }));
            default -> throw new IllegalArgumentException("a store has other rows for " + fact);
        };
    }

    private static Row entry(Entry entry, long learntMicros) {
        return new Row(ENTRY, entry.key(), Json.line(json -> StateJson.entry(entry, learntMicros, json)));
    }

    /** The row that is void by this fact, its body left out; null if there is none. */
    public static @Nullable Row voided(Fact fact) {
        return switch (fact) {
            case StateProtocol.Dropped(String key) -> new Row(ENTRY, key, "");
            case MembershipProtocol.Admitted(NodeId member) -> new Row(DISMISSED, member.toString(), "");
            default -> null;
        };
    }

    /** The fact of a row. */
    public static Fact read(String kind, String body) throws WireException {
        return read(kind, JsonObject.parse(body));
    }

    static Fact read(String kind, JsonObject json) throws WireException {
        try {
            return switch (kind) {
                case VOTED -> new VotingProtocol.VotedYes(MembershipReader.statement(json, "statement"));
                case CERTIFIED ->
                    new PeerListProtocol.Certified(MembershipReader.certificate(json.object("certificate")));
                case APPLIED ->
                    new RegistrationProtocol.AppliedAs(
                            MembershipReader.statement(json, "statement"), json.integer("start"));
                case PINNED ->
                    new PeerListProtocol.Pinned(NodeId.parse(json.text("seed")), PublicKey.parse(json.text("key")));
                case ENTRY ->
                    new StateProtocol.Learnt(
                            StateJson.entry(json), json.has("learntMicros") ? json.whole("learntMicros") : 0);
                case DISMISSED -> new MembershipProtocol.Dismissed(NodeId.parse(json.text("member")));
                default -> throw new WireException("'" + kind + "' is not a kind of fact");
            };
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }
}
