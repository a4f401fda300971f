package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.launch.Launcher;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the other commands start in the background: a process that runs nodes, as the network's description says. */
@Command(name = "host", hidden = true, description = "Run nodes of a network (started by other commands).")
public final class HostCommand extends GossipCommand {

    @Option(names = "--directory", required = true, description = "Where the network is described.")
    private Path directory;

    @Option(names = "--host", required = true, description = "all, the name of the one to run, or dashboard.")
    private String host;

    @Option(
            names = "--await-neighbours",
            converter = Spans.class,
            defaultValue = "0s",
            description = "How long to wait for neighbours that start at the same time.")
    private long awaitNanos;

    @Option(names = "--record", description = "Where what its nodes live through is written.")
    private @Nullable Path record;

    @Option(names = "--with-launcher", description = "Ends with the command that starts it, until that lets go of it.")
    private boolean isWithLauncher;

    public HostCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        if (isWithLauncher) {
            Launcher.endWithIt(System.in);
        }
        NetworkDirectory network = NetworkDirectory.at(directory);
        NetworkFile file = LiveNetwork.reading(network::readNetwork)
                .orElseThrow(() -> Failure.usage("There is no network in " + directory + ".", ""));
        HostLog.toFile(network.log(host));
        if (host.equals(HostFile.DASHBOARD)) {
            return DashboardCommand.serveBeside(console(), network, file);
        }
        HostOptions options = HostPlan.of(network, file, host).withAwaitNeighbours(Duration.ofNanos(awaitNanos));
        new ForegroundHost(network, file, options, false, record).run(started -> {});
        return ExitCode.DONE;
    }
}
