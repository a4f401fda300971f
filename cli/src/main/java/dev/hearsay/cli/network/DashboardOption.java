package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the process that is going to run a network serves its dashboard as well. */
final class DashboardOption {

    private static final int PORT = 8080;
    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--dashboard",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "",
            preprocessor = NumberIfAny.class,
            description =
                    "Show the network in the browser too, on this port of 127.0.0.1, as in --dashboard 9000 (8080 if none is named).")
    private @Nullable String dashboard;

    /** The network with what was chosen here. */
    NetworkFile applyTo(NetworkFile file) {
        return file.withDashboard(port());
    }

    /**
     * The port; 0 if no dashboard is wanted.
     *
     * @throws Failure if it is none
     */
    int port() {
        if (dashboard == null) {
            return 0;
        }
        if (dashboard.isEmpty()) {
            return PORT;
        }
        int port = dashboard.matches("\\d{1,5}") ? Integer.parseInt(dashboard) : 0;
        if (port < 1 || port > PORT_MAX) {
            throw Failure.usage(
                    "--dashboard must be a port, 1 to " + PORT_MAX + ", not '" + dashboard + "'.",
                    "For example: --dashboard " + PORT);
        }
        return port;
    }

    /**
     * Makes sure that a network can have its dashboard, before anything is started.
     *
     * @throws Failure if it cannot
     */
    static void demandPossible(NetworkFile file) {
        if (file.dashboard().isEmpty()) {
            return;
        }
        NodeId listener = file.dashboard().get();
        boolean isForSeeds = file.seeds().stream()
                .anyMatch(seed -> SeedConfig.usualSeedPort(seed.address().port()) == listener.port());
        if (isForSeeds
                || file.nodes().stream().anyMatch(entry -> entry.address().equals(listener))) {
            throw Failure.usage(
                    "Port " + listener.port() + " is that of a node, so the dashboard cannot be there.",
                    "Choose another one with --dashboard PORT.");
        }
        try {
            FreePorts.demand(listener);
        } catch (TransportException e) {
            throw taken(e);
        }
    }

    /** What is said if the port of a dashboard is taken. */
    static Failure taken(TransportException e) {
        return new Failure(
                ExitCode.TAKEN,
                "port-taken",
                "The dashboard has no place: " + e.getMessage() + ".",
                "Choose another one with --dashboard PORT.",
                e);
    }

    /** What people should be told of it once the network runs; nothing if there is none. */
    static List<String> notes(NetworkFile file) {
        return file.dashboard().map(DashboardOption::note).stream().toList();
    }

    /** Where it is, as a sentence. */
    static String note(NodeId listener) {
        return "The dashboard is at http://" + listener + ".";
    }
}
