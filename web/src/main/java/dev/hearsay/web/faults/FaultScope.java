package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultControl;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.http.Problem;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which nodes faults can be about, what they are called, and who carries it out; asked on the loop, as the picture is. */
final class FaultScope {

    private final FaultAccess access;
    private final NetworkModel picture;

    FaultScope(FaultAccess access, NetworkModel picture) {
        this.access = access;
        this.picture = picture;
    }

    /** Why nothing can be done; null if it can. */
    @Nullable
    Problem bar() {
        return access instanceof FaultAccess.Barred(String why, String hint) ? Problem.forbidden(why, hint) : null;
    }

    /** Whoever carries it out at nodes. */
    FaultControl control(List<NodeId> nodes) {
        return switch (access) {
            case FaultAccess.OfNetwork(FaultControl control, String option) -> control;
            case FaultAccess.OfNodes(Function<List<NodeId>, FaultControl> controls) -> controls.apply(nodes);
            case FaultAccess.Barred barred -> throw new IllegalStateException(barred.why());
        };
    }

    /** The node that the page has this number for. */
    NodeId address(int index) throws FaultException {
        if (index < 0 || index >= picture.nodes().size()) {
            throw new FaultException(FaultException.Code.NO_SUCH_NODE, "there is no node with the index " + index);
        }
        return picture.nodes().get(index).address;
    }

    /** All nodes but those that were removed. */
    List<NodeId> present() {
        return picture.nodes().stream()
                .filter(node -> !node.isRemoved())
                .map(node -> node.address)
                .toList();
    }

    /** Those that report. */
    List<NodeId> running() {
        long now = picture.nowMicros();
        return picture.nodes().stream()
                .filter(node -> node.isRunning(now))
                .map(node -> node.address)
                .toList();
    }

    /** The running nodes that a fault touches. */
    List<NodeId> touched(LiveFault fault) {
        return running().stream().filter(fault::touches).toList();
    }

    /** What nodes are called: by their names as far as those are of one node each. */
    Function<NodeId, String> names() {
        Map<String, Integer> counts = new HashMap<>();
        picture.nodes().forEach(node -> counts.merge(node.name(), 1, Integer::sum));
        return address -> {
            NodeModel node = picture.node(address);
            return node == null || node.name().isEmpty() || counts.getOrDefault(node.name(), 0) > 1
                    ? address.toString()
                    : node.name();
        };
    }

    /** The command that does the same. */
    String command(FaultRequest wish, List<NodeId> touched) {
        boolean isByAddress = access instanceof FaultAccess.OfNodes;
        return FaultLine.write(wish.fault(), wish.forNanos(), isByAddress ? NodeId::toString : names())
                + where(touched);
    }

    /** How a command about these nodes says where they are, with a space before it; empty if it need not. */
    String where(List<NodeId> nodes) {
        return access instanceof FaultAccess.OfNetwork(FaultControl control, String option)
                ? option
                : nodes.stream().map(NodeId::toString).collect(Collectors.joining(",", " --at ", ""));
    }
}
