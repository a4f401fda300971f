package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One peer or seed in this process, until it is told to stop. */
final class LoneNode {

    /** Somebody to talk to while it runs. */
    interface Company {
        void keep(HostedNode node) throws InterruptedException;
    }

    private final NodeId address;
    private final boolean isSeed;
    private final SeedConfig config;
    private final HostOptions options;
    private final Path log;
    private final Optional<String> token;

    /**
     * A node that is about to start.
     *
     * @param name what it is called on its own pages
     * @param token who brings it may order faults; empty if nobody may
     */
    LoneNode(NodeName name, NodeId address, HostOptions.Seeding seeding, Optional<String> token) {
        this.token = token;
        this.address = address;
        this.isSeed = name.isSeed();
        this.config = seeding.config();
        SeededDirectory files = seeding.files();
        Path data = files.data(address, name.isSeed());
        this.options = HostOptions.seeded(List.of(new HostOptions.Member(name, address, List.of())), seeding)
                .withData(data);
        this.log = data.resolve("host.log");
    }

    /**
     * Runs the node and keeps it company, then waits for its end.
     *
     * @throws Failure if it cannot start
     */
    void run(Company company) throws InterruptedException {
        demandPorts();
        HostLog.toFile(log);
        Host host;
        try {
            host = Host.start(options);
        } catch (HostException e) {
            throw failure(e, e.code() == HostException.Code.PORT_TAKEN, "");
        }
        token.ifPresent(host::takeFaultsWith);
        Thread hook = new Thread(host::close, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            company.keep(host.nodes().getFirst());
            host.awaitStopped();
        } finally {
            host.close();
        }
    }

    /** First of all: a node that cannot run must not leave a key and logs behind. */
    private void demandPorts() {
        demand(address, "Choose another one with --port.");
        if (isSeed) {
            NodeId amongSeeds = new NodeId(address.host(), config.seedPort(address));
            demand(amongSeeds, "Other seeds reach it there; choose another one with seed-port= in the configuration.");
        }
    }

    private static void demand(NodeId listener, String hint) {
        try {
            FreePorts.demand(listener);
        } catch (TransportException e) {
            throw failure(e, e.isPortTaken(), hint);
        }
    }

    private static Failure failure(Exception e, boolean isPortTaken, String hint) {
        return isPortTaken
                ? new Failure(ExitCode.TAKEN, "port-taken", Sentences.of(e), hint, e)
                : Failure.failed(Sentences.of(e), "", e);
    }
}
