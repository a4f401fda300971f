package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "resume-network",
        description = "Bring back a network that was stopped or died, with its topology and messages.")
@Manual(
        examples = {"gossip resume-network", "gossip resume-network --network two"},
        exitCodes = {
            ExitCode.DONE,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.TAKEN,
            ExitCode.INTERRUPTED
        })
public final class ResumeNetwork extends NetworkCommand {

    public ResumeNetwork(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        LiveNetwork found = LiveNetwork.find(console(), networkName()).orElseGet(this::running);
        try (NetworkLock _ = NetworkLock.take(found.directory())) {
            // Read again: until now another command may have changed it.
            LiveNetwork network = LiveNetwork.find(console(), networkName()).orElseGet(this::running);
            NetworkFile file = network.file().with(NetworkFile.State.RUNNING);
            List<String> hosts = missingHosts(network);
            List<NodeId> addresses = file.present().stream()
                    .filter(entry -> hosts.contains(network.hostOf(entry.node())))
                    .map(NetworkFile.Entry::address)
                    .toList();
            Ports.demandFree(
                    addresses,
                    file.basePort(),
                    "--base-port",
                    NetworkDirectory.home(console().environment()));
            long startedNanos = System.nanoTime();
            LiveNetwork.writing(() -> network.directory().write(file));
            String what = "Bringing back " + addresses.size() + (addresses.size() == 1 ? " node" : " nodes");
            try (Progress progress = progress()) {
                new HostProcesses(network.directory(), file, console().environment())
                        .start(hosts, what, progress, () -> writeBack(network));
            }
            List<String> notes =
                    file.inMemory() ? List.of("Its messages were kept in memory only, and are gone.") : List.of();
            double millis = (System.nanoTime() - startedNanos) / 1e6;
            print(
                    file.seeded() == null
                            ? ReadyNetwork.report(file, millis, notes)
                            : ReadySeeded.report(file, file.present(), millis, notes));
        }
        return ExitCode.DONE;
    }

    /** What was stopped is stopped still, and has not died. */
    private static void writeBack(LiveNetwork network) {
        LiveNetwork.writing(() -> network.directory().write(network.file()));
    }

    private List<String> missingHosts(LiveNetwork network) {
        List<String> missing = new ArrayList<>(NetworkPlan.hosts(network.file()));
        missing.removeAll(network.liveHosts().stream().map(HostFile::host).toList());
        LiveNetwork.dashboardHost(network.directory()).ifPresent(host -> missing.remove(host.host()));
        if (missing.isEmpty()) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "already-running",
                    "The network '" + networkName() + "' is running already.",
                    "See: gossip status" + LiveNetwork.option(networkName()));
        }
        return missing;
    }
}
