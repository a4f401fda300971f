package dev.hearsay.live;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.live.host.HostOptions;
import java.util.ArrayList;
import java.util.List;

/** Networks for tests, on free ports. */
public final class Network {

    private Network() {}

    /** So many nodes, linked as the spec says. */
    public static List<HostOptions.Member> of(int nodes, String topology) {
        Graph graph = Overlays.build(OverlaySpec.parse(topology), nodes, new Random64(7))
                .graph();
        List<NodeId> addresses = Ports.free(nodes);
        List<HostOptions.Member> members = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<NodeId> neighbours = new ArrayList<>();
            for (int i = 0; i < graph.degree(node); i++) {
                neighbours.add(addresses.get(graph.neighbour(node, i)));
            }
            members.add(new HostOptions.Member(node + 1, addresses.get(node), neighbours));
        }
        return members;
    }
}
