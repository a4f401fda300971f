package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts seeds with peers, or without. */
public final class SeededStart {

    /**
     * What is to be started.
     *
     * @param seedPort seed i listens on this port + i - 1
     * @param peerPort peer i listens on this port + i - 1
     * @param dashboardPort where its process serves the dashboard; 0 if it does not
     * @param record into which file its life is written; null for none
     */
    public record Wish(
            int seeds,
            int seedPort,
            int peers,
            int peerPort,
            boolean inMemory,
            boolean inProcess,
            boolean foreground,
            boolean fresh,
            int dashboardPort,
            @Nullable Path record) {}

    private final Console console;
    private final NetworkDirectory directory;
    private final Progress progress;
    private final Consumer<Report<?>> print;

    public SeededStart(Console console, NetworkDirectory directory, Progress progress, Consumer<Report<?>> print) {
        this.console = console;
        this.directory = directory;
        this.progress = progress;
        this.print = print;
    }

    /**
     * Starts it, and returns when all are ready, or, in the foreground, when it ends.
     *
     * @throws Failure if it cannot be, or does not come up
     */
    public void run(Wish wish, SeededDirectory files, SeededSettings settings)
            throws IOException, InterruptedException {
        boolean isProcessEach = !wish.inProcess() && !wish.foreground();
        if (wish.seeds() < 1) {
            throw Failure.usage("A network with peers needs at least 1 seed, not " + wish.seeds() + ".", "");
        }
        if (wish.peers() < 0) {
            throw Failure.usage("The number of peers must not be negative, but is " + wish.peers() + ".", "");
        }
        SeededPlan.demandPossible(wish.seeds(), wish.seedPort(), wish.peers(), wish.peerPort(), isProcessEach);
        List<NetworkFile.Entry> entries = new ArrayList<>(SeededPlan.entries(true, 1, wish.seeds(), wish.seedPort()));
        entries.addAll(SeededPlan.entries(false, 1, wish.peers(), wish.peerPort()));
        Launch launch = new Launch(console, directory, wish.record());
        try (NetworkLock lock = NetworkLock.take(directory)) {
            launch.demandNotRunning(wish.fresh());
            var seeded = new NetworkFile.Seeded(files.path(), settings);
            NetworkFile file = SeededPlan.file(
                            directory.name(), entries, wish.peerPort() - 1, seeded, wish.inMemory(), isProcessEach)
                    .withDashboard(wish.dashboardPort());
            DashboardOption.demandPossible(file);
            SeededPlan.demandFree(entries, NetworkDirectory.home(console.environment()));
            boolean usesGiven = SeededPlan.usesGivenConfig(entries, files, wish.fresh());
            List<String> notes =
                    new ArrayList<>(NetworkFiles.beginAnew(directory, wish.fresh(), List.of(files.data())));
            notes.addAll(SeededPlan.begin(file, seeded, usesGiven, wish.fresh()));
            if (wish.foreground()) {
                launch.run(
                        file,
                        lock,
                        (host, millis) -> print.accept(ReadySeeded.report(file, file.nodes(), millis, notes)));
            } else {
                double millis = launch.start(file, "Starting " + what(wish), progress);
                print.accept(ReadySeeded.report(file, file.nodes(), millis, notes));
            }
        }
    }

    private static String what(Wish wish) {
        String seeds = wish.seeds() + (wish.seeds() == 1 ? " seed" : " seeds");
        return wish.peers() == 0 ? seeds : seeds + " and " + wish.peers() + (wish.peers() == 1 ? " peer" : " peers");
    }
}
