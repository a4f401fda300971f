package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostStop;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.output.Report;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(name = "stop-network", description = "Stop all nodes of the network; their messages are kept.")
@Manual(
        examples = {"gossip stop-network", "gossip resume-network # brings it back"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING})
public final class StopNetwork extends NetworkCommand {

    /** What was stopped. */
    record Stopped(String network, String state, int nodes) {}

    public StopNetwork(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        Optional<LiveNetwork> dead =
                LiveNetwork.find(console(), networkName()).filter(network -> network.state() == LiveNetwork.State.DIED);
        if (dead.isPresent()) {
            // The page of a network that died would keep its port.
            stopDashboard(dead.get().directory());
        }
        try (NetworkLock _ = NetworkLock.take(running().directory())) {
            LiveNetwork network = running();
            List<HostFile> hosts = network.liveHosts();
            // Written first: a network on its way down has not died, whatever happens to this command.
            LiveNetwork.writing(() -> network.directory().write(network.file().with(NetworkFile.State.STOPPED)));
            HostStop.all(hosts, host -> order(network, host));
            stopDashboard(network.directory());
            for (HostFile host : LiveNetwork.reading(network.directory()::readHosts)) {
                LiveNetwork.writing(() -> network.directory().removeHost(host.host()));
            }
            // Whoever died before was not stopped.
            int nodes = hosts.stream().anyMatch(HostFile::runsAll)
                    ? network.file().present().size()
                    : hosts.size();
            var stopped = new Stopped(network.name(), "stopped", nodes);
            String kept = network.file().inMemory() ? "Its messages were in memory only, and are gone.\n" : "";
            print(Report.of(
                    Stopped.class, stopped, () -> "Stopped " + nodes + (nodes == 1 ? " node.\n" : " nodes.\n") + kept));
        }
        return ExitCode.DONE;
    }

    /** Ends the process that shows the network, if it is one of its own. */
    static void stopDashboard(NetworkDirectory directory) throws InterruptedException {
        Optional<HostFile> dashboard = LiveNetwork.dashboardHost(directory);
        if (dashboard.isPresent()) {
            HostStop.quickly(dashboard.get());
        }
        LiveNetwork.writing(() -> directory.removeHost(HostFile.DASHBOARD));
    }

    private static void order(LiveNetwork network, HostFile host) {
        try {
            network.order(host, "/stop").post("{}");
        } catch (Failure ignored) {
            // A host that does not listen, or that was gone before it could answer, is dealt with by signals.
        }
    }
}
