package dev.hearsay.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.wire.Json;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as JSON, by the names of their components. */
public final class RecordJson {

    private RecordJson() {}

    /** One line of JSON, without a line break. */
    public static String of(Object value) {
        return Json.line(json -> write(value, json));
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Iterable<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.writeFieldName(entry.getKey().toString());
                    write(entry.getValue(), json);
                }
                json.writeEndObject();
            }
            case Record record -> {
                json.writeStartObject();
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    json.writeFieldName(component.getName());
                    write(valueOf(component, record), json);
                }
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }

    static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
