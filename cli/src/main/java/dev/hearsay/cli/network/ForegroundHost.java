package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.launch.RecordedHost;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.transport.TransportException;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.faults.FaultAccess;
import dev.hearsay.web.recordings.RecordingAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs nodes in this process until it is told to stop: by an order, by Ctrl-C, or by SIGTERM. */
final class ForegroundHost {

    private final NetworkDirectory directory;
    private final NetworkFile file;
    private final HostOptions options;
    private final boolean isWholeNetwork;
    private final @Nullable Path record;
    private volatile @Nullable Dashboard dashboard;

    /**
     * A host that is about to start.
     *
     * @param isWholeNetwork whether the network is stopped when this host is, for there is nobody else to write that down
     * @param record the file into which its life is written; null for none
     */
    ForegroundHost(
            NetworkDirectory directory,
            NetworkFile file,
            HostOptions options,
            boolean isWholeNetwork,
            @Nullable Path record) {
        this.directory = directory;
        this.file = file;
        this.options = options;
        this.isWholeNetwork = isWholeNetwork;
        this.record = record;
    }

    /**
     * Runs the nodes.
     *
     * @param onReady called with the host once all of them are ready
     */
    void run(Consumer<Host> onReady) throws IOException, InterruptedException {
        Host host;
        try {
            host = Host.start(options);
        } catch (HostException e) {
            throw failure(e);
        }
        RecordedHost recorded = RecordedHost.of(host, directory.name(), record);
        Thread hook = new Thread(() -> stop(recorded), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<NodeName> names = host.nodes().stream().map(HostedNode::name).toList();
            if (options.host().equals(HostFile.ALL)) {
                file.dashboard().ifPresent(listener -> show(host, listener));
            }
            Dashboard shown = dashboard;
            directory.write(HostFile.ofThisProcess(
                    options.host(),
                    host.controlPort(),
                    host.controlToken(),
                    names,
                    Instant.now(),
                    shown == null ? null : shown.listener()));
            onReady.accept(host);
            host.awaitStopped();
        } finally {
            stop(recorded);
        }
    }

    /** Serves the dashboard, on a loop of its own beside those of the nodes. */
    private void show(Host host, NodeId listener) {
        List<NodeId> nodes = host.nodes().stream().map(HostedNode::address).toList();
        var access = new FaultAccess.OfNetwork(host.faults(), LiveNetwork.option(directory.name()));
        try {
            dashboard = Dashboard.start(new DashboardOptions(directory.name(), nodes, listener, false, null)
                    .with(access)
                    .with(RecordingAccess.of(host.recorder(), directory.name(), access.option())));
        } catch (TransportException e) {
            throw DashboardOption.taken(e);
        }
    }

    /** Done by whoever comes first, and harmless the second time. */
    private synchronized void stop(RecordedHost host) {
        Dashboard shown = dashboard;
        if (shown != null) {
            shown.close();
        }
        host.close();
        try {
            directory.removeHost(options.host());
            if (isWholeNetwork) {
                var described = directory.readNetwork();
                if (described.isPresent()) {
                    directory.write(described.get().with(NetworkFile.State.STOPPED));
                }
            }
        } catch (IOException ignored) {
            // Then the network counts as died, which is about what happened.
        }
    }

    private static Failure failure(HostException e) {
        String sentence = Sentences.of(e);
        return switch (e.code()) {
            case PORT_TAKEN ->
                new Failure(ExitCode.TAKEN, "port-taken", sentence, "Choose other ports with --base-port.", e);
            case STORE, NO_SUCH_NODE, FAILED -> Failure.failed(sentence, "", e);
        };
    }
}
