package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.ReportingCommand;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "networks", description = "Show all your networks on this machine, running or not.")
@Manual(
        examples = {"gossip networks", "gossip networks -o csv"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE})
public final class Networks extends ReportingCommand {

    /** All of them. */
    record Document(List<Network> networks) {}

    /**
     * One network.
     *
     * @param state running, stopped, died, or damaged if its description cannot be read
     * @param basePort node i listens on this port + i
     * @param seeds how many seeds of its own it has
     * @param ports from the first to the last
     */
    record Network(
            String network,
            String state,
            String topology,
            int nodes,
            int basePort,
            int seeds,
            String ports,
            String directory) {}

    public Networks(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        List<Network> networks = new ArrayList<>();
        var home = NetworkDirectory.home(console().environment());
        for (NetworkDirectory directory : LiveNetwork.reading(() -> NetworkDirectory.list(home))) {
            networks.add(network(directory));
        }
        print(new Report<>(new Document(networks), Network.class, networks, () -> text(networks)));
        return ExitCode.DONE;
    }

    private Network network(NetworkDirectory directory) {
        String path = directory.path().toString();
        Optional<LiveNetwork> network;
        try {
            network = LiveNetwork.find(console(), directory.name());
        } catch (RuntimeException e) {
            return new Network(directory.name(), "damaged", "", 0, 0, 0, "", path);
        }
        if (network.isEmpty()) {
            return new Network(directory.name(), "damaged", "", 0, 0, 0, "", path);
        }
        NetworkFile file = network.get().file();
        String state = network.get().state().name().toLowerCase(Locale.ROOT);
        return new Network(
                directory.name(),
                state,
                file.topology(),
                file.gossiping().size(),
                file.basePort(),
                file.seeds().size(),
                ports(file),
                path);
    }

    /** From the first to the last port of the nodes. */
    private static String ports(NetworkFile file) {
        var ports = file.present().stream()
                .mapToInt(entry -> entry.address().port())
                .summaryStatistics();
        return ports.getMin() + "–" + ports.getMax();
    }

    private static String text(List<Network> networks) {
        if (networks.isEmpty()) {
            return "There are no networks. Start one: gossip start-network\n";
        }
        TextTable table =
                new TextTable().columns("NETWORK", "STATE", "TOPOLOGY", "NODES>", "SEEDS>", "PORTS", "DIRECTORY");
        for (Network network : networks) {
            table.line(
                    network.network(),
                    network.state(),
                    network.topology(),
                    network.nodes(),
                    network.seeds(),
                    network.ports(),
                    network.directory());
        }
        return table.toString();
    }
}
