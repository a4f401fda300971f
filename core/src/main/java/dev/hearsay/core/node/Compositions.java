package dev.hearsay.core.node;

import dev.hearsay.core.Family;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.detect.Suspicions;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.membership.SeedRegistry;
import dev.hearsay.core.membership.SeedSync;
import dev.hearsay.core.membership.StaticMembership;
import dev.hearsay.core.overlay.LinkPolicy;
import dev.hearsay.core.overlay.PowerLawDraw;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Generator;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.List;

/**
 * The table of contents of the protocol: which parts make which machine. Parts are started, and hear events, in the order in which they stand here; what no part takes
 * is named as refused.
 */
final class Compositions {

    /** A node of a static network. */
    static final Composition STATIC_NODE = new Composition(
            "a node of a static network",
            List.of(
                    Spreading.ROLE, // rumors are passed on at once
                    LinkPolicy.ROLE, // whom it is linked to
                    AntiEntropy.ROLE, // what got lost is found
                    Heartbeats.ROLE, // which neighbour is silent
                    StaticMembership.ROLE, // everybody on the list is in
                    Commit.ROLE, // which versions all members have
                    State.ROLE), // keys and values
            List.of(
                    Family.GENERATOR,
                    Family.LIVENESS_CHECKS,
                    Family.DECLARATIONS,
                    Family.SUSPICIONS,
                    Family.REGISTRATION_REQUESTS,
                    Family.REGISTRATION,
                    Family.PEER_LIST_REQUESTS,
                    Family.PEER_LISTS,
                    Family.REMOVAL_REPORTS,
                    Family.REMOVAL_NOTICES,
                    Family.VOTES));

    /** A peer of a network with seeds. */
    static final Composition PEER = new Composition(
            "a peer",
            List.of(
                    Spreading.ROLE,
                    LinkPolicy.ROLE,
                    AntiEntropy.ROLE,
                    Heartbeats.ROLE,
                    Registration.ROLE, // seeds decide who is in
                    Commit.ROLE,
                    State.ROLE,
                    Generator.ROLE, // something to watch
                    Suspicions.ROLE, // witnesses decide who is reported dead
                    PowerLawDraw.ROLE), // whom it links to
            List.of(
                    Family.MEMBERS,
                    Family.REGISTRATION_REQUESTS,
                    Family.PEER_LIST_REQUESTS,
                    Family.REMOVAL_REPORTS,
                    Family.VOTES));

    /** A seed. It gossips nothing. */
    static final Composition SEED = new Composition(
            "a seed",
            List.of(
                    SeedRegistry.ROLE, // examines, votes, certifies
                    SeedSync.ROLE), // keeps the Peer Lists the same
            List.of(
                    Family.RUMORS,
                    Family.GENERATOR,
                    Family.ANTI_ENTROPY,
                    Family.COMMIT,
                    Family.STATE,
                    Family.LINKS,
                    Family.LIVENESS_CHECKS,
                    Family.SUSPICIONS,
                    Family.MEMBERS,
                    Family.REGISTRATION));

    private Compositions() {}

    static Composition of(NodeSpec spec) {
        return switch (spec.membership()) {
            case NodeSpec.Membership.Static() -> STATIC_NODE;
            case NodeSpec.Membership.Seeded seeded -> PEER;
        };
    }
}
