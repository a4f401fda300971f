package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultControl;
import java.util.List;
import java.util.function.Function;

/** Through what a dashboard lets things go wrong, and which words of {@code gossip fault} do the same. */
public sealed interface FaultAccess {

    /** Nodes of others, without their token. */
    FaultAccess WITHOUT_TOKEN = new Barred(
            "Nodes take faults only from whoever brings their token, and this dashboard has none.",
            "Start it with the token of the nodes in GOSSIP_TOKEN.");

    /**
     * It may not, or cannot.
     *
     * @param why one sentence
     * @param hint what to do about it
     */
    record Barred(String why, String hint) implements FaultAccess {}

    /**
     * A network of this user, whose processes take orders about all of it.
     *
     * @param option how a command must name the network, with a space before it; empty if it need not
     */
    record OfNetwork(FaultControl control, String option) implements FaultAccess {}

    /**
     * Nodes that take orders over their own ports.
     *
     * @param controls the control of the nodes at these addresses
     */
    record OfNodes(Function<List<NodeId>, FaultControl> controls) implements FaultAccess {}
}
