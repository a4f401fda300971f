package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.seeded.LoneNode;
import dev.hearsay.cli.seeded.ServingOptions;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.profile.Places;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "node", description = "Run one node of a static network in the foreground, until Ctrl-C.")
@Manual(
        examples = {
            "gossip node 127.0.0.1:7001 --members 127.0.0.1:7001,127.0.0.1:7002,127.0.0.1:7003 --topology full",
            "gossip node node1:7000 --members node1:7000,node2:7000,node3:7000,node4:7000 --bind 0.0.0.0 --data /data",
            "GOSSIP_MEMBERS=a:7000,b:7000 gossip node a:7000 --topology full # every option can come from the environment"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class NodeCommand extends GossipCommand {

    @Parameters(paramLabel = "ADDRESS", description = "host:port by which the others reach it; one of the members.")
    private String address;

    @Option(
            names = "--members",
            paramLabel = "LIST",
            required = true,
            split = ",",
            description = "The addresses of all nodes, the same for each of them, in any order.")
    private List<String> members;

    @Option(
            names = "--topology",
            paramLabel = "SPEC",
            defaultValue = "random:3",
            description = "random:K (default: random:3), circular, powerlaw, full, grid, small-world:K:P,"
                    + " scale-free:M; the same for each.")
    private String topology;

    @Option(
            names = "--random-seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "The number that decides the topology, the same for each (default: 1).")
    private long randomSeed;

    @Option(
            names = "--spread",
            paramLabel = "SPEC",
            defaultValue = "flood",
            description = "How a node passes a message on: flood (default), or push:K to K random neighbours.")
    private String spread;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where its messages are kept (default: in memory only).")
    private @Nullable Path data;

    @Option(
            names = "--await-neighbours",
            paramLabel = "TIME",
            converter = Spans.class,
            defaultValue = "10s",
            description = "How long to wait for neighbours that start at the same time (default: 10s).")
    private long awaitNanos;

    @Mixin
    private ServingOptions servingOptions;

    public NodeCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        HostOptions options = options();
        HostOptions.Member self = options.nodes().getFirst();
        var door =
                new LoneNode.Door(servingOptions.listener(self.address()), "Choose another address, for all members.");
        new LoneNode(
                        options,
                        List.of(door),
                        servingOptions.token(console()),
                        servingOptions.record(),
                        HostLog::toErrorStream)
                .run(node -> {
                    console()
                            .err()
                            .println("Node " + self.address() + ", one of "
                                    + options.members().size() + ", runs; its neighbours: "
                                    + self.neighbours().stream()
                                            .map(NodeId::toString)
                                            .collect(Collectors.joining(", "))
                                    + ". Ctrl-C stops it.");
                    console().err().flush();
                });
        return ExitCode.DONE;
    }

    /** All that was chosen, checked. */
    private HostOptions options() {
        // Sorted, so that every node numbers them alike, whatever the order in its list.
        List<NodeId> all = members.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(NodeCommand::parse)
                .sorted()
                .toList();
        for (int i = 0; i < all.size(); i++) {
            NodeId other = Places.find(all.get(i), all.subList(0, i)).orElse(null);
            if (other != null) {
                throw Failure.usage(
                        "A member is listed twice in --members, as " + other + " and as " + all.get(i) + ".",
                        "Each address belongs to one node.");
            }
        }
        NodeId given = parse(address);
        // It is called as all the others call it.
        NodeId self = Places.find(given, all).orElse(given);
        int index = all.indexOf(self);
        if (index < 0) {
            throw Failure.usage(
                    "This node, " + self + ", is not one of the members.", "Name it in --members, of all nodes alike.");
        }
        OverlaySpec spec = NetworkPlan.topology(List.of(topology));
        Graph graph = NetworkPlan.draw(spec, all.size(), randomSeed).graph();
        List<NodeId> neighbours = new ArrayList<>();
        for (int i = 0; i < graph.degree(index); i++) {
            neighbours.add(all.get(graph.neighbour(index, i)));
        }
        return servingOptions.applyTo(new HostOptions(
                Integer.toString(index + 1),
                List.of(new HostOptions.Member(index + 1, self, neighbours)),
                all,
                NodeSpec.of(NetworkPlan.spread(spread)),
                spec.toString(),
                data,
                OptionalLong.empty(),
                1,
                false,
                Duration.ofNanos(awaitNanos),
                null,
                HostOptions.Serving.USUAL));
    }

    private static NodeId parse(String text) {
        try {
            return NodeId.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of(e), "");
        }
    }
}
