package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as it was read: for files, requests and answers, where convenience counts more than speed. Every accessor
 * says in one sentence what is wrong if the field is missing or of another type.
 */
public final class JsonObject {

    private final Map<String, @Nullable Object> fields;

    JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Reads an object from UTF-8. */
    public static JsonObject parse(byte[] utf8) throws WireException {
        try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
            return parse(parser, new ReadingBudget(utf8.length));
        } catch (JsonProcessingException e) {
            throw new WireException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new WireException("not JSON: " + e.getMessage(), e);
        }
    }

    /** Reads an object from text. */
    public static JsonObject parse(String text) throws WireException {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject parse(JsonParser parser, ReadingBudget budget) throws IOException, WireException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new WireException("not a JSON object");
        }
        JsonObject object = object(parser, budget);
        if (parser.nextToken() != null) {
            throw new WireException("something follows the JSON object");
        }
        return object;
    }

    private static JsonObject object(JsonParser parser, ReadingBudget budget) throws IOException, WireException {
        budget.spend(ReadingBudget.OBJECT);
        @Nullable Object[] pairs = new @Nullable Object[2 * FewFields.MAX];
        int size = 0;
        Map<String, @Nullable Object> many = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            budget.spendOnName(name);
            budget.spend(many == null ? ReadingBudget.FIELD : ReadingBudget.MAP_FIELD);
            parser.nextToken();
            Object value = value(parser, budget);
            int at = 0;
            while (at < size && !name.equals(pairs[at])) {
                at += 2;
            }
            if (many == null && at == pairs.length) {
                budget.spend(FewFields.MAX * ReadingBudget.MAP_FIELD);
                many = new LinkedHashMap<>(new FewFields(pairs));
            }
            if (many != null) {
                many.put(name, value);
                continue;
            }
            pairs[at] = name;
            pairs[at + 1] = value;
            size = Math.max(size, at + 2);
        }
        return new JsonObject(many != null ? many : size == 0 ? Map.of() : new FewFields(Arrays.copyOf(pairs, size)));
    }

    /** The value that begins at the current token. */
    static @Nullable Object value(JsonParser parser, ReadingBudget budget) throws IOException, WireException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return object(parser, budget);
        }
        if (token == JsonToken.START_ARRAY) {
            budget.spend(ReadingBudget.LIST);
            List<@Nullable Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                budget.spend(ReadingBudget.ITEM);
                values.add(value(parser, budget));
            }
            return values;
        }
        return switch (token) {
            case VALUE_STRING -> {
                budget.spend(ReadingBudget.STRING + parser.getTextLength());
                yield parser.getText();
            }
            case VALUE_NUMBER_INT -> {
                boolean isBig = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
                long whole = isBig ? Long.MAX_VALUE : parser.getLongValue();
                budget.spend(whole == (byte) whole ? 0 : ReadingBudget.NUMBER);
                yield isBig ? (Object) parser.getDoubleValue() : (Object) whole;
            }
            case VALUE_NUMBER_FLOAT -> {
                budget.spend(ReadingBudget.NUMBER);
                yield parser.getDoubleValue();
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** The names of the fields, in the order in which they came. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** What the field is; null if it is not there or null. */
    @Nullable
    Object find(String name) {
        return fields.get(name);
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public String text(String name) throws WireException {
        return as(String.class, name, "a string");
    }

    public boolean flag(String name) throws WireException {
        return as(Boolean.class, name, "true or false");
    }

    /** A whole number. */
    public long whole(String name) throws WireException {
        return as(Long.class, name, "a whole number");
    }

    /** A whole number of 32 bits. */
    public int integer(String name) throws WireException {
        long value = whole(name);
        if (value != (int) value) {
            throw new FieldException(name, "is too large: " + value);
        }
        return (int) value;
    }

    /** Any number. */
    public double number(String name) throws WireException {
        return as(Number.class, name, "a number").doubleValue();
    }

    public JsonObject object(String name) throws WireException {
        return as(JsonObject.class, name, "an object");
    }

    public List<JsonObject> objects(String name) throws WireException {
        return list(name, JsonObject.class, "objects");
    }

    public List<String> texts(String name) throws WireException {
        return list(name, String.class, "strings");
    }

    /** A list of whole numbers of 32 bits. */
    public List<Long> wholes(String name) throws WireException {
        return list(name, Long.class, "whole numbers");
    }

    public List<Integer> integers(String name) throws WireException {
        return integers(name, wholes(name));
    }

    /** A list of lists of whole numbers of 32 bits. */
    public List<List<Integer>> integerLists(String name) throws WireException {
        List<List<Integer>> lists = new ArrayList<>();
        for (List<?> values : list(name, List.class, "lists of whole numbers")) {
            lists.add(integers(name, typed(name, values, Long.class, "lists of whole numbers")));
        }
        return lists;
    }

    private static List<Integer> integers(String name, List<Long> values) throws WireException {
        List<Integer> integers = new ArrayList<>();
        for (long value : values) {
            if (value != (int) value) {
                throw new WireException("a number in '" + name + "' is too large: " + value);
            }
            integers.add((int) value);
        }
        return integers;
    }

    private <T> T as(Class<T> type, String name, String what) throws WireException {
        Object value = fields.get(name);
        if (value == null) {
            throw new FieldException(name, "is missing");
        }
        if (!type.isInstance(value)) {
            throw new FieldException(name, "must be " + what);
        }
        return type.cast(value);
    }

    private <T> List<T> list(String name, Class<T> type, String what) throws WireException {
        return typed(name, as(List.class, name, "a list of " + what), type, what);
    }

    private static <T> List<T> typed(String name, List<?> values, Class<T> type, String what) throws WireException {
        List<T> typed = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!type.isInstance(value)) {
                throw new FieldException(name, "must be a list of " + what);
            }
            typed.add(type.cast(value));
        }
        return typed;
    }

    /** The fields in the order in which they came. */
    @Override
    public String toString() {
        return fields.toString();
    }
}
