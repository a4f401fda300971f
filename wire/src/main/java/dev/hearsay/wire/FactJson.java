package dev.hearsay.wire;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
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
            case Fact.VotedYes(var statement) ->
                new Row(VOTED, statement.change() + " " + statement.peer(), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.statement("statement", statement, json);
                    json.writeEndObject();
                }));
            case Fact.Certified(var certificate) ->
                new Row(CERTIFIED, certificate.statement().peer().toString(), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.certificate("certificate", certificate, json);
                    json.writeEndObject();
                }));
            case Fact.Applied(var statement, int start) ->
                new Row(APPLIED, Integer.toString(start), Json.line(json -> {
                    json.writeStartObject();
                    MembershipWriter.statement("statement", statement, json);
                    json.writeNumberField("start", start);
                    json.writeEndObject();
                }));
            case Fact.Pinned(NodeId seed, PublicKey key) ->
                new Row(PINNED, seed.toString(), Json.line(json -> {
                    json.writeStartObject();
                    json.writeStringField("seed", seed.toString());
                    json.writeStringField("key", key.toString());
                    json.writeEndObject();
                }));
            case Fact.Wrote(Entry entry, Entry previous) -> entry(entry, 0);
            case Fact.Learnt(Entry entry, long learntMicros) -> entry(entry, learntMicros);
            case Fact.Dismissed(NodeId member) ->
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
            case Fact.Dropped(String key) -> new Row(ENTRY, key, "");
            case Fact.Admitted(NodeId member) -> new Row(DISMISSED, member.toString(), "");
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
                case VOTED -> new Fact.VotedYes(MembershipReader.statement(json, "statement"));
                case CERTIFIED -> new Fact.Certified(MembershipReader.certificate(json.object("certificate")));
                case APPLIED -> new Fact.Applied(MembershipReader.statement(json, "statement"), json.integer("start"));
                case PINNED -> new Fact.Pinned(NodeId.parse(json.text("seed")), PublicKey.parse(json.text("key")));
                case ENTRY ->
                    new Fact.Learnt(StateJson.entry(json), json.has("learntMicros") ? json.whole("learntMicros") : 0);
                case DISMISSED -> new Fact.Dismissed(NodeId.parse(json.text("member")));
                default -> throw new WireException("'" + kind + "' is not a kind of fact");
            };
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }
}
