package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The components of a record, looked up once, and how each stands in JSON. */
final class RecordShape {

    private record Part(Method accessor, Class<?> type, FieldForm form, String field, RecordJson.Rule rule) {}

    private final RecordJson format;
    private final Part[] parts;
    private final Constructor<?> constructor;

    RecordShape(Class<?> type, RecordJson format) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type + " is no record, and nothing says how it is read");
        }
        this.format = format;
        this.parts = new Part[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordJson.Rule found = format.find(type, components[i].getName());
            RecordJson.Rule rule = found == null ? new RecordJson.Rule() : found;
            String field = rule.field == null ? components[i].getName() : rule.field;
            types[i] = components[i].getType();
            Method accessor = components[i].getAccessor();
            accessor.setAccessible(true);
            parts[i] = new Part(accessor, types[i], new FieldForm(components[i].getGenericType(), format), field, rule);
        }
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
    }

    void writeFields(Object record, JsonGenerator json) throws IOException {
        for (Part part : parts) {
            Object value = value(part.accessor, record);
            if (!part.rule.isOmitted || !Objects.equals(value, part.rule.missing)) {
                write(value, part, json);
            }
        }
    }

    private void write(@Nullable Object value, Part part, JsonGenerator json) throws IOException {
        RecordJson.Rule rule = part.rule;
        if (value != null && rule.handmade != null) {
            rule.handmade.writer().write(value, json);
        } else if (value != null && rule.isInline) {
            format.writeFields(value, json);
        } else {
            json.writeFieldName(part.field);
            format.write(value == null || rule.text == null ? value : rule.text.of(value), json);
        }
    }

    List<@Nullable Object> values(Object record) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Part part : parts) {
            values.add(value(part.accessor, record));
        }
        return values;
    }

    private static @Nullable Object value(Method accessor, Object record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }

    Object read(JsonObject json) throws WireException {
        @Nullable Object[] values = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = read(parts[i], json);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IllegalStateException("a record could not be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record could not be made", e);
        }
    }

    private @Nullable Object read(Part part, JsonObject json) throws WireException {
        RecordJson.Rule rule = part.rule;
        if (rule.handmade != null) {
            return rule.handmade.reader().read(json);
        } else if (rule.isInline) {
            return format.readFields(part.type, json);
        }
        boolean isOlder = rule.older != null && !json.has(part.field) && json.has(rule.older);
        String field = isOlder && rule.older != null ? rule.older : part.field;
        Object value = json.find(field);
        if (value == null && rule.isOptional) {
            return rule.missing;
        } else if (value == null) {
            throw new FieldException(field, "is missing");
        }
        return rule.text == null
                ? part.form.read(value, field)
                : rule.text.parser().parse(json.text(field));
    }
}
