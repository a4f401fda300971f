package dev.hearsay.bench.process;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.overlay.Overlays;
import dev.hearsay.live.host.HostOptions;
import java.util.List;
import java.util.stream.IntStream;

/** Networks of nodes on free ports, with a random overlay, which is the same every time. */
public final class LoopbackNodes {

    private static final long RANDOM_SEED = 1;

    private LoopbackNodes() {}

    /** So many nodes, each with so many neighbours. */
    public static List<HostOptions.Member> of(int count, int degree) {
        int basePort = PortPicker.freeRange(count);
        List<NodeId> addresses = IntStream.range(basePort, basePort + count)
                .mapToObj(port -> new NodeId("127.0.0.1", port))
                .toList();
        Graph graph = Overlays.build(new OverlaySpec.RandomRegular(degree), count, new Random64(RANDOM_SEED))
                .graph();
        return IntStream.range(0, count)
                .mapToObj(i -> new HostOptions.Member(i + 1, addresses.get(i), graph.neighbours(i, addresses)))
                .toList();
    }
}
