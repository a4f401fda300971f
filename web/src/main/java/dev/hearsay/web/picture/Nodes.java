package dev.hearsay.web.picture;

import dev.hearsay.core.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes by address and by index. There is room for so many; then those of whom nobody has spoken for longest give up their indices, and none that is heard. */
final class Nodes {

    /** Who was spoken of within this time keeps its index, so that a list of very many names moves nobody. */
    static final long KEPT_MICROS = 60_000_000;

    private static final long CHOICE_MICROS = 1_000_000;

    private final int max;
    private final Map<NodeId, NodeModel> byAddress = new HashMap<>();
    private final List<NodeModel> byIndex = new ArrayList<>();
    private final Set<NodeModel> yielding = new LinkedHashSet<>();
    private long chosenMicros = Long.MIN_VALUE;

    Nodes(int max) {
        this.max = max;
    }

    List<NodeModel> all() {
        return Collections.unmodifiableList(byIndex);
    }

    @Nullable
    NodeModel find(NodeId address) {
        return byAddress.get(address);
    }

    /** Somebody has spoken of it. */
    void named(NodeModel node, long nowMicros) {
        node.namedMicros = nowMicros;
        yielding.remove(node);
    }

    /** Whether there is room for nodes that have gone already: new ones need some. */
    boolean isRoomForOld() {
        return byIndex.size() < max - max / 10;
    }

    /** Takes a node in; null if there is no room. */
    @Nullable
    NodeModel add(NodeId address, long nowMicros) {
        NodeModel node;
        if (byIndex.size() < max) {
            node = new NodeModel(byIndex.size(), address);
            byIndex.add(node);
        } else if (yielding.isEmpty()) {
            return null;
        } else {
            NodeModel old = yielding.iterator().next();
            yielding.remove(old);
            old.isForgotten = true;
            byAddress.remove(old.address);
            node = new NodeModel(old.index, address);
            byIndex.set(old.index, node);
        }
        node.namedMicros = nowMicros;
        byAddress.put(address, node);
        return node;
    }

    /** Chooses a tenth of all to be forgotten, or fewer; at most once a second. They stay until their indices are needed. */
    Set<NodeModel> choose(long nowMicros) {
        if (chosenMicros != Long.MIN_VALUE && nowMicros - chosenMicros < CHOICE_MICROS) {
            return Set.of();
        }
        chosenMicros = nowMicros;
        byIndex.stream()
                .filter(node -> !node.isConnected && nowMicros - node.namedMicros >= KEPT_MICROS)
                .sorted(Comparator.comparingLong(node -> node.namedMicros))
                .limit(Math.max(1, max / 10))
                .forEach(yielding::add);
        return yielding;
    }
}
