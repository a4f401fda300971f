package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostStatus;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Show the nodes of the network: ports, processes, messages, and since when.")
@Manual(
        examples = {"gossip status", "gossip status -o json"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING})
public final class Status extends NetworkCommand {

    /**
     * The network.
     *
     * @param faults the ids of those in force
     * @param notices what its processes have to tell: one sentence each
     * @param dashboard where the process that runs the network serves it; null if it does not
     */
    record Document(
            String network,
            String topology,
            List<Node> nodes,
            List<String> faults,
            List<String> notices,
            @Nullable String dashboard) {}

    /**
     * One node.
     *
     * @param pid of the process that runs it; null if none does
     * @param state running, paused, stopped, died, removed, or unknown if its process does not answer
     * @param messages how many it has; null if it does not run, or is a seed
     * @param members how many peers it has registered; null if it does not run, or is no seed
     */
    record Node(
            String node,
            String role,
            String address,
            @Nullable Long pid,
            String state,
            @Nullable Long messages,
            @Nullable Long members) {}

    public Status(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        LiveNetwork network = LiveNetwork.find(console(), networkName()).orElseGet(this::running);
        List<HostFile> hosts = network.liveHosts();
        Map<String, HostFile> hostByName = new HashMap<>();
        Map<NodeName, HostStatus.One> reported = new HashMap<>();
        Set<String> faults = new TreeSet<>();
        Set<String> notices = new LinkedHashSet<>();
        for (HostFile host : hosts) {
            hostByName.put(host.host(), host);
            ask(network, host, reported, faults, notices);
        }
        List<Node> nodes = new ArrayList<>();
        for (NetworkFile.Entry entry : network.file().nodes()) {
            HostFile host = hostByName.get(network.hostOf(entry.node()));
            HostStatus.One report = reported.get(entry.node());
            nodes.add(new Node(
                    entry.node().toString(),
                    entry.node().isSeed() ? "seed" : "peer",
                    entry.address().toString(),
                    host == null || entry.removed() ? null : host.pid(),
                    state(network, entry, host, report),
                    host == null || report == null || entry.removed() ? null : report.messages(),
                    host == null || report == null || entry.removed() ? null : report.members()));
        }
        NodeId dashboard = network.dashboard().orElse(null);
        var document = new Document(
                network.name(),
                network.file().topology(),
                nodes,
                List.copyOf(faults),
                List.copyOf(notices),
                dashboard == null ? null : "http://" + dashboard);
        print(new Report<>(document, Node.class, nodes, () -> text(network, hosts, document)));
        return hosts.isEmpty() ? ExitCode.NOT_RUNNING : ExitCode.DONE;
    }

    private static void ask(
            LiveNetwork network,
            HostFile host,
            Map<NodeName, HostStatus.One> reported,
            Set<String> faults,
            Set<String> notices) {
        try {
            HostStatus answer = HostStatus.read(
                    network.order(host, "/status").withReadMillis(2_000).get());
            faults.addAll(answer.faults());
            notices.addAll(answer.notices());
            answer.nodes().forEach(node -> reported.put(node.node(), node));
        } catch (Failure | WireException e) {
            // Then its nodes are shown as unknown, beside those of the others.
            return;
        }
    }

    private static String state(
            LiveNetwork network, NetworkFile.Entry entry, @Nullable HostFile host, HostStatus.@Nullable One report) {
        if (entry.removed()) {
            return "removed";
        }
        if (host == null) {
            return network.file().state() == NetworkFile.State.STOPPED ? "stopped" : "died";
        }
        return report == null ? "unknown" : report.state();
    }

    private String text(LiveNetwork network, List<HostFile> hosts, Document document) {
        List<Node> nodes = document.nodes();
        int faults = document.faults().size();
        NetworkFile file = network.file();
        long running =
                nodes.stream().filter(node -> node.state().equals("running")).count();
        StringBuilder text = new StringBuilder();
        text.append("Network '").append(network.name()).append("', ");
        NetworkFile.Seeded seeded = file.seeded();
        if (seeded == null) {
            text.append(file.topology()).append(", spread by ").append(file.spread());
        } else {
            text.append("profile ").append(seeded.settings().profile());
            text.append(", ").append(seeded.directory());
        }
        text.append(": ");
        switch (network.state()) {
            case RUNNING -> {
                Instant since = hosts.stream()
                        .map(HostFile::readyAt)
                        .min(Instant::compareTo)
                        .orElseThrow();
                long seconds =
                        Math.max(0, Duration.between(since, Instant.now()).toSeconds());
                text.append(running + " of " + file.present().size() + " nodes running, up " + Spans.span(seconds));
                text.append(file.processes() ? ", a process each" : "");
                text.append(file.inMemory() ? ", messages in memory only" : "");
            }
            case STOPPED -> text.append("stopped");
            case DIED -> text.append("died");
        }
        text.append("\n\n");
        TextTable table = new TextTable().columns("NODE>", "ROLE", "ADDRESS", "PID>", "STATE", "MESSAGES>", "MEMBERS>");
        for (Node node : nodes) {
            table.line(
                    node.node(),
                    node.role(),
                    node.address(),
                    node.pid(),
                    node.state(),
                    node.messages(),
                    node.members());
        }
        text.append(table);
        network.dashboard().ifPresent(dashboard -> text.append("\n" + DashboardOption.note(dashboard) + "\n"));
        for (String notice : document.notices()) {
            text.append("\nNote: ").append(notice).append('\n');
        }
        if (faults > 0) {
            text.append(faults == 1 ? "\n1 fault is" : "\n" + faults + " faults are");
            text.append(" in force: gossip fault list" + LiveNetwork.option(network.name()) + "\n");
        }
        if (hosts.isEmpty()) {
            text.append("\nBring it back: gossip resume-network" + LiveNetwork.option(network.name()) + "\n");
        }
        return text.toString();
    }
}
