package dev.hearsay.wire;

import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;

/** Facts about membership as JSON, for stores: a kind, what it is about, and a body. */
public final class FactJson {

    /** What a store keeps. A later row of the same kind and subject takes the place of an earlier one. */
    public record Row(String kind, String subject, String body) {}

    private static final String VOTED = "voted";
    private static final String CERTIFIED = "certified";
    private static final String APPLIED = "applied";
    private static final String PINNED = "pinned";

    private FactJson() {}

    /**
     * The row of a fact about membership.
     *
     * @throws IllegalArgumentException if it is about something else
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
            default -> throw new IllegalArgumentException("not about membership: " + fact);
        };
    }

    /** The fact of a row. */
    public static Fact read(String kind, String body) throws WireException {
        JsonObject json = JsonObject.parse(body);
        try {
            return switch (kind) {
                case VOTED -> new Fact.VotedYes(MembershipReader.statement(json, "statement"));
                case CERTIFIED -> new Fact.Certified(MembershipReader.certificate(json.object("certificate")));
                case APPLIED -> new Fact.Applied(MembershipReader.statement(json, "statement"), json.integer("start"));
                case PINNED -> new Fact.Pinned(NodeId.parse(json.text("seed")), PublicKey.parse(json.text("key")));
                default -> throw new WireException("'" + kind + "' is not a kind of fact");
            };
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }
}
