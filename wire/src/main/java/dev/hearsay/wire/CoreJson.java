package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.state.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How records of core stand in stores, traces and recordings; messages are there as they are on the wire. */
final class CoreJson {

    /** Facts as stores have them, each in a row of its kind. */
    static final RecordJson STORE = values();

    /** Events of the trace, to be read: {@link TraceJson} writes them, in browsers as well. */
    static final RecordJson TRACE = events(values());

    private static final ThreadLocal<MessageJson> MESSAGES = ThreadLocal.withInitial(MessageJson::new);

    /** Lines of recordings. */
    static final RecordJson RECORDING = lines(settings(facts(inputs(values()))));

    private CoreJson() {}

    // --- Values ------------------------------------------------------------------------------------------------------

    private static RecordJson values() {
        return new RecordJson()
                .text(NodeId.class, TraceJson::address)
                .text(Signature.class, CoreJson::base64, CoreJson::signature)
                .text(Statement.class, "peer", NodeId::toString, NodeId::parse)
                .fields(Entry.class, StateJson::entryFields, StateJson::entry)
                .inline(StateProtocol.Learnt.class, "entry")
                .absent(StateProtocol.Learnt.class, "learntMicros", 0L);
    }

    static String base64(Signature signature) {
        return Base64.getEncoder().encodeToString(signature.toBytes());
    }

    static Signature signature(String base64) {
        return Signature.of(Base64.getDecoder().decode(base64));
    }

    private static RecordJson events(RecordJson json) {
        return json.named(TraceJson.Line.class, "atMicros", "at")
                .inline(TraceJson.Line.class, "event")
                .oneOf(Event.class, "signal", "a signal")
                .word(Event.class, SuspicionProtocol.SuspicionDecided.class, TraceJson.SUSPICION_DECIDED)
                .named(SuspicionProtocol.SuspicionDecided.class, "witnesses", "jurors")
                .usual(AntiEntropyProtocol.OwnLost.class, "keys", 0L)
                .inline(Event.class, "stamp");
    }

    // --- Inputs ------------------------------------------------------------------------------------------------------

    private static RecordJson inputs(RecordJson json) {
        return json.oneOf(Input.class, "input", "an input")
                .inline(Input.class, "timer", "command", "fact")
                .fields(Input.class, "message", CoreJson::message, CoreJson::message)
                .oneOf(Timer.class, "timer", "a timer")
                .word(Timer.class, SuspicionProtocol.SuspicionTimeout.class, "juryEnd")
                .word(Timer.class, DeclarationProtocol.DeclareRound.class, "declare")
                .named(Timer.class, "generation", "number")
                .named(Timer.class, "round", "number")
                .named(Timer.class, "attempt", "number")
                .named(Timer.class, "registration", "statement")
                .oneOf(Command.class, "command", "a command")
                .fields(Command.class, "payload", CoreJson::bytes, CoreJson::bytes)
                .fields(Command.class, "value", CoreJson::bytes, CoreJson::bytes);
    }

    private static void message(Message message, JsonGenerator json) throws IOException {
        json.writeFieldName("message");
        json.writeRawValue(new String(MESSAGES.get().write(message), StandardCharsets.UTF_8));
    }

    /** The message, which was read with the line. */
    private static Message message(JsonObject json) throws WireException {
        if (json.find("message") instanceof Message message) {
            return message;
        }
        throw new WireException("'message' is missing");
    }

    static void bytes(byte[] bytes, JsonGenerator json) throws IOException {
        if (MessageWriter.isBestAsText(bytes)) {
            json.writeStringField("text", new String(bytes, StandardCharsets.UTF_8));
        } else {
            json.writeBinaryField("base64", bytes);
        }
    }

    private static byte[] bytes(JsonObject json) throws WireException {
        return json.has("text")
                ? Utf8.encode(json.text("text"), "text")
                : Base64.getDecoder().decode(json.text("base64"));
    }

    // --- Facts -------------------------------------------------------------------------------------------------------

    /** Rumors are the messages that carry them, and what stores have as JSON is as there. */
    private static RecordJson facts(RecordJson json) {
        json.oneOf(Fact.class, "fact", "a kind of fact")
                .inline(Fact.class, "origin")
                .named(Origin.class, "node", "origin")
                .text(Origin.class, "epoch", StateJson::hex, text -> MessageReader.hex(text, "epoch"))
                // On the wire every rumor has made at least one hop; its origin's own has made none.
                .<RelayedRumor>fields(
                        RumorProtocol.Accepted.class,
                        "carried",
                        (own, out) ->
                                message(new RumorProtocol.Gossip(new RelayedRumor(own.rumor(), 1, List.of())), out),
                        in -> new RelayedRumor(carried(in).rumor(), 0, List.of()))
                .<RelayedRumor>fields(
                        Fact.class,
                        "carried",
                        (rumor, out) -> message(new RumorProtocol.Gossip(rumor), out),
                        CoreJson::carried)
                .nullable(StateProtocol.Wrote.class, "previous");
        FactJson.TYPES.forEach((kind, type) -> kept(type, kind, json));
        return json;
    }

