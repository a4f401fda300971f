package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.membership.SeedRegistry;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How nodes and seeds are set, as recordings have it. Settings are flat records, written by the names of their components, so that a new one cannot be forgotten
 * here.
 */
final class SettingsJson {

    /** Settings that recordings of earlier versions lack. */
    private static final Set<String> ADDED = Set.of("clockSkewMicros", "overheadBytes");

    private SettingsJson() {}

    static void write(NodeSpec spec, JsonGenerator json) throws IOException {
        json.writeStartObject();
        flat("spreading", spec.spreading(), json);
        flat("retention", spec.retention(), json);
        flat("antiEntropy", spec.antiEntropy(), json);
        flat("heartbeats", spec.heartbeats(), json);
        flat("commit", spec.commit(), json);
        flat("state", spec.state(), json);
        if (spec.membership() instanceof NodeSpec.Membership.Seeded seeded) {
            json.writeObjectFieldStart("seeded");
            seeds(seeded.seeds(), json);
            flat("registration", seeded.registration(), json);
            flat("neighbours", seeded.neighbours(), json);
            flat("jury", seeded.suspicions(), json);
            flat("generator", seeded.generator(), json);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static void write(SeedSpec spec, JsonGenerator json) throws IOException {
        json.writeStartObject();
        seeds(spec.seeds(), json);
        flat("voting", spec.voting(), json);
        flat("admission", spec.admission(), json);
        json.writeNumberField("syncNanos", spec.syncNanos());
        json.writeEndObject();
    }

    private static void seeds(Map<NodeId, @Nullable PublicKey> seeds, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("seeds");
        for (Map.Entry<NodeId, @Nullable PublicKey> seed : seeds.entrySet()) {
            json.writeStartObject();
            json.writeStringField("seed", seed.getKey().toString());
            PublicKey key = seed.getValue();
            if (key != null) {
                json.writeStringField("key", key.toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void flat(String name, @Nullable Record settings, JsonGenerator json) throws IOException {
        if (settings == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            switch (value(component, settings)) {
                case Integer number -> json.writeNumberField(component.getName(), number);
                case Long number -> json.writeNumberField(component.getName(), number);
                case Double number -> json.writeNumberField(component.getName(), number);
                case Boolean flag -> json.writeBooleanField(component.getName(), flag);
                // The only texts among settings are join secrets.
                case String secret -> json.writeStringField(component.getName(), JoinSecret.word(secret, secret));
                case SpreadSpec rule -> json.writeStringField(component.getName(), rule.toString());
                default -> throw new IllegalStateException("a setting of no kind that is known: " + component);
            }
        }
        json.writeEndObject();
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are public records", e);
        }
    }

    static NodeSpec node(JsonObject json) throws WireException {
        NodeSpec.Membership membership = new NodeSpec.Membership.Static();
        if (json.has("seeded")) {
            JsonObject seeded = json.object("seeded");
            membership = new NodeSpec.Membership.Seeded(
                    seeds(seeded),
                    flat(seeded, "registration", Registration.Settings.class),
                    flat(seeded, "neighbours", PowerLawDraw.Settings.class),
                    flat(seeded, "jury", Suspicions.Settings.class),
                    seeded.has("generator") ? flat(seeded, "generator", Generator.Settings.class) : null);
        }
        return new NodeSpec(
                membership,
                flat(json, "spreading", Spreading.Settings.class),
                flat(json, "retention", Retention.class),
                json.has("antiEntropy") ? flat(json, "antiEntropy", AntiEntropy.Settings.class) : null,
                json.has("heartbeats") ? flat(json, "heartbeats", Heartbeats.Settings.class) : null,
                flat(json, "commit", Commit.Settings.class),
                flat(json, "state", State.Settings.class));
    }

    static SeedSpec seed(JsonObject json) throws WireException {
        return new SeedSpec(
                seeds(json),
                flat(json, "voting", SeedRegistry.Settings.class),
                flat(json, "admission", Admission.Rules.class),
                json.whole("syncNanos"));
    }

    private static Map<NodeId, @Nullable PublicKey> seeds(JsonObject json) throws WireException {
        Map<NodeId, @Nullable PublicKey> seeds = new LinkedHashMap<>();
        for (JsonObject seed : json.objects("seeds")) {
            seeds.put(TraceJson.node(seed, "seed"), seed.has("key") ? PublicKey.parse(seed.text("key")) : null);
        }
        return seeds;
    }

    private static <R extends Record> R flat(JsonObject json, String name, Class<R> type) throws WireException {
        JsonObject fields = json.object(name);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = ADDED.contains(components[i].getName()) && !fields.has(components[i].getName())
                    ? usual(components[i], type)
                    : value(fields, components[i].getName(), types[i]);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new WireException("'" + name + "': " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are public records", e);
        }
    }

    /** What is assumed of a setting that recordings of earlier versions lack. */
    private static Object usual(RecordComponent component, Class<? extends Record> type) throws WireException {
        try {
            return value(component, (Record) type.getField("DEFAULT").get(null));
        } catch (ReflectiveOperationException e) {
            throw new WireException("'" + component.getName() + "' is missing", e);
        }
    }

    private static Object value(JsonObject fields, String name, Class<?> type) throws WireException {
        if (type == int.class) {
            return fields.integer(name);
        } else if (type == long.class) {
            return fields.whole(name);
        } else if (type == double.class) {
            return fields.number(name);
        } else if (type == boolean.class) {
            return fields.flag(name);
        } else if (type == SpreadSpec.class) {
            return SpreadSpec.parse(fields.text(name));
        }
        return fields.text(name);
    }
}
