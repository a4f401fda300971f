package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recordings, version 1: lines of JSON, those of events as {@link TraceJson} has them. Not thread-safe. */
public final class RecordingJson {

    /** What the first line of a recording says it is. */
    public static final String FORMAT = "hearsay recording";

    private static final int VERSION = 1;

    private final MessageJson messages = new MessageJson();
    private final MessageReader reader = new MessageReader();

    /** One line, without a line break. */
    public String write(RecordingLine line) {
        if (line instanceof RecordingLine.Told(TraceJson.Line told)) {
            return TraceJson.write(told.atMicros(), told.node(), told.event());
        }
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            writeFields(line, json);
            json.writeEndObject();
        });
    }

    private void writeFields(RecordingLine line, JsonGenerator json) throws IOException {
        switch (line) {
            case RecordingLine.Header(String network, long atMicros) -> {
                json.writeStringField("format", FORMAT);
                json.writeStringField("network", network);
                json.writeNumberField("at", atMicros);
            }
            case RecordingLine.Settings settings -> writeFields(settings, json);
            case RecordingLine.UnknownSettings unknown ->
                throw new IllegalArgumentException("what could not be read cannot be written");
            case RecordingLine.Began began -> {
                json.writeNumberField("began", began.life());
                json.writeStringField("node", began.node().toString());
                json.writeStringField("name", began.name());
                json.writeNumberField("settings", began.settings());
                json.writeStringField("randomSeed", StateJson.hex(began.randomSeed()));
                PublicKey key = began.key();
                if (key != null) {
                    json.writeStringField("key", key.toString());
                }
                TraceJson.nodes("neighbours", began.neighbours(), json);
                json.writeNumberField("remembered", began.remembered());
            }
            case RecordingLine.Remembered(NodeId node, var fact) -> {
                json.writeStringField("node", node.toString());
                RecordedFactJson.write(fact, messages, json);
            }
            case RecordingLine.Step step -> writeFields(step, json);
            case RecordingLine.Told told -> throw new IllegalArgumentException("signals are lines of the trace");
            case RecordingLine.Missing(NodeId node, int life, String name, long entries) -> {
                json.writeNumberField("missing", entries);
                json.writeStringField("node", node.toString());
                json.writeStringField("name", name);
                json.writeNumberField("life", life);
            }
            case RecordingLine.End(long lines) -> json.writeNumberField("end", lines);
        }
    }

    private static void writeFields(RecordingLine.Settings settings, JsonGenerator json) throws IOException {
        json.writeNumberField("settings", settings.number());
        if (settings.node() != null) {
            json.writeFieldName("gossiping");
            SettingsJson.write(settings.node(), json);
            TraceJson.nodes("members", settings.members(), json);
        } else if (settings.seed() != null) {
            json.writeFieldName("deciding");
            SettingsJson.write(settings.seed(), json);
        }
    }

    private void writeFields(RecordingLine.Step step, JsonGenerator json) throws IOException {
        json.writeNumberField("at", step.atMicros());
        json.writeStringField("node", step.node().toString());
        json.writeNumberField("nanos", step.nanos());
        InputJson.write(step.input(), messages, json);
        RecordingLine.Answers answers = step.answers();
        if (!answers.wallMicros().isEmpty()) {
            json.writeArrayFieldStart("wall");
            for (long micros : answers.wallMicros()) {
                json.writeNumber(micros);
            }
            json.writeEndArray();
        }
        if (!answers.signed().isEmpty()) {
            json.writeArrayFieldStart("signed");
            for (Signature signature : answers.signed()) {
                json.writeBinary(signature.toBytes());
            }
            json.writeEndArray();
        }
        if (!answers.valid().isEmpty()) {
            json.writeArrayFieldStart("valid");
            for (boolean isValid : answers.valid()) {
                json.writeBoolean(isValid);
            }
            json.writeEndArray();
        }
        if (step.hasFailed()) {
            json.writeBooleanField("failed", true);
        }
        if (step.told() > 0) {
            json.writeNumberField("told", step.told());
        }
        if (!step.sent().isEmpty()) {
            json.writeArrayFieldStart("sent");
            for (String sent : step.sent()) {
                json.writeString(sent);
            }
            json.writeEndArray();
        }
        json.writeStringField("digest", step.digest());
    }

    /**
     * Reads a line of a recording or a trace.
     *
     * @throws WireException with one sentence for people, whatever is wrong
     */
    public RecordingLine read(String line) throws WireException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Message message = null;
        try (JsonParser parser = Json.FACTORY.createParser(line)) {
            MessageJson.expect(parser.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("message") && token == JsonToken.START_OBJECT) {
                    message = reader.message(parser);
                } else {
                    fields.put(name, JsonObject.value(parser));
                }
            }
            MessageJson.expect(parser.nextToken() == null, "something follows the JSON object");
        } catch (JsonProcessingException e) {
            throw new WireException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
        JsonObject json = new JsonObject(fields);
        if (json.has("signal")) {
            return new RecordingLine.Told(TraceJson.read(json));
        }
        if (json.whole("v") != VERSION) {
            throw new VersionException("a recording", json.whole("v"), VERSION);
        }
        try {
            return read(json, message);
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RecordingLine read(JsonObject json, @Nullable Message message) throws WireException {
        if (json.has("input")) {
            return step(json, message);
        } else if (json.has("began")) {
            return new RecordingLine.Began(
                    TraceJson.node(json, "node"),
                    json.integer("began"),
                    json.text("name"),
                    json.integer("settings"),
                    MessageReader.hex(json.text("randomSeed"), "randomSeed"),
                    json.has("key") ? PublicKey.parse(json.text("key")) : null,
                    TraceJson.nodes(json, "neighbours"),
                    json.integer("remembered"));
        } else if (json.has("fact")) {
            return new RecordingLine.Remembered(TraceJson.node(json, "node"), RecordedFactJson.read(json, message));
        } else if (json.has("settings")) {
            return settings(json);
        } else if (json.has("missing")) {
            return new RecordingLine.Missing(
                    TraceJson.node(json, "node"), json.integer("life"), json.text("name"), json.whole("missing"));
        } else if (json.has("end")) {
            return new RecordingLine.End(json.whole("end"));
        } else if (json.has("format") && json.text("format").equals(FORMAT)) {
            return new RecordingLine.Header(json.text("network"), json.whole("at"));
        }
        throw new WireException("neither a signal nor a line of a recording");
    }

    /** Versions of the program may differ in their settings; all else of a recording makes sense without them. */
    private static RecordingLine settings(JsonObject json) throws WireException {
        int number = json.integer("settings");
        List<NodeId> members = json.has("members") ? TraceJson.nodes(json, "members") : List.of();
        try {
            return new RecordingLine.Settings(
                    number,
                    json.has("gossiping") ? SettingsJson.node(json.object("gossiping")) : null,
                    members,
                    json.has("deciding") ? SettingsJson.seed(json.object("deciding")) : null);
        } catch (WireException | IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            return new RecordingLine.UnknownSettings(number, members, why.startsWith("'") ? "setting " + why : why);
        }
    }

    private static RecordingLine.Step step(JsonObject json, @Nullable Message message) throws WireException {
        List<Signature> signed = new ArrayList<>();
        for (String signature : json.has("signed") ? json.texts("signed") : List.<String>of()) {
            signed.add(Signature.of(Base64.getDecoder().decode(signature)));
        }
        return new RecordingLine.Step(
                json.whole("at"),
                TraceJson.node(json, "node"),
                json.whole("nanos"),
                InputJson.read(json, message),
                new RecordingLine.Answers(
                        json.has("wall") ? json.wholes("wall") : List.of(),
                        signed,
                        json.has("valid") ? json.flags("valid") : List.of()),
                json.has("failed") && json.flag("failed"),
                json.has("told") ? json.integer("told") : 0,
                json.has("sent") ? json.texts("sent") : List.of(),
                json.text("digest"));
    }
}
