package dev.hearsay.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes all findings of a run as one JSON file, for programs. */
public final class ResultsFile {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private ResultsFile() {}

    /** Writes the file, anew after each section, so that what an interrupted run has found is kept. */
    public static void write(Path file, boolean quick, double loadBefore, List<Findings> all) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(file))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("at", Instant.now().toString());
            json.writeBooleanField("quick", quick);
            json.writeFieldName("machine");
            value(json, MachineInfo.facts());
            json.writeNumberField("loadBefore", loadBefore);
            json.writeNumberField("loadAfter", MachineInfo.load());
            json.writeObjectFieldStart("sections");
            for (Findings findings : all) {
                json.writeObjectFieldStart(findings.section());
                json.writeFieldName("rows");
                value(json, findings.rows());
                json.writeArrayFieldStart("targets");
                for (Target target : findings.targets()) {
                    json.writeStartObject();
                    json.writeStringField("what", target.what());
                    json.writeFieldName("value");
                    value(json, target.value());
                    json.writeStringField("wanted", target.direction().name().equals("AT_MOST") ? "<=" : ">=");
                    json.writeFieldName("limit");
                    value(json, target.limit());
                    json.writeStringField("unit", target.unit());
                    json.writeBooleanField("reached", target.isReached());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    value(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case Collection<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    value(json, element);
                }
                json.writeEndArray();
            }
            case Double number -> {
                // JSON has no word for what could not be measured but null.
                if (Double.isFinite(number)) {
                    json.writeNumber(number);
                } else {
                    json.writeNull();
                }
            }
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            default -> json.writeString(value.toString());
        }
    }
}
