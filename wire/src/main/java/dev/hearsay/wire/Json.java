package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The one JSON factory of the project, with its limits, and the short way to write an object with it. */
public final class Json {

    /** Deeper nesting than this is not data but an attack on the stack. */
    private static final int DEPTH_MAX = 32;

    /** No number of ours has more digits than a 64-bit one. */
    private static final int DIGITS_MAX = 32;

    /** Strings are bounded by what carries them: a request body, a line, a file. */
    private static final int TEXT_MAX = 64 << 20;

    private static final int NAME_MAX = 256;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(DIGITS_MAX)
                    .maxStringLength(TEXT_MAX)
                    .maxNameLength(NAME_MAX)
                    .build())
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .build();

    private Json() {}

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The value on one line. */
    public static String line(Body body) {
        return write(body, false);
    }

    /** The value on several lines, as files that people open have it. */
    public static String pretty(Body body) {
        return write(body, true) + "\n";
    }

    /** An object of these fields, on one line. */
    public static String object(Body fields) {
        return line(json -> {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        });
    }

    /** Writes one of many. */
    @FunctionalInterface
    public interface Item<T> {
        void write(T item) throws IOException;
    }

    /** Writes a field that is an array, each item in its own way. */
    public static <T> void array(String name, Iterable<? extends T> items, JsonGenerator json, Item<T> each)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            each.write(item);
        }
        json.writeEndArray();
    }

    /** Writes a field that is an array of objects. */
    public static <T> void objects(String name, Iterable<? extends T> items, JsonGenerator json, Item<T> fields)
            throws IOException {
        array(name, items, json, item -> {
            json.writeStartObject();
            fields.write(item);
            json.writeEndObject();
        });
    }

    /** Writes a field that is an array of strings. */
    public static void texts(String name, Iterable<?> items, JsonGenerator json) throws IOException {
        array(name, items, json, item -> json.writeString(item.toString()));
    }

    /** Writes an array of numbers. */
    public static void numbers(JsonGenerator json, long... numbers) throws IOException {
        json.writeArray(numbers, 0, numbers.length);
    }

    private static String write(Body body, boolean isPretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            if (isPretty) {
                json.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            body.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return text.toString();
    }
}
