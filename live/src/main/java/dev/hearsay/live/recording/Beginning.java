package dev.hearsay.live.recording;

import dev.hearsay.core.Fact;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.Registration;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.SeedSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a life of a node began: all that decides what it does, beside its inputs.
 *
 * @param life the number of this life in its process, from 1
 * @param name such as 3 or s1
 * @param node how it is set if it gossips
 * @param members of a static network
 * @param neighbours at its start
 * @param seed how it is set if it is a seed
 * @param key by which others check what it signs
 * @param remembered what its store has kept
 */
public record Beginning(
        NodeId address,
        int life,
        String name,
        @Nullable NodeSpec node,
        List<NodeId> members,
        List<NodeId> neighbours,
        @Nullable SeedSpec seed,
        long randomSeed,
        @Nullable PublicKey key,
        List<Fact> remembered) {

    /** The same without what only its beginning needed. */
    Beginning forgotten() {
        return new Beginning(address, life, name, node, members, neighbours, seed, randomSeed, key, List.of());
    }

    /** The secret by which peers of its network are admitted; empty if there is none. */
    String joinSecret() {
        if (seed != null) {
            Admission.Rules rules = seed.admission();
            return rules.secret();
        }
        if (node != null && node.membership() instanceof NodeSpec.Membership.Seeded seeded) {
            Registration.Settings settings = seeded.registration();
            return settings.secret();
        }
        return "";
    }
}
