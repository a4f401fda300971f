package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that publishes without end, and says on its standard output what was acknowledged, until somebody kills it. */
public final class CrashChild {

    private CrashChild() {}

    /** Two linked nodes, at these ports, in this directory. */
    static HostOptions options(Path directory, int firstPort, int secondPort) {
        NodeId first = new NodeId("127.0.0.1", firstPort);
        NodeId second = new NodeId("127.0.0.1", secondPort);
        return HostOptions.inMemory(List.of(
                        new HostOptions.Member(1, first, List.of(second)),
                        new HostOptions.Member(2, second, List.of(first))))
                .withData(directory);
    }

    public static void main(String[] arguments) throws Exception {
        HostLog.toFile(Path.of(arguments[0], "child.log"));
        Host host = Host.start(
                options(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            HostedNode node = host.node(1 + i % 2);
            int publisher = i;
            publishers.add(Thread.ofPlatform().start(() -> publish(node, publisher)));
        }
        for (Thread publisher : publishers) {
            publisher.join();
        }
    }

    private static void publish(HostedNode node, int publisher) {
        for (int i = 0; ; i++) {
            String text = "message " + publisher + "-" + i;
            String id = node.publish(text.getBytes(UTF_8))
                    .toCompletableFuture()
                    .join()
                    .toString();
            System.out.println(node.number() + " " + id + " .");
        }
    }
}
