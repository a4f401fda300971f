package dev.hearsay.core.node;

import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.spread.Spreading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which protocols a node runs, and how they are set. One spec serves all nodes of a network.
 *
 * @param antiEntropy null to leave it out, which only a simulation that studies eager spreading alone wants
 * @param heartbeats null to leave them out: links then stay as they are
 */
public record NodeSpec(
        Spreading.Settings spreading,
        Retention retention,
        AntiEntropy.@Nullable Settings antiEntropy,
        Heartbeats.@Nullable Settings heartbeats) {

    private static final long RELAY_NANOS = 100_000_000L;
    private static final int PAYLOAD_BYTES_MAX = 1 << 20;

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public NodeSpec(
            Spreading.Settings spreading,
            Retention retention,
            AntiEntropy.@Nullable Settings antiEntropy,
            Heartbeats.@Nullable Settings heartbeats) {
        this.spreading = Objects.requireNonNull(spreading, "spreading");
        this.retention = Objects.requireNonNull(retention, "retention");
        this.antiEntropy = antiEntropy;
        this.heartbeats = heartbeats;
    }

    /** What a live network runs unless told otherwise: paths traced, payloads up to 1 MiB, every safety net in place. */
    public static NodeSpec of(SpreadSpec rule) {
        return new NodeSpec(
                new Spreading.Settings(rule, 1, RELAY_NANOS, true, PAYLOAD_BYTES_MAX),
                Retention.DEFAULT,
                AntiEntropy.Settings.DEFAULT,
                Heartbeats.Settings.DEFAULT);
    }
}
