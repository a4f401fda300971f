package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Brings up a network that has been planned. */
final class Launch {

    private final Console console;
    private final NetworkDirectory directory;
    private final @Nullable Path record;

    Launch(Console console, NetworkDirectory directory) {
        this(console, directory, null);
    }

    /**
     * The same, recorded.
     *
     * @param record into which file; null for none
     */
    Launch(Console console, NetworkDirectory directory, @Nullable Path record) {
        this.console = console;
        this.directory = directory;
        this.record = record;
    }

    /**
     * Refuses if there is a network of that name that runs, or that died with what may still be wanted.
     *
     * @param isFresh whether one that died may be forgotten
     */
    void demandNotRunning(boolean isFresh) throws InterruptedException {
        String name = directory.name();
        boolean isAlive = !LiveNetwork.reading(directory::liveHosts).isEmpty();
        if (isAlive) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "already-running",
                    "The network '" + name + "' is running already.",
                    "Stop it: gossip stop-network" + LiveNetwork.option(name)
                            + "; or start another beside it with --network two, on other ports.");
        }
        Optional<LiveNetwork> old = isFresh ? Optional.empty() : LiveNetwork.find(console, name);
        if (old.isPresent() && old.get().state() == LiveNetwork.State.DIED) {
            throw new Failure(
                    ExitCode.TAKEN,
                    "died",
                    "The network '" + name + "' died, and its messages may still be wanted.",
                    "Bring it back: gossip resume-network" + LiveNetwork.option(name)
                            + "; or begin without them: gossip start-network --fresh" + LiveNetwork.option(name));
        }
        // It has outlived the nodes that it shows, and has the place of the next one.
        StopNetwork.stopDashboard(directory);
    }

    /**
     * Starts the hosts of the network, in the background.
     *
     * @return how long it took, in milliseconds
     */
    double start(NetworkFile file, String what, Progress progress) {
        long startedNanos = System.nanoTime();
        LiveNetwork.writing(() -> directory.write(file));
        try (progress) {
            new HostProcesses(directory, file, console.environment(), record)
                    .start(NetworkPlan.hosts(file), what, progress, () -> NetworkFiles.forget(directory));
        }
        return (System.nanoTime() - startedNanos) / 1e6;
    }

    /**
     * Runs the network in this process, until it is told to stop.
     *
     * @param onReady told which host it is and how long it took, in milliseconds
     */
    void run(NetworkFile file, NetworkLock lock, ObjDoubleConsumer<Host> onReady)
            throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        LiveNetwork.writing(() -> directory.write(file));
        HostLog.toFile(directory.log(HostFile.ALL));
        new ForegroundHost(directory, file, HostPlan.of(directory, file, HostFile.ALL), true, record).run(host -> {
            lock.close();
            onReady.accept(host, (System.nanoTime() - startedNanos) / 1e6);
            console.err().println("Press Ctrl-C to stop it.");
            console.err().flush();
        });
        // Perhaps by an order from elsewhere, of which whoever looks on here knows nothing.
        console.err().println("The network '" + directory.name() + "' is stopped.");
        console.err().flush();
    }
}
