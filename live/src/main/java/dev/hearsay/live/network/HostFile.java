package dev.hearsay.live.network;

import dev.hearsay.core.NodeId;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs nodes of a network: {@code hosts/<k>.json}, written once all of them are ready.
 *
 * @param host its name: {@link #ALL} if it runs all nodes, or that of its only node
 * @param pid its process id
 * @param process which process of that id it is, so that another one that got the id later is neither trusted nor killed
 * @param controlPort where it takes orders, on loopback
 * @param token what an order must carry
 * @param nodes the nodes it runs
 * @param dashboard where it serves the dashboard; null if it does not
 */
public record HostFile(
        String host,
        long pid,
        String process,
        int controlPort,
        String token,
        List<NodeName> nodes,
        Instant readyAt,
        @Nullable NodeId dashboard) {
    /** The host that runs all nodes of its network. */
    public static final String ALL = "all";

    /** The process beside hosts of single nodes that serves the dashboard and runs none. */
    public static final String DASHBOARD = "dashboard";

    private static final RecordJson JSON = new RecordJson()
            .text(NodeName.class, NodeName::parse)
            .older(HostFile.class, "process", "pidStartedAt")
            .nullable(HostFile.class, "dashboard");

    /** The file of the running process itself. */
    public static HostFile ofThisProcess(
            String host,
            int controlPort,
            String token,
            List<NodeName> nodes,
            Instant readyAt,
            @Nullable NodeId dashboard) {
        long pid = ProcessHandle.current().pid();
        String process = ProcessIdentity.of(pid).orElse("unknown");
        return new HostFile(host, pid, process, controlPort, token, nodes, readyAt, dashboard);
    }

    /** The process, if it is alive and is the one that wrote this file. */
    public Optional<ProcessHandle> handle() {
        return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
    }

    /** Whether it runs all nodes of its network. */
    public boolean runsAll() {
        return host.equals(ALL);
    }

    /** Whether the process is alive and is the one that wrote this file. */
    public boolean isAlive() {
        return ProcessIdentity.is(pid, process);
    }

    String toJson() {
        return JSON.pretty(this);
    }

    static HostFile parse(byte[] utf8) throws WireException {
        return JSON.read(HostFile.class, utf8);
    }
}
