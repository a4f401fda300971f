package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.launch.RecordedHost;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostException;
import dev.hearsay.live.host.HostLog;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.transport.FreePorts;
import dev.hearsay.live.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One node, peer or seed in this process, until it is told to stop. */
public final class LoneNode {

    /** Somebody to talk to while it runs. */
    public interface Company {
        void keep(HostedNode node) throws InterruptedException;
    }

    /**
     * A port that the node needs.
     *
     * @param hint what to do if it is taken
     */
    public record Door(NodeId listener, String hint) {}

    private final HostOptions options;
    private final List<Door> doors;
    private final Runnable openLog;
    private final Optional<String> token;
    private final @Nullable Path record;

    /**
     * A node that is about to start.
     *
     * @param options of a host with this node alone
     * @param token who brings it may order faults; empty if nobody may
     * @param record into which file its life is written; null for none
     * @param openLog decides where the log goes; called once the ports are known to be free, as whatever cannot run must leave nothing behind
     */
    public LoneNode(
            HostOptions options, List<Door> doors, Optional<String> token, @Nullable Path record, Runnable openLog) {
        this.options = options;
        this.doors = List.copyOf(doors);
        this.token = token;
        this.record = record;
        this.openLog = openLog;
    }

    /**
     * A peer or seed that is about to start.
     *
     * @param name what it is called on its own pages
     * @param token as above
     */
    static LoneNode seeded(
            NodeName name,
            NodeId address,
            HostOptions.Seeding seeding,
            ServingOptions serving,
            Optional<String> token) {
        Path data = seeding.files().data(address, name.isSeed());
        HostOptions options = HostOptions.seeded(List.of(new HostOptions.Member(name, address, List.of())), seeding)
                .withData(data);
        List<Door> doors = new ArrayList<>();
        doors.add(new Door(serving.listener(address), "Choose another one with --port."));
        if (name.isSeed()) {
            NodeId amongSeeds = new NodeId(address.host(), seeding.config().seedPort(address));
            doors.add(new Door(
                    serving.listener(amongSeeds),
                    "Other seeds reach it there; choose another one with seed-port= in the configuration."));
        }
        return new LoneNode(
                serving.applyTo(options),
                doors,
                token,
                serving.record(),
                () -> HostLog.toFile(data.resolve("host.log")));
    }

    /**
     * Runs the node and keeps it company, then waits for its end.
     *
     * @throws Failure if it cannot start
     */
    public void run(Company company) throws InterruptedException {
        doors.forEach(LoneNode::demand);
        openLog.run();
        Host host;
        try {
            host = Host.start(options);
        } catch (HostException e) {
            throw failure(e, e.code() == HostException.Code.PORT_TAKEN, "");
        }
        token.ifPresent(host::takeFaultsWith);
        try (RecordedHost recorded = RecordedHost.of(host, "", record)) {
            Runtime.getRuntime().addShutdownHook(new Thread(recorded::close, "stop"));
            company.keep(host.nodes().getFirst());
            host.awaitStopped();
        }
    }

    private static void demand(Door door) {
        try {
            FreePorts.demand(door.listener());
        } catch (TransportException e) {
            throw failure(e, e.isPortTaken(), door.hint());
        }
    }

    private static Failure failure(Exception e, boolean isPortTaken, String hint) {
        return isPortTaken
                ? new Failure(ExitCode.TAKEN, "port-taken", Sentences.of(e), hint, e)
                : Failure.failed(Sentences.of(e), "", e);
    }
}
