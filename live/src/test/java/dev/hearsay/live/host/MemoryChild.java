package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process with a host that runs until somebody kills it: arguments are a directory and the ports of its nodes, each of which is linked to four others. */
public final class MemoryChild {

    private MemoryChild() {}

    public static void main(String[] arguments) throws Exception {
        List<NodeId> nodes = Arrays.stream(arguments)
                .skip(1)
                .map(port -> new NodeId("127.0.0.1", Integer.parseInt(port)))
                .toList();
        List<HostOptions.Member> members = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            List<NodeId> neighbours = new ArrayList<>();
            for (int step : new int[] {1, 2}) {
                neighbours.add(nodes.get((i + step) % nodes.size()));
                neighbours.add(nodes.get((i + nodes.size() - step) % nodes.size()));
            }
            members.add(new HostOptions.Member(i + 1, nodes.get(i), neighbours));
        }
        Path directory = Path.of(arguments[0]);
        HostLog.toFile(directory.resolve("child.log"));
        Host host = Host.start(HostOptions.inMemory(members).withData(directory));
        System.out.println("ready");
        host.awaitStopped();
    }
}
