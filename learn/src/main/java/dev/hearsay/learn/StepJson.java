package dev.hearsay.learn;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.Message;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.sim.Observer;
import dev.hearsay.sim.Stepper;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.TraceJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steps as JSON. The fields are documented in docs/learn.md. */
final class StepJson {

    private static final long NANOS_PER_MICRO = 1000;

    private final Stepper stepper;
    private final List<NodeSnapshot> snapshots;
    private final StepRecorder recorder;
    private final MessageJson messages = new MessageJson();

    StepJson(Stepper stepper, List<NodeSnapshot> snapshots, StepRecorder recorder) {
        this.stepper = stepper;
        this.snapshots = snapshots;
        this.recorder = recorder;
    }

    String step(Stepper.Event event, @Nullable Topic about, long numberBefore, int step, Lesson lesson) {
        return Json.line(out -> {
            begin(kind(event), step, lesson, out);
            if (about != null) {
                out.writeStringField("about", about.toString());
            }
            writeEvent(event, out);
            if (event.fault() != null) {
                out.writeStringField("words", event.fault().option() + " " + event.fault());
            }
            writeOutcome(numberBefore, out);
            out.writeEndObject();
        });
    }

    String intervention(PlacedIntervention placed, long numberBefore, int step, Lesson lesson) {
        return Json.line(out -> {
            begin("intervention", step, lesson, out);
            out.writeStringField("intervention", placed.text());
            writeOutcome(numberBefore, out);
            out.writeEndObject();
        });
    }

    /** An intervention of the text that cannot be done. */
    String refusal(PlacedIntervention placed, String why, int step, Lesson lesson) {
        return Json.line(out -> {
            begin("refused", step, lesson, out);
            out.writeStringField("intervention", placed.text());
            out.writeStringField("words", "'" + placed + "' cannot be done: " + why);
            out.writeEndObject();
        });
    }

    /** A step in which nothing happens to any node. */
    String remark(String kind, String words, int step, Lesson lesson) {
        return Json.line(out -> {
            begin(kind, step, lesson, out);
            out.writeStringField("words", words);
            out.writeEndObject();
        });
    }

    private void begin(String kind, int step, Lesson lesson, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("step", step);
        out.writeNumberField("event", lesson.events());
        out.writeNumberField("micros", stepper.progress().simulatedNanos() / NANOS_PER_MICRO);
        out.writeStringField("kind", kind);
        out.writeStringField("phase", lesson.phase());
        out.writeBooleanField("done", lesson.isDone());
    }

    private String kind(Stepper.Event event) {
        return switch (event.kind()) {
            case STARTS -> "started";
            case DELIVERS -> stepper.isPaused(event.node()) ? "waits" : isLost() ? "lost" : "delivered";
            case FIRES -> stepper.isPaused(event.node()) ? "waits" : "timer";
            case FAULT -> "fault";
            case PUBLISHES -> "command";
            case SAVED -> "saved";
            case CHECKS -> "checked";
        };
    }

    /** Nobody was there to take the message that came. */
    private boolean isLost() {
        return recorder.lost.stream().anyMatch(lost -> lost.why() == Observer.Loss.DOWN);
    }

    private void writeEvent(Stepper.Event event, JsonGenerator out) throws IOException {
        if (event.node() >= 0) {
            out.writeStringField("node", name(event.node()));
        }
        if (event.from() >= 0) {
            out.writeStringField("from", name(event.from()));
        }
        Message message = event.message();
        if (message != null) {
            out.writeFieldName("message");
            out.writeStartObject();
            out.writeNumberField("number", event.number());
            writeContent(message, out);
            out.writeEndObject();
        }
        if (event.timer() != null) {
            out.writeStringField("timer", MessageWords.of(event.timer()));
        }
    }

    private void writeContent(Message message, JsonGenerator out) throws IOException {
        out.writeStringField("words", MessageWords.of(message));
        out.writeFieldName("content");
        out.writeRawValue(new String(messages.write(message), StandardCharsets.UTF_8));
    }

    /** What was told, sent, lost and changed. */
    private void writeOutcome(long numberBefore, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("signals");
        for (StepRecorder.Told told : recorder.told) {
            out.writeStartObject();
            out.writeStringField("words", EventWords.of(told.event()));
            out.writeFieldName("trace");
            out.writeRawValue(TraceJson.write(micros(), stepper.name(told.node()), told.event()));
            out.writeEndObject();
        }
        out.writeEndArray();
        writeAhead("sent", numberBefore, out);
        out.writeArrayFieldStart("lost");
        for (StepRecorder.Lost lost : recorder.lost) {
            out.writeStartObject();
            out.writeStringField("from", name(lost.from()));
            out.writeStringField("to", name(lost.to()));
            out.writeStringField("why", why(lost.why()));
            writeContent(lost.message(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
        writeChanges(out);
    }

    private static String why(Observer.Loss loss) {
        return switch (loss) {
            case CHANCE -> "the network lost it";
            case CUT -> "the link is cut";
            case DOWN -> "nobody is there";
            case DROPPED -> "it was dropped on purpose";
        };
    }

    private void writeChanges(JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("changed");
        for (int number : recorder.touched) {
            NodeSnapshot snapshot = snapshots.get(number);
            Map<String, List<String>> before = snapshot.seen();
            Map<String, List<String>> after = snapshot.look();
            if (!before.equals(after)) {
                out.writeStartObject();
                out.writeStringField("node", name(number));
                writeDifference("before", before, after, out);
                writeDifference("after", after, before, out);
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    /** Those of one look that are not in the other, or not the same there. */
    private static void writeDifference(
            String name, Map<String, List<String>> look, Map<String, List<String>> other, JsonGenerator out)
            throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, List<String>> entry : look.entrySet()) {
            if (!entry.getValue().equals(other.get(entry.getKey()))) {
                write(entry, out);
            }
        }
        out.writeEndObject();
    }

    private static void write(Map.Entry<String, List<String>> entry, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(entry.getKey());
        for (String word : entry.getValue()) {
            out.writeString(word);
        }
        out.writeEndArray();
    }

    void writeSnapshot(NodeSnapshot snapshot, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("node", snapshot.self().toString());
        for (Map.Entry<String, List<String>> entry : snapshot.look().entrySet()) {
            write(entry, out);
        }
        out.writeEndObject();
    }

    String ahead() {
        return Json.line(out -> {
            out.writeStartObject();
            writeAhead("ahead", 0, out);
            out.writeEndObject();
        });
    }

    /** What is to come and was added from that number on. */
    private void writeAhead(String name, long since, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (Stepper.Event event : stepper.ahead()) {
            if (event.number() >= since && (event.message() != null || event.timer() != null)) {
                out.writeStartObject();
                out.writeNumberField("number", event.number());
                out.writeNumberField("arrives", event.atNanos() / NANOS_PER_MICRO);
                out.writeStringField("to", name(event.node()));
                if (event.from() >= 0) {
                    out.writeStringField("from", name(event.from()));
                }
                if (event.message() != null) {
                    writeContent(event.message(), out);
                } else if (event.timer() != null) {
                    out.writeStringField("timer", MessageWords.of(event.timer()));
                }
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private long micros() {
        return stepper.progress().simulatedNanos() / NANOS_PER_MICRO;
    }

    private String name(int number) {
        return stepper.name(number).toString();
    }
}
