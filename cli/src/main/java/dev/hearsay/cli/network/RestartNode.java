package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.HostStop;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.live.host.HostStatus;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.wire.WireException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart-node",
        description = "Start a node again, whether it runs, was removed, or its process was killed; it catches up.")
@Manual(
        examples = {"gossip restart-node 9"},
        exitCodes = {
            ExitCode.DONE,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.NO_SUCH_NODE,
            ExitCode.TAKEN
        })
public final class RestartNode extends NetworkCommand {

    @Parameters(paramLabel = "NODE", converter = NodeArgument.Converter.class, description = NodeArgument.HELP)
    private NodeArgument node;

    public RestartNode(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        try (NetworkLock _ = NetworkLock.take(running().directory())) {
            LiveNetwork network = running();
            NodeName name = nameOf(network, node);
            NetworkFile.Entry old = network.find(name);
            var entry = new NetworkFile.Entry(name, old.address(), old.neighbours(), false);
            NodeChange.write(network, entry);
            boolean isAbsent = old.removed() && network.file().seeded() == null;
            if (isAbsent) {
                // Told first: a node takes links from members only.
                network.tellMembers("/admit", entry.address());
            }
            Runnable undo = () -> {
                NodeChange.write(network, old);
                if (isAbsent) {
                    network.tellMembers("/dismiss", entry.address());
                }
            };
            try (Progress progress = progress()) {
                if (network.file().processes()) {
                    restartProcess(name, progress, undo);
                } else {
                    restartHere(network, entry);
                }
            } catch (RuntimeException e) {
                undo.run();
                throw e;
            }
            print(NodeChange.report(
                    entry, "running", Contact.called(name.toString()) + " is running at " + entry.address() + "."));
        }
        return ExitCode.DONE;
    }

    private void restartProcess(NodeName name, Progress progress, Runnable undo) throws InterruptedException {
        // Read again, as the description has just been changed.
        LiveNetwork network = running();
        Optional<HostFile> host = network.liveHostOf(name);
        if (host.isPresent()) {
            network.order(host.get(), "/nodes/" + name + "/stop").post("{}");
            HostStop.all(List.of(host.get()), h -> stop(network, h));
        }
        new HostProcesses(network.directory(), network.file(), console().environment())
                .start(
                        List.of(name.toString()),
                        "Starting " + (name.isSeed() ? "seed " : "node ") + name,
                        progress,
                        undo);
    }

    private static void stop(LiveNetwork network, HostFile host) {
        try {
            network.order(host, "/stop").post("{}");
        } catch (Failure ignored) {
            // Signals do it then.
        }
    }

    private void restartHere(LiveNetwork network, NetworkFile.Entry entry) {
        HostFile host = network.liveHosts().getFirst();
        NodeName name = entry.node();
        Optional<String> state = stateOf(network, host, name);
        if (state.isEmpty()) {
            // Its host was started when the node was removed already, and has never heard of it.
            network.order(host, "/nodes").post(AddNode.order(network, entry));
            return;
        }
        if (!state.get().equals("stopped")) {
            network.order(host, "/nodes/" + name + "/stop").post("{}");
        }
        network.order(host, "/nodes/" + name + "/start").post("{}");
    }

    private Optional<String> stateOf(LiveNetwork network, HostFile host, NodeName name) {
        try {
            return HostStatus.read(network.order(host, "/status").get()).nodes().stream()
                    .filter(node -> node.node().equals(name))
                    .map(HostStatus.One::state)
                    .findFirst();
        } catch (WireException e) {
            throw Failure.failed(
                    "The network's process answered something that makes no sense: " + e.getMessage() + ".", "", e);
        }
    }
}