    private static <F extends Fact> void kept(Class<F> type, String kind, RecordJson json) {
        json.word(Fact.class, type, kind).fields(type, CoreJson::row, in -> STORE.read(type, in.object("row")));
    }

    private static void row(Object fact, JsonGenerator json) throws IOException {
        json.writeFieldName("row");
        STORE.write(fact, json);
    }

    private static RelayedRumor carried(JsonObject json) throws WireException {
        if (json.find("message") instanceof RumorProtocol.Gossip(RelayedRumor carried)) {
            return carried;
        }
        throw new WireException("'message' must be a GOSSIP");
    }

    // --- Settings ----------------------------------------------------------------------------------------------------

    /** Settings are flat records, written by the names of their components, so that a new one cannot be forgotten here. */
    private static RecordJson settings(RecordJson json) {
        return json.text(SpreadSpec.class, SpreadSpec::parse)
                .text(Registration.Settings.class, "secret", CoreJson::secret, text -> text)
                .text(Admission.Rules.class, "secret", CoreJson::secret, text -> text)
                // Recordings of earlier versions lack them.
                .usual(Retention.class, "overheadBytes", Retention.DEFAULT.overheadBytes())
                .usual(State.Settings.class, "clockSkewMicros", State.Settings.DEFAULT.clockSkewMicros())
                .fields(NodeSpec.class, "membership", CoreJson::seeded, CoreJson::seeded)
                .nullable(NodeSpec.class, "antiEntropy", "heartbeats")
                .named(NodeSpec.Membership.Seeded.class, "suspicions", "jury")
                .nullable(NodeSpec.Membership.Seeded.class, "generator")
                .fields(NodeSpec.Membership.Seeded.class, "seeds", CoreJson::seeds, CoreJson::seeds)
                .fields(SeedSpec.class, "seeds", CoreJson::seeds, CoreJson::seeds);
    }

    private static String secret(String secret) {
        return JoinSecret.word(secret, secret);
    }

    private static void seeded(NodeSpec.Membership membership, JsonGenerator json) throws IOException {
        if (membership instanceof NodeSpec.Membership.Seeded) {
            json.writeFieldName("seeded");
            RECORDING.write(membership, json);
        }
    }

    private static NodeSpec.Membership seeded(JsonObject json) throws WireException {
        return json.has("seeded")
                ? RECORDING.read(NodeSpec.Membership.Seeded.class, json.object("seeded"))
                : new NodeSpec.Membership.Static();
    }

    /** A seed, with its key unless that is learnt at first contact. */
    private record Seeds(List<One> seeds) {
        private record One(NodeId seed, @Nullable PublicKey key) {}
    }

    private static final RecordJson SEEDS =
            new RecordJson().text(NodeId.class, TraceJson::address).nullable(Seeds.One.class, "key");

    private static void seeds(Map<NodeId, @Nullable PublicKey> seeds, JsonGenerator json) throws IOException {
        List<Seeds.One> all = new ArrayList<>();
        seeds.forEach((seed, key) -> all.add(new Seeds.One(seed, key)));
        SEEDS.writeFields(new Seeds(all), json);
    }

    private static Map<NodeId, @Nullable PublicKey> seeds(JsonObject json) throws WireException {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        for (Seeds.One each : SEEDS.read(Seeds.class, json).seeds()) {
            seeds.put(each.seed(), each.key());
        }
        return seeds;
    }

    // --- Lines of recordings -----------------------------------------------------------------------------------------

    private static RecordJson lines(RecordJson json) {
        return json.named(RecordingLine.class, "atMicros", "at")
                .named(RecordingLine.Settings.class, "number", "settings")
                .named(RecordingLine.Settings.class, "node", "gossiping")
                .named(RecordingLine.Settings.class, "seed", "deciding")
                .nullable(RecordingLine.Settings.class, "node", "seed")
                .absent(RecordingLine.Settings.class, "members", List.of())
                .absent(RecordingJson.Members.class, "members", List.of())
                .named(RecordingLine.Began.class, "life", "began")
                .text(
                        RecordingLine.Began.class,
                        "randomSeed",
                        StateJson::hex,
                        text -> MessageReader.hex(text, "randomSeed"))
                .nullable(RecordingLine.Began.class, "key")
                .inline(RecordingLine.Remembered.class, "fact")
                .inline(RecordingLine.Step.class, "input", "answers")
                .named(RecordingLine.Step.class, "hasFailed", "failed")
                .absent(RecordingLine.Step.class, "hasFailed", false)
                .absent(RecordingLine.Step.class, "told", 0)
                .absent(RecordingLine.Step.class, "sent", List.of())
                .named(RecordingLine.Answers.class, "wallMicros", "wall")
                .absent(RecordingLine.Answers.class, "wallMicros", List.of())
                .absent(RecordingLine.Answers.class, "signed", List.of())
                .absent(RecordingLine.Answers.class, "valid", List.of())
                .named(RecordingLine.Missing.class, "entries", "missing")
                .named(RecordingLine.End.class, "lines", "end");
    }
}
