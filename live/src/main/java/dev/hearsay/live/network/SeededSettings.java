package dev.hearsay.live.network;

import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.state.State;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;

/**
 * How the peers and seeds of a network are set, as far as people choose it.
 *
 * @param alpha exponent of the weights by which neighbours are drawn
 * @param neighbours how many are drawn; 0 for half of all and one more
 * @param gossipNanos how often a peer publishes a message of its own
 * @param gossipMessages how many such messages in the life of a peer; 0 for none
 * @param pingNanos how often a peer looks whether its neighbours are alive
 * @param suspectAfter silent looks after which it suspects one
 * @param silentAfter silent looks after which it gives up the link
 * @param peersPerHost how many peers of one host may be members; 0 for any number, {@link #USUAL} for any number on loopback and 64 elsewhere
 * @param secret what a peer must bring to be registered; empty for nothing
 */
public record SeededSettings(
        Profile profile,
        double alpha,
        int neighbours,
        long gossipNanos,
        int gossipMessages,
        long pingNanos,
        int suspectAfter,
        int silentAfter,
        int peersPerHost,
        String secret) {
    /** The usual number of peers per host. */
    public static final int USUAL = -1;

    /** What people get who choose nothing. */
    public static SeededSettings of(Profile profile) {
        return new SeededSettings(
                profile,
                PowerLawDraw.Settings.DEFAULT.alpha(),
                PowerLawDraw.Settings.DEFAULT.picks(),
                Generator.Settings.DEFAULT.intervalNanos(),
                // The system that this profile follows sends what people type, and nothing else.
                profile == Profile.CLASSIC ? 0 : Generator.Settings.DEFAULT.messages(),
                Heartbeats.Settings.DEFAULT.intervalNanos(),
                Heartbeats.Settings.DEFAULT.suspectAfter(),
                Heartbeats.Settings.DEFAULT.silentAfter(),
                USUAL,
                "");
    }

    /** The same with another secret. */
    public SeededSettings withSecret(String newSecret) {
        return new SeededSettings(
                profile,
                alpha,
                neighbours,
                gossipNanos,
                gossipMessages,
                pingNanos,
                suspectAfter,
                silentAfter,
                peersPerHost,
                newSecret);
    }

    /** The same with another number of peers per host. */
    public SeededSettings withPeersPerHost(int number) {
        return new SeededSettings(
                profile,
                alpha,
                neighbours,
                gossipNanos,
                gossipMessages,
                pingNanos,
                suspectAfter,
                silentAfter,
                number,
                secret);
    }

    /**
     * What the peers run.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message says which
     */
    public NodeSpec peers(SeedConfig config) {
        NodeSpec usual = NodeSpec.seeded(config.seeds());
        Registration.Settings registration = Registration.Settings.DEFAULT;
        return new NodeSpec(
                new NodeSpec.Membership.Seeded(
                        config.seeds(),
                        new Registration.Settings(
                                profile.everySeed(),
                                registration.retryNanos(),
                                registration.retryNanosMax(),
                                registration.refreshNanos(),
                                secret),
                        new PowerLawDraw.Settings(alpha, neighbours),
                        Suspicions.Settings.DEFAULT,
                        new Generator.Settings(gossipNanos, gossipMessages)),
                usual.spreading(),
                usual.retention(),
                usual.antiEntropy(),
                new Heartbeats.Settings(pingNanos, suspectAfter, silentAfter),
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
    }

    /** What the seeds run. */
    public SeedSpec seeds(SeedConfig config) {
        SeedSpec usual = SeedSpec.of(config.seeds());
        Admission.Rules open = usual.admission();
        int loopback = peersPerHost == USUAL ? open.peersPerLoopback() : peersPerHost;
        int elsewhere = peersPerHost == USUAL ? open.peersPerHost() : peersPerHost;
        return new SeedSpec(
                config.seeds(),
                usual.voting(),
                new Admission.Rules(elsewhere, loopback, open.requestsPerHost(), open.refillNanos(), secret),
                usual.syncNanos());
    }
}
