package dev.hearsay.live.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Machine;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.node.Seed;
import dev.hearsay.core.node.SeedSpec;
import java.util.List;

/** What a node is in its network, and all it needs to be that. */
public sealed interface MachineSpec {

    /**
     * It gossips.
     *
     * @param members all nodes of a static network; a peer of a network with seeds learns them by itself
     * @param neighbours at its start, sorted
     */
    record Gossiping(NodeSpec spec, List<NodeId> members, List<NodeId> neighbours) implements MachineSpec {}

    /** It is a seed: it decides with others who is a member. */
    record Deciding(SeedSpec spec) implements MachineSpec {}

    /** The protocol's state machine. */
    default Machine machine(NodeId self, Context context, List<Fact> remembered) {
        return switch (this) {
            case Gossiping(NodeSpec spec, List<NodeId> members, List<NodeId> neighbours) ->
                new Node(spec, self, members, neighbours, context, remembered);
            case Deciding(SeedSpec spec) -> new Seed(spec, self, context, remembered);
        };
    }
}
