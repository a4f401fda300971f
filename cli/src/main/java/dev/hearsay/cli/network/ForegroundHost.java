package dev.hearsay.cli.network;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Runs nodes in this process until it is told to stop: by an order, by Ctrl-C, or by SIGTERM. */
final class ForegroundHost {

    private final NetworkDirectory directory;
    private final HostOptions options;
    private final boolean isWholeNetwork;

    /**
     * A host that is about to start.
     *
     * @param isWholeNetwork whether the network is stopped when this host is, for there is nobody else to write that down
     */
    ForegroundHost(NetworkDirectory directory, HostOptions options, boolean isWholeNetwork) {
        this.directory = directory;
        this.options = options;
        this.isWholeNetwork = isWholeNetwork;
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
        Thread hook = new Thread(() -> stop(host), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            List<NodeName> names = host.nodes().stream().map(HostedNode::name).toList();
            directory.write(HostFile.ofThisProcess(
                    options.host(), host.controlPort(), host.controlToken(), names, Instant.now()));
            onReady.accept(host);
            host.awaitStopped();
        } finally {
            stop(host);
        }
    }

    /** Done by whoever comes first, and harmless the second time. */
    private synchronized void stop(Host host) {
        host.close();
        try {
            directory.removeHost(options.host());
            if (isWholeNetwork) {
                var file = directory.readNetwork();
                if (file.isPresent()) {
                    directory.write(file.get().with(NetworkFile.State.STOPPED));
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
