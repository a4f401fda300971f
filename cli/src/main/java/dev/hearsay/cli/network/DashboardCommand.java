package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.base.Tokens;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.profile.Places;
import dev.hearsay.live.transport.TransportException;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.web.recordings.RecordingAccess;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "dashboard", description = "Show a network in the browser, as it happens, until Ctrl-C.")
@Manual(
        examples = {
            "gossip dashboard # your network, on http://127.0.0.1:8080",
            "gossip dashboard --port 9000 --read-only",
            "gossip dashboard --nodes node1:7000,node2:7000 # any nodes; the other members are found through them",
            "GOSSIP_TOKEN=secret gossip dashboard --bind 0.0.0.0 # for others too; whoever has the token may send"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.TAKEN})
public final class DashboardCommand extends GossipCommand {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = NetworkDirectory.DEFAULT_NAME,
            description = "Which network, if there are several (default: ${DEFAULT-VALUE}).")
    private String network;

    @Option(
            names = "--nodes",
            paramLabel = "LIST",
            split = ",",
            description = "The addresses of nodes, seeds too, instead of a network of yours.")
    private @Nullable List<String> nodes;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the page is (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Listen there (default: ${DEFAULT-VALUE}); 0.0.0.0 is everywhere, and then sending needs the"
                    + " token in GOSSIP_TOKEN.")
    private String bind;

    @Option(names = "--read-only", description = "Only show; nobody can send messages.")
    private boolean isReadOnly;

    @Spec
    private CommandSpec spec;

    public DashboardCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        NodeId listener = PageService.listener(bind, port);
        Optional<NodeId> own =
                isPlain() ? LiveNetwork.running(console(), network).dashboard() : Optional.empty();
        if (own.isPresent()) {
            console().out().println(DashboardOption.note(own.get()) + " The network serves it itself.");
            return ExitCode.DONE;
        }
        Optional<String> token = Tokens.find(console(), null);
        var options = new DashboardOptions(
                nodes == null ? network : "",
                watched(),
                listener,
                isReadOnly,
                token.orElse(null),
                faults(token),
                nodes == null ? recordingsOf(console(), network) : RecordingAccess.OF_OTHERS);
        return PageService.serve(
                console(), "The dashboard", "Choose another address with --bind IP.", () -> Dashboard.start(options));
    }

    /** Serves the dashboard of a network whose nodes are processes of their own, until it is ended with them. */
    static int serveBeside(Console console, NetworkDirectory directory, NetworkFile file)
            throws IOException, InterruptedException {
        NodeId listener = file.dashboard().orElseThrow();
        String name = directory.name();
        List<NodeId> nodes =
                file.present().stream().map(NetworkFile.Entry::address).toList();
        try (Dashboard page = Dashboard.start(new DashboardOptions(
                name, nodes, listener, false, null, faultsOf(console, name), recordingsOf(console, name)))) {
            Runtime.getRuntime().addShutdownHook(new Thread(page::close, "stop"));
            directory.write(HostFile.ofThisProcess(HostFile.DASHBOARD, 0, "", List.of(), Instant.now(), listener));
            page.awaitClosed();
        } catch (TransportException e) {
            throw DashboardOption.taken(e);
        }
        return ExitCode.DONE;
    }

    private static FaultAccess faultsOf(Console console, String network) {
        return new FaultAccess.OfNetwork(DashboardFaults.of(console, network), LiveNetwork.option(network));
    }

    private static RecordingAccess recordingsOf(Console console, String network) {
        return new RecordingAccess.OfNetwork(new KeptByNetwork(console, network), network, LiveNetwork.option(network));
    }

    /** Whether nothing is asked for that the dashboard of the network itself may not be. */
    private boolean isPlain() {
        var given = spec.commandLine().getParseResult();
        return nodes == null && Stream.of("--port", "--bind", "--read-only").noneMatch(given::hasMatchedOption);
    }

    private FaultAccess faults(Optional<String> token) {
        if (nodes == null) {
            return faultsOf(console(), network);
        }
        return token.<FaultAccess>map(
                        secret -> new FaultAccess.OfNodes(addresses -> DashboardFaults.at(addresses, secret)))
                .orElse(FaultAccess.WITHOUT_TOKEN);
    }

    /** The nodes to begin with. */
    private List<NodeId> watched() {
        if (nodes == null) {
            return LiveNetwork.running(console(), network).file().present().stream()
                    .map(NetworkFile.Entry::address)
                    .toList();
        }
        List<NodeId> addresses = new ArrayList<>();
        for (String text : nodes) {
            if (!text.isBlank() && Places.find(parse(text.strip()), addresses).isEmpty()) {
                addresses.add(parse(text.strip()));
            }
        }
        if (addresses.isEmpty()) {
            throw Failure.usage("--nodes names no node.", "Such as: --nodes 127.0.0.1:7001");
        }
        return addresses;
    }

    private static NodeId parse(String text) {
        try {
            return NodeId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of(e), "");
        }
    }
}
