package dev.hearsay.core.node;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which protocols a node runs, and how they are set. One spec serves all nodes of a network.
 *
 * @param membership who decides who is in
 * @param antiEntropy null to leave it out, which only a simulation that studies eager spreading alone wants
 * @param heartbeats null to leave them out: links then stay as they are
 * @param commit how it becomes known which versions everybody has
 * @param state the limits of the key/value state
 */
public record NodeSpec(
        Membership membership,
        Spreading.Settings spreading,
        Retention retention,
        AntiEntropy.@Nullable Settings antiEntropy,
        Heartbeats.@Nullable Settings heartbeats,
        Commit.Settings commit,
        State.Settings state) {

    private static final long RELAY_NANOS = 100_000_000L;
    private static final int PAYLOAD_BYTES_MAX = 1 << 20;

    /** Who decides who is in. */
    public sealed interface Membership {

        /** Everybody who is on the list that the node is given. */
        record Static() implements Membership {}

        /**
         * A quorum of seeds; the node is a peer.
         *
         * @param seeds all configured seeds, each with its key, or null where that is learnt at first contact
         * @param neighbours whom the peer links to
         * @param generator what it publishes by itself; null for nothing
         */
        record Seeded(
                Map<NodeId, @Nullable PublicKey> seeds,
                Registration.Settings registration,
                PowerLawDraw.Settings neighbours,
                Suspicions.Settings suspicions,
                Generator.@Nullable Settings generator)
                implements Membership {
            // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
            public Seeded(
                    Map<NodeId, @Nullable PublicKey> seeds,
                    Registration.Settings registration,
                    PowerLawDraw.Settings neighbours,
                    Suspicions.Settings suspicions,
                    Generator.@Nullable Settings generator) {
                this.seeds = new LinkedHashMap<>(seeds);
                this.registration = registration;
                this.neighbours = neighbours;
                this.suspicions = suspicions;
                this.generator = generator;
            }
        }
    }

    // Spelled out for the same reason.
    public NodeSpec(
            Membership membership,
            Spreading.Settings spreading,
            Retention retention,
            AntiEntropy.@Nullable Settings antiEntropy,
            Heartbeats.@Nullable Settings heartbeats,
            Commit.Settings commit,
            State.Settings state) {
        this.membership = membership;
        this.spreading = spreading;
        this.retention = retention;
        this.antiEntropy = antiEntropy;
        this.heartbeats = heartbeats;
        this.commit = commit;
        this.state = state;
    }

    /** The same under another membership. */
    private NodeSpec with(Membership other) {
        return new NodeSpec(other, spreading, retention, antiEntropy, heartbeats, commit, state);
    }

    /** The same with another retention. */
    public NodeSpec with(Retention other) {
        return new NodeSpec(membership, spreading, other, antiEntropy, heartbeats, commit, state);
    }

    /** The same with other limits of the key/value state. */
    public NodeSpec with(State.Settings other) {
        return new NodeSpec(membership, spreading, retention, antiEntropy, heartbeats, commit, other);
    }

    /** What a live network runs unless told otherwise: paths traced, payloads up to 1 MiB, every safety net in place. */
    public static NodeSpec of(SpreadSpec rule) {
        return new NodeSpec(
                new Membership.Static(),
                new Spreading.Settings(rule, 1, RELAY_NANOS, true, PAYLOAD_BYTES_MAX),
                Retention.DEFAULT,
                AntiEntropy.Settings.DEFAULT,
                Heartbeats.Settings.DEFAULT,
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
    }

    /** What a peer of a network with these seeds runs unless told otherwise. */
    public static NodeSpec seeded(Map<NodeId, @Nullable PublicKey> seeds) {
        Membership membership = new Membership.Seeded(
                seeds,
                Registration.Settings.DEFAULT,
                PowerLawDraw.Settings.DEFAULT,
                Suspicions.Settings.DEFAULT,
                Generator.Settings.DEFAULT);
        NodeSpec spec = of(new SpreadSpec.Flood());
        return spec.with(membership);
    }
}
