package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.wire.RecordJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A network as it is described on disk, with the processes that run it. */
public final class LiveNetwork {

    private final NetworkDirectory directory;
    private final NetworkFile file;

    private LiveNetwork(NetworkDirectory directory, NetworkFile file) {
        this.directory = directory;
        this.file = file;
    }

    static NetworkDirectory directory(Console console, String name) {
        try {
            return NetworkDirectory.of(NetworkDirectory.home(console.environment()), name);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".", "");
        }
    }

    /** The network of that name, running or not; empty if there never was one. */
    static Optional<LiveNetwork> find(Console console, String name) {
        NetworkDirectory directory = directory(console, name);
        return reading(directory::readNetwork).map(file -> new LiveNetwork(directory, file));
    }

    /**
     * The network of that name.
     *
     * @throws Failure if it does not run
     */
    static LiveNetwork running(Console console, String name) {
        LiveNetwork network = find(console, name)
                .orElseThrow(() -> notRunning(
                        "not-running",
                        "No network" + called(name) + " is running.",
                        "Start one: gossip start-network" + option(name)));
        switch (network.state()) {
            case RUNNING -> {}
            case STOPPED ->
                throw notRunning(
                        "stopped",
                        "The network '" + name + "' is stopped.",
                        "Bring it back: gossip resume-network" + option(name));
            case DIED ->
                throw notRunning(
                        "died",
                        "The network '" + name + "' has died: its process is gone.",
                        "Bring it back, with its messages: gossip resume-network" + option(name));
        }
        return network;
    }

    private static Failure notRunning(String code, String message, String hint) {
        return new Failure(ExitCode.NOT_RUNNING, code, message, hint);
    }

    private static String called(String name) {
        return name.equals(NetworkDirectory.DEFAULT_NAME) ? "" : " '" + name + "'";
    }

    /** How a further command must name the network; empty if it need not. */
    static String option(String name) {
        return name.equals(NetworkDirectory.DEFAULT_NAME) ? "" : " --network " + name;
    }

    /** What reads a file. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Reads, and turns what can go wrong with a disk into a sentence. */
    static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw Failure.failed(
                    Sentences.of(e),
                    "The files of all networks lie under $XDG_STATE_HOME/hearsay (~/.local/state/hearsay).",
                    e);
        }
    }

    /** What writes a file. */
    interface Writing {
        void write() throws IOException;
    }

    /** Writes, and turns what can go wrong with a disk into a sentence. */
    static void writing(Writing writing) {
        reading(() -> {
            writing.write();
            return true;
        });
    }

    NetworkDirectory directory() {
        return directory;
    }

    NetworkFile file() {
        return file;
    }

    String name() {
        return directory.name();
    }

    /** What has become of a network. */
    enum State {
        RUNNING,
        STOPPED,
        /** It should run, and no process of it is alive. */
        DIED
    }

    State state() {
        if (!liveHosts().isEmpty()) {
            return State.RUNNING;
        }
        return file.state() == NetworkFile.State.STOPPED ? State.STOPPED : State.DIED;
    }

    List<HostFile> liveHosts() {
        return reading(directory::liveHosts);
    }

    /** Where its dashboard is served, by the process that runs it or by one beside it; empty if it is not, or it does not run. */
    Optional<NodeId> dashboard() {
        return Stream.concat(liveHosts().stream(), dashboardHost(directory).stream())
                .flatMap(host -> Optional.ofNullable(host.dashboard()).stream())
                .findFirst();
    }

    /** The process that serves the dashboard beside those that run nodes, if there is one. */
    static Optional<HostFile> dashboardHost(NetworkDirectory directory) {
        return reading(() -> directory.readHost(HostFile.DASHBOARD)).filter(HostFile::isAlive);
    }

    /**
     * The entry of a node that is part of the network.
     *
     * @throws Failure if there is none of that number, or it was removed
     */
    NetworkFile.Entry node(NodeName name) {
        NetworkFile.Entry entry = find(name);
        if (entry.removed()) {
            throw new Failure(
                    ExitCode.NO_SUCH_NODE,
                    "removed",
                    Contact.called(name.toString()) + " has been removed from the network.",
                    "It can come back: gossip restart-node " + name + option(name()));
        }
        return entry;
    }

    /**
     * The entry of a node, removed or not.
     *
     * @throws Failure if there is none of that name
     */
    NetworkFile.Entry find(NodeName name) {
        return file.find(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.NO_SUCH_NODE,
                        "no-such-node",
                        "There is no " + (name.isSeed() ? "seed " : "node ") + name + "; " + numbers() + ".",
                        ""));
    }

    private String numbers() {
        int last = file.nodes().stream()
                .filter(entry -> !entry.node().isSeed())
                .mapToInt(NetworkFile.Entry::number)
                .max()
                .orElse(0);
        int seeds = file.seeds().size();
        return "the network '" + name() + "' has nodes 1 to " + last + (seeds == 0 ? "" : " and seeds s1 to s" + seeds);
    }

    /** The name of the host that runs a node. */
    String hostOf(NodeName node) {
        return file.processes() ? node.toString() : HostFile.ALL;
    }

    /** The process that runs a node, if it is alive. */
    Optional<HostFile> liveHostOf(NodeName node) {
        return reading(() -> directory.readHost(hostOf(node))).filter(HostFile::isAlive);
    }

    /**
     * A node to talk to.
     *
     * @throws Failure if it does not run
     */
    Contact contact(NodeName node) {
        NetworkFile.Entry entry = node(node);
        if (liveHostOf(node).isEmpty()) {
            throw notRunning(
                    "node-died",
                    Contact.called(node.toString()) + " is not running: its process is gone.",
                    "Bring it back: gossip restart-node " + node + option(name()));
        }
        return Contact.of(entry, true);
    }

    /** These nodes, running or not. */
    List<Contact> contacts(List<NetworkFile.Entry> entries) {
        Set<String> alive = liveHosts().stream().map(HostFile::host).collect(Collectors.toSet());
        return entries.stream()
                .map(entry -> Contact.of(entry, alive.contains(hostOf(entry.node()))))
                .toList();
    }

    /** An order to a host. */
    HttpCall order(HostFile host, String path) {
        return new HttpCall(processOf(host), NetworkPlan.HOST + ":" + host.controlPort(), path).withToken(host.token());
    }

    /** What people call it. */
    static String processOf(HostFile host) {
        return host.runsAll() ? "The process of the network" : "The process of node " + host.host();
    }

    /**
     * Tells the nodes of a static network that run who is a member now. Those that do not run read it when they come back.
     *
     * @param order {@code /admit} or {@code /dismiss}
     * @return the processes that did not answer
     */
    List<HostFile> tellMembers(String order, NodeId member) {
        String body = RecordJson.PLAIN.line(Map.of("member", member));
        List<HostFile> silent = new ArrayList<>();
        for (HostFile host : liveHosts()) {
            try {
                order(host, order).post(body);
            } catch (Failure e) {
                // It has just ended, or somebody has paused it.
                silent.add(host);
            }
        }
        return silent;
    }
}
