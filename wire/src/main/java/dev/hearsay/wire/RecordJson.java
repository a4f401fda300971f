package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON and back, by the names of their components: the one place where a file, a request or an answer becomes a
 * record. Lists are arrays, maps objects, enums words like {@code antiEntropy}, and what is of any other type is its text. What is written
 * otherwise is said once, when a format is made:
 *
 * <pre>{@code
 * private static final RecordJson JSON = new RecordJson()
 *         .text(NodeName.class, NodeName::parse)
 *         .absent(HostFile.class, "dashboard", null)
 *         .oneOf(LiveFault.class, "fault", "a kind of fault");
 * }</pre>
 *
 * <p>Needs reflection, and so is nothing for what is compiled to JavaScript; nor for messages between nodes, which have a faster way. Thread-safe once made.
 */
public final class RecordJson {

    /** Without any rules beside the usual ones. */
    public static final RecordJson PLAIN = new RecordJson();

    /** Reads a value from its text; what is wrong is said by any {@link IllegalArgumentException}. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws WireException;
    }

    /** Writes a value, or the fields of one. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    /** Reads a value from the object whose field it is, or whose fields are its own. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(JsonObject json) throws WireException;
    }

    /** How a component is written otherwise than by its name. */
    static final class Rule {
        /** Its name in JSON; null for the component's. */
        @Nullable
        String field;

        /** Another name, which earlier versions wrote; null if there is none. */
        @Nullable
        String older;

        boolean isOptional;

        /** Whether it is left out if it is {@code missing}. */
        boolean isOmitted;

        @Nullable
        Object missing;

        /** Whether its fields stand among those of its record. */
        boolean isInline;

        /** Its fields, if they are written and read by hand; they are inline. */
        @Nullable
        Handmade handmade;

        /** Its text, if it is written as one. */
        @Nullable
        Text<?> text;
    }

    /** How a value is a string. */
    record Text<T>(Function<T, String> writer, Parser<? extends T> parser) {
        @SuppressWarnings("unchecked")
        String of(Object value) {
            return writer.apply((T) value);
        }
    }

    /** What has fields that are written and read by hand. */
    record Handmade(Writer<Object> writer, Reader<?> reader) {}

    // By names of components; no key is a record, as the hash of one takes 20 ms at the start of a program.
    private final Map<Class<?>, Map<String, Rule>> rules = new HashMap<>();
    private final Map<Class<?>, Text<?>> texts = new HashMap<>();
    private final Map<Class<?>, Handmade> handmade = new HashMap<>();
    private final Map<Class<?>, Variants> variants = new HashMap<>();
    private final Map<Class<?>, RecordShape> shapes = new ConcurrentHashMap<>();

    public RecordJson() {
        text(NodeId.class, NodeId::parse);
        text(RumorId.class, RumorId::parse);
        text(PublicKey.class, PublicKey::parse);
        text(Instant.class, Instant::parse);
        text(Path.class, Path::of);
    }

    // --- Rules -------------------------------------------------------------------------------------------------------

    /** Values of the type are strings, as {@link Object#toString} has them. */
    public <T> RecordJson text(Class<T> type, Parser<? extends T> parser) {
        return text(type, Object::toString, parser);
    }

    /** Values of the type are strings. */
    public <T> RecordJson text(Class<T> type, Function<T, String> writer, Parser<? extends T> parser) {
        texts.put(type, new Text<>(writer, parser));
        return this;
    }

    /** The component is a string. Like all rules about a component, this may name an interface of its record. */
    public <T> RecordJson text(Class<?> type, String component, Function<T, String> writer, Parser<T> parser) {
        rule(type, component).text = new Text<>(writer, parser);
        return this;
    }

    /** The component has another name in JSON. */
    public RecordJson named(Class<?> type, String component, String field) {
        rule(type, component).field = field;
        return this;
    }

    /** Earlier versions wrote the component under another name. */
    public RecordJson older(Class<?> type, String component, String field) {
        rule(type, component).older = field;
        return this;
    }

    /** A component of this value is left out, and one that is missing has it. */
    public RecordJson absent(Class<?> type, String component, @Nullable Object value) {
        rule(type, component).isOmitted = true;
        return usual(type, component, value);
    }

    /** These components are left out where they are null. */
    public RecordJson nullable(Class<?> type, String... components) {
        for (String component : components) {
            absent(type, component, null);
        }
        return this;
    }

    /** A component that is missing has this value; it is always written. */
    public RecordJson usual(Class<?> type, String component, @Nullable Object value) {
        Rule rule = rule(type, component);
        rule.isOptional = true;
        rule.missing = value;
        return this;
    }

    /** The fields of the components stand among those of their record. */
    public RecordJson inline(Class<?> type, String... components) {
        for (String component : components) {
            rule(type, component).isInline = true;
        }
        return this;
    }

