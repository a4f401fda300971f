package dev.hearsay.core.node;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.SeedRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a seed is set.
 *
 * @param seeds all configured seeds in the order of the configuration, each with its key, or null where that is learnt at first contact
 * @param syncNanos how often seeds ask each other for what has changed
 */
public record SeedSpec(
        Map<NodeId, @Nullable PublicKey> seeds,
        SeedRegistry.Settings voting,
        Admission.Rules admission,
        long syncNanos) {

    private static final long SYNC_NANOS = 2_000_000_000L;

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public SeedSpec(
            Map<NodeId, @Nullable PublicKey> seeds,
            SeedRegistry.Settings voting,
            Admission.Rules admission,
            long syncNanos) {
        this.seeds = new LinkedHashMap<>(seeds);
        this.voting = voting;
        this.admission = admission;
        this.syncNanos = syncNanos;
    }

    /** What seeds run unless told otherwise. */
    public static SeedSpec of(Map<NodeId, @Nullable PublicKey> seeds) {
        return new SeedSpec(seeds, SeedRegistry.Settings.DEFAULT, Admission.Rules.OPEN, SYNC_NANOS);
    }
}
