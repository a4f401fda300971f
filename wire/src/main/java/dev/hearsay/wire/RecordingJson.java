package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recordings, version 1: lines of JSON, those of events as {@link TraceJson} has them. Not thread-safe. */
public final class RecordingJson {

    /** What the first line of a recording says it is. */
    public static final String FORMAT = "hearsay recording";

    private static final int VERSION = 1;

    private final MessageReader reader = new MessageReader();

    /** One line, without a line break. */
    public String write(RecordingLine line) {
        if (line instanceof RecordingLine.Told(TraceJson.Line told)) {
            return TraceJson.write(told.atMicros(), told.node(), told.event());
        }
        return Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            if (line instanceof RecordingLine.Header) {
                json.writeStringField("format", FORMAT);
            }
            CoreJson.RECORDING.writeFields(line, json);
            if (line instanceof RecordingLine.Settings settings
                    && settings.node() != null
                    && settings.members().isEmpty()) {
                Json.texts("members", List.of(), json);
            }
            json.writeEndObject();
        });
    }

    /**
     * Reads a line of a recording or a trace.
     *
     * @throws WireException with one sentence for people, whatever is wrong
     */
    public RecordingLine read(String line) throws WireException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        ReadingBudget budget = new ReadingBudget(line.length());
        reader.begin(budget);
        try (JsonParser parser = Json.FACTORY.createParser(line)) {
            MessageJson.expect(parser.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                boolean isMessage = name.equals("message") && token == JsonToken.START_OBJECT;
                fields.put(name, isMessage ? reader.message(parser) : JsonObject.value(parser, budget));
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
        return read(json);
    }

    private static RecordingLine read(JsonObject json) throws WireException {
        if (json.has("settings") && !json.has("began")) {
            return settings(json);
        }
        return CoreJson.RECORDING.read(type(json), json);
    }

    private static Class<? extends RecordingLine> type(JsonObject json) throws WireException {
        if (json.has("input")) {
            return RecordingLine.Step.class;
        } else if (json.has("began")) {
            return RecordingLine.Began.class;
        } else if (json.has("fact")) {
            return RecordingLine.Remembered.class;
        } else if (json.has("missing")) {
            return RecordingLine.Missing.class;
        } else if (json.has("end")) {
            return RecordingLine.End.class;
        } else if (json.has("format") && json.text("format").equals(FORMAT)) {
            return RecordingLine.Header.class;
        }
        throw new WireException("neither a signal nor a line of a recording");
    }

    /** Versions of the program may differ in their settings; all else of a recording makes sense without them. */
    private static RecordingLine settings(JsonObject json) throws WireException {
        try {
            return CoreJson.RECORDING.read(RecordingLine.Settings.class, json);
        } catch (WireException e) {
            String why = e instanceof FieldException field
                    ? "setting " + field.atItsPlace()
                    : String.valueOf(e.getMessage());
            return new RecordingLine.UnknownSettings(
                    json.integer("settings"),
                    CoreJson.RECORDING.read(Members.class, json).members(),
                    why);
        }
    }

    record Members(List<NodeId> members) {}
}