    /** The fields of that type are written and read by hand. */
    @SuppressWarnings("unchecked")
    public <T> RecordJson fields(Class<T> type, Writer<? super T> writer, Reader<? extends T> reader) {
        handmade.put(type, new Handmade((Writer<Object>) writer, reader));
        return this;
    }

    /** The component is one or more fields of its record, which are written and read by hand. */
    @SuppressWarnings("unchecked")
    public <T> RecordJson fields(Class<?> type, String component, Writer<T> writer, Reader<T> reader) {
        rule(type, component).handmade = new Handmade((Writer<Object>) (Writer<?>) writer, reader);
        return this;
    }

    /**
     * A sealed type, whose records are told apart by a word: that of {@code AntiEntropyRound} is {@code antiEntropyRound}.
     *
     * @param field that has the word
     * @param noun what the word is, as errors say: {@code a kind of fault}
     */
    public RecordJson oneOf(Class<?> type, String field, String noun) {
        variants.put(type, new Variants(type, field, noun));
        return this;
    }

    /** A record of a sealed type has another word. */
    public RecordJson word(Class<?> sealed, Class<?> type, String word) {
        Objects.requireNonNull(variants.get(sealed), "not told apart by a word").put(type, word);
        return this;
    }

    private Rule rule(Class<?> type, String component) {
        return rules.computeIfAbsent(type, t -> new HashMap<>()).computeIfAbsent(component, c -> new Rule());
    }

    /** The rule for a component of the record, or of an interface that it implements; null if there is none. */
    @Nullable
    Rule find(Class<?> type, String component) {
        Rule rule = rules.getOrDefault(type, Map.of()).get(component);
        for (Class<?> above : type.getInterfaces()) {
            rule = rule == null ? find(above, component) : rule;
        }
        return rule;
    }

    // --- Writing -----------------------------------------------------------------------------------------------------

    /** The value on one line, without a line break. */
    public String line(Object value) {
        return Json.line(json -> write(value, json));
    }

    /** The value on several lines, as files that people open have it. */
    public String pretty(Object value) {
        return Json.pretty(json -> write(value, json));
    }

    /** Writes a value. */
    public void write(@Nullable Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            // JSON has no word for what could not be measured but null.
            case Double number when !Double.isFinite(number) -> json.writeNull();
            case Double number -> json.writeNumber(number);
            case Ranges ranges -> Json.numbers(json, ranges.toBounds());
            case Enum<?> word -> json.writeString(Variants.word(word));
            case Collection<?> list -> {
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
            default -> {
                Text<?> text = among(texts, value.getClass());
                if (text != null) {
                    json.writeString(text.of(value));
                } else if (!(value instanceof Record) && among(handmade, value.getClass()) == null) {
                    json.writeString(value.toString());
                } else {
                    json.writeStartObject();
                    writeFields(value, json);
                    json.writeEndObject();
                }
            }
        }
    }

    /** Writes the fields of an object, for a place where it has begun. */
    public void writeFields(Object value, JsonGenerator json) throws IOException {
        Class<?> type = value.getClass();
        Variants sealed = among(variants, type);
        if (sealed != null) {
            json.writeStringField(sealed.field(), sealed.word(type));
        }
        Handmade fields = among(handmade, type);
        if (fields == null) {
            shape(type).writeFields(value, json);
        } else {
            fields.writer.write(value, json);
        }
    }

    /** What the record is made of, in the order of its components. */
    public List<@Nullable Object> values(Record record) {
        return shape(record.getClass()).values(record);
    }

    // --- Reading -----------------------------------------------------------------------------------------------------

    /**
     * Reads an object.
     *
     * @throws WireException with one sentence for people
     */
    public <T> T read(Class<T> type, String json) throws WireException {
        return read(type, JsonObject.parse(json));
    }

    /** The same from UTF-8. */
    public <T> T read(Class<T> type, byte[] utf8) throws WireException {
        return read(type, JsonObject.parse(utf8));
    }

    /** The same of what is parsed. */
    public <T> T read(Class<T> type, JsonObject json) throws WireException {
        try {
            return type.cast(readFields(type, json));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What has these fields, among which there may be others. */
    Object readFields(Class<?> type, JsonObject json) throws WireException {
        Handmade fields = handmade.get(type);
        if (fields != null) {
            return fields.reader.read(json);
        }
        Variants sealed = variants.get(type);
        return sealed == null ? shape(type).read(json) : readFields(sealed.type(json), json);
    }

    /** How values of the type are strings; null if they are not. */
    @Nullable
    Text<?> text(Class<?> type) {
        return texts.get(type);
    }

    private RecordShape shape(Class<?> type) {
        return shapes.computeIfAbsent(type, t -> new RecordShape(t, this));
    }

    /** What the map has for the type, or else for an interface that it implements. */
    private static <T> @Nullable T among(Map<Class<?>, T> map, Class<?> type) {
        T found = map.get(type);
        for (Class<?> above : type.getInterfaces()) {
            found = found == null ? among(map, above) : found;
        }
        return found;
    }
}
