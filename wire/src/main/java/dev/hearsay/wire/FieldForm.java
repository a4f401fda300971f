package dev.hearsay.wire;

import dev.hearsay.core.math.Ranges;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a field of a type must be in JSON, and how it is read. */
final class FieldForm {

    private enum Kind {
        TEXT(String.class, "a string", "strings"),
        FLAG(Boolean.class, "true or false", "true and false"),
        WHOLE(Long.class, "a whole number", "whole numbers"),
        INTEGER(Long.class, "a whole number", "whole numbers"),
        NUMBER(Number.class, "a number", "numbers"),
        LIST(List.class, "a list of ", "lists of "),
        RANGES(List.class, "a list of whole numbers", "lists of whole numbers"),
        MAP(JsonObject.class, "an object", "objects"),
        OBJECT(JsonObject.class, "an object", "objects");

        private final Class<?> json;
        private final String one;
        private final String many;

        Kind(Class<?> json, String one, String many) {
            this.json = json;
            this.one = one;
            this.many = many;
        }
    }

    private final Kind kind;
    private final Class<?> type;
    private final RecordJson format;
    private final List<FieldForm> arguments = new ArrayList<>();

    FieldForm(Type type, RecordJson format) {
        this.format = format;
        if (type instanceof ParameterizedType generic) {
            this.type = (Class<?>) generic.getRawType();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(new FieldForm(argument, format));
            }
        } else {
            this.type = type instanceof Class<?> plain ? plain : Object.class;
        }
        this.kind = kind();
    }

    private Kind kind() {
        if (type == String.class || type.isEnum() || format.text(type) != null) {
            return Kind.TEXT;
        } else if (type == boolean.class || type == Boolean.class) {
            return Kind.FLAG;
        } else if (type == long.class || type == Long.class) {
            return Kind.WHOLE;
        } else if (type == int.class || type == Integer.class) {
            return Kind.INTEGER;
        } else if (type == double.class || type == Double.class) {
            return Kind.NUMBER;
        } else if (type == Ranges.class) {
            return Kind.RANGES;
        } else if (type == List.class || type == Set.class) {
            return Kind.LIST;
        }
        return type == Map.class ? Kind.MAP : Kind.OBJECT;
    }

    private String one() {
        return kind == Kind.LIST ? kind.one + arguments.getFirst().many() : kind.one;
    }

    private String many() {
        return kind == Kind.LIST ? kind.many + arguments.getFirst().many() : kind.many;
    }

    /** The value, which is not null. */
    Object read(Object value, String field) throws WireException {
        if (!kind.json.isInstance(value)) {
            throw new FieldException(field, "must be " + one());
        }
        return switch (kind) {
            case TEXT -> text((String) value, field);
            case FLAG, WHOLE -> value;
            case INTEGER -> integer((Long) value, field, "");
            case NUMBER -> ((Number) value).doubleValue();
            case LIST -> list((List<?>) value, field);
            case RANGES -> ranges((List<?>) value, field);
            case MAP -> map((JsonObject) value, field);
            case OBJECT -> object((JsonObject) value, field, -1);
        };
    }

    /** One of a list. */
    private Object item(Object value, String field, int index) throws WireException {
        return switch (kind) {
            case INTEGER -> integer((Long) value, field, "a number in ");
            case OBJECT -> object((JsonObject) value, field, index);
            default -> read(value, field);
        };
    }

    private static Integer integer(Long value, String field, String of) throws WireException {
        if (value != value.intValue()) {
            throw new WireException(of + "'" + field + "' is too large: " + value);
        }
        return value.intValue();
    }

    private Object text(String text, String field) throws WireException {
        if (type == String.class) {
            return text;
        }
        RecordJson.Text<?> form = format.text(type);
        if (form != null) {
            return form.parser().parse(text);
        }
        for (Object value : type.getEnumConstants()) {
            if (Variants.word((Enum<?>) value).equals(text)) {
                return value;
            }
        }
        throw new WireException("'" + field + "' cannot be '" + text + "'");
    }

    private Object list(List<?> values, String field) throws WireException {
        FieldForm items = arguments.getFirst();
        List<Object> list = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!items.kind.json.isInstance(value)) {
                throw new FieldException(field, "must be " + one());
            }
            list.add(items.item(value, field, list.size()));
        }
        return type == Set.class ? new LinkedHashSet<>(list) : List.copyOf(list);
    }

    private static Ranges ranges(List<?> bounds, String field) throws WireException {
        long[] numbers = new long[bounds.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(bounds.get(i) instanceof Long bound)) {
                throw new FieldException(field, "must be a list of whole numbers");
            }
            numbers[i] = bound;
        }
        try {
            return Ranges.of(numbers);
        } catch (IllegalArgumentException e) {
            throw new WireException("'" + field + "': " + e.getMessage(), e);
        }
    }

    private Object map(JsonObject object, String field) throws WireException {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (String name : object.names()) {
            Object value = object.find(name);
            if (value == null) {
                throw new FieldException(field + "." + name, "is missing");
            }
            map.put(arguments.getFirst().text(name, field), arguments.getLast().read(value, field + "." + name));
        }
        return map;
    }

    private Object object(JsonObject object, String field, int index) throws WireException {
        try {
            return type == JsonObject.class ? object : format.readFields(type, object);
        } catch (FieldException e) {
            throw e.within(index < 0 ? field : field + "[" + index + "]");
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WireException("'" + field + "': " + e.getMessage(), e);
        }
    }
}
