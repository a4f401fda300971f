package dev.hearsay.web.recordings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.TraceJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lives of a recording that is read: how long it is, whose lives are in it, and which of them can be stepped again. */
public final class RecordedLives {

    private static final class Life {
        final String name;
        final NodeId address;
        final int number;
        final boolean hasBeginning;
        boolean hasGap;
        long inputs;

        Life(String name, NodeId address, int number, boolean hasBeginning) {
            this.name = name;
            this.address = address;
            this.number = number;
            this.hasBeginning = hasBeginning;
        }
    }

    private final List<Life> lives = new ArrayList<>();
    private final Map<NodeId, Life> current = new HashMap<>();
    private long fromMicros = Long.MAX_VALUE;
    private long toMicros;
    private long steps;
    private long events;
    private long gaps;
    private boolean isCutShort;

    /** Takes the next line. */
    public void take(RecordingLine line) {
        switch (line) {
            case RecordingLine.Began began -> begin(new Life(began.name(), began.node(), began.life(), true));
            case RecordingLine.Missing missing -> {
                gaps++;
                Life life = current.get(missing.node());
                if (life == null || life.number != missing.life()) {
                    begin(new Life(missing.name(), missing.node(), missing.life(), false));
                } else {
                    life.hasGap = true;
                }
            }
            case RecordingLine.Step step -> {
                steps++;
                at(step.atMicros());
                Life life = current.get(step.node());
                if (life != null) {
                    life.inputs++;
                }
            }
            case RecordingLine.Told(TraceJson.Line told) -> {
                events++;
                at(told.atMicros());
            }
            case RecordingLine.Header header -> {}
            case RecordingLine.Settings settings -> {}
            case RecordingLine.UnknownSettings settings -> {}
            case RecordingLine.Remembered fact -> {}
            case RecordingLine.End end -> {}
        }
    }

    private void begin(Life life) {
        lives.add(life);
        current.put(life.address, life);
    }

    private void at(long micros) {
        fromMicros = Math.min(fromMicros, micros);
        toMicros = Math.max(toMicros, micros);
    }

    /** The end of the file is missing. */
    public void cutShort() {
        isCutShort = true;
    }

    /** Of how many something is not in the recording, beside its end. */
    public long partial() {
        return lives.stream().filter(life -> !life.hasBeginning || life.hasGap).count();
    }

    void write(JsonGenerator json) throws IOException {
        json.writeNumberField("from", fromMicros);
        json.writeNumberField("to", toMicros);
        json.writeNumberField("steps", steps);
        json.writeNumberField("signals", events);
        json.writeNumberField("gaps", gaps);
        Json.objects("lives", lives, json, life -> {
            json.writeStringField("node", life.name);
            json.writeStringField("address", life.address.toString());
            json.writeNumberField("life", life.number);
            json.writeNumberField("inputs", life.inputs);
            json.writeStringField("missing", missing(life));
        });
    }

    /** What keeps a life from being verified to its end; empty if nothing does. */
    private String missing(Life life) {
        if (!life.hasBeginning) {
            return "its beginning";
        }
        if (life.hasGap) {
            return "something of it";
        }
        // Where its next life is there, its end is.
        return isCutShort && current.get(life.address) == life ? "its end" : "";
    }
}
