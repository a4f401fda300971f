package dev.hearsay.live.network;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a network is: {@code network.json}.
 *
 * @param version of this file's form
 * @param topology an overlay spec, as {@code OverlaySpec} prints it
 * @param spread a way of spreading, as {@code SpreadSpec} prints it
 * @param randomSeed what the overlay was drawn from, and what the nodes' own randomness comes from
 * @param basePort node i listens on this port + i
 * @param host the host of all addresses
 * @param nodes by number, ascending; removed ones stay in the list
 * @param inMemory whether the nodes keep their messages in memory only
 * @param processes whether each node is a process of its own
 * @param state what was last asked for; a network that should run but has no live host has died
 * @param seeded how its peers and seeds are set; null if it is a static network
 * @param takesVersions whether what is put to its nodes are versions, and no messages
 * @param dashboardPort where the process that runs it serves the dashboard, on the same host; 0 if it does not
 */
public record NetworkFile(
        int version,
        String name,
        String topology,
        String spread,
        long randomSeed,
        int basePort,
        String host,
        List<Entry> nodes,
        boolean inMemory,
        boolean processes,
        Instant createdAt,
        State state,
        @Nullable Seeded seeded,
        boolean takesVersions,
        int dashboardPort) {

    /** The form that this program writes, and the only one it reads. */
    public static final int VERSION = 2;

    /** What was last asked for. */
    public enum State {
        RUNNING,
        STOPPED;

        /** As it stands in the file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One node.
     *
     * @param neighbours the numbers of the nodes it is linked to at its start; none where seeds decide who is a member
     * @param removed whether it was taken out of the network for good
     */
    public record Entry(NodeName node, NodeId address, List<Integer> neighbours, boolean removed) {
        public Entry {
            Objects.requireNonNull(node, "node");
            Objects.requireNonNull(address, "address");
            neighbours = List.copyOf(neighbours);
        }

        /** Its number among those of its role, from 1. */
        public int number() {
            return node.number();
        }

        /** The same node, taken out of the network. */
        public Entry asRemoved() {
            return new Entry(node, address, neighbours, true);
        }
    }

    /**
     * What a network with seeds is beside.
     *
     * @param directory where its logs and its data lie
     * @param config which seeds there are; seeds of other people as well
     */
    public record Seeded(Path directory, Path config, SeededSettings settings) {
        public Seeded {
            Objects.requireNonNull(directory, "directory");
            Objects.requireNonNull(config, "config");
            Objects.requireNonNull(settings, "settings");
        }

        /** A network with the {@code config.txt} of its directory. */
        public Seeded(Path directory, SeededSettings settings) {
            this(directory, new SeededDirectory(directory).config(), settings);
        }

        /** What lies in the directory. */
        public SeededDirectory files() {
            return new SeededDirectory(directory);
        }
    }

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public NetworkFile(
            int version,
            String name,
            String topology,
            String spread,
            long randomSeed,
            int basePort,
            String host,
            List<Entry> nodes,
            boolean inMemory,
            boolean processes,
            Instant createdAt,
            State state,
            @Nullable Seeded seeded,
            boolean takesVersions,
            int dashboardPort) {
        this.version = version;
        this.name = Objects.requireNonNull(name, "name");
        this.topology = Objects.requireNonNull(topology, "topology");
        this.spread = Objects.requireNonNull(spread, "spread");
        this.randomSeed = randomSeed;
        this.basePort = basePort;
        this.host = Objects.requireNonNull(host, "host");
        this.nodes = List.copyOf(nodes);
        this.inMemory = inMemory;
        this.processes = processes;
        this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
        this.state = Objects.requireNonNull(state, "state");
        this.seeded = seeded;
        this.takesVersions = takesVersions;
        this.dashboardPort = dashboardPort;
    }

    /** Where the process that runs it serves the dashboard; empty if it does not. */
    public Optional<NodeId> dashboard() {
        return dashboardPort == 0 ? Optional.empty() : Optional.of(new NodeId(host, dashboardPort));
    }

    /** The node of that name, removed ones included. */
    public Optional<Entry> find(NodeName node) {
        return nodes.stream().filter(entry -> entry.node().equals(node)).findFirst();
    }

    /** The nodes and seeds that have not been removed. */
    public List<Entry> present() {
        return nodes.stream().filter(entry -> !entry.removed()).toList();
    }

    /** The nodes that gossip and have not been removed. */
    public List<Entry> gossiping() {
        return present().stream().filter(entry -> !entry.node().isSeed()).toList();
    }

    /** The seeds; none in a static network. */
    public List<Entry> seeds() {
        return nodes.stream().filter(entry -> entry.node().isSeed()).toList();
    }

    /** The same, whose nodes take versions. */
    public NetworkFile withVersions() {
        return copy(name, nodes, state, seeded, true, dashboardPort);
    }

    /** The same, with the dashboard on this port; on none if it is 0. */
    public NetworkFile withDashboard(int port) {
        return copy(name, nodes, state, seeded, takesVersions, port);
    }

    /** The same under another name. */
    public NetworkFile called(String newName) {
        return copy(newName, nodes, state, seeded, takesVersions, dashboardPort);
    }

    public NetworkFile with(State newState) {
        return copy(name, nodes, newState, seeded, takesVersions, dashboardPort);
    }

    public NetworkFile with(List<Entry> newNodes) {
        return copy(name, newNodes, state, seeded, takesVersions, dashboardPort);
    }

    public NetworkFile with(Seeded newSeeded) {
        return copy(name, nodes, state, newSeeded, takesVersions, dashboardPort);
    }

    private NetworkFile copy(
            String newName,
            List<Entry> newNodes,
            State newState,
            @Nullable Seeded newSeeded,
            boolean versions,
            int newDashboardPort) {
        return new NetworkFile(
                version,
                newName,
                topology,
                spread,
                randomSeed,
                basePort,
                host,
                newNodes,
                inMemory,
                processes,
                createdAt,
                newState,
                newSeeded,
                versions,
                newDashboardPort);
    }

    String toJson() {
        return Json.pretty(json -> {
            json.writeStartObject();
            json.writeNumberField("version", version);
            json.writeStringField("name", name);
            json.writeStringField("topology", topology);
            json.writeStringField("spread", spread);
            json.writeNumberField("randomSeed", randomSeed);
            json.writeNumberField("basePort", basePort);
            json.writeStringField("host", host);
            json.writeBooleanField("inMemory", inMemory);
            json.writeBooleanField("processes", processes);
            if (takesVersions) {
                json.writeBooleanField("takesVersions", true);
            }
            if (dashboardPort != 0) {
                json.writeNumberField("dashboardPort", dashboardPort);
            }
            json.writeStringField("createdAt", createdAt.toString());
            json.writeStringField("state", state.toString());
            Json.array("nodes", nodes, json, entry -> write(entry, json));
            if (seeded != null) {
                json.writeObjectFieldStart("seeded");
                json.writeStringField("directory", seeded.directory().toString());
                json.writeStringField("config", seeded.config().toString());
                seeded.settings().writeTo(json);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("node", entry.node().toString());
        json.writeStringField("address", entry.address().toString());
        Json.array("neighbours", entry.neighbours(), json, neighbour -> json.writeNumber(neighbour));
        json.writeBooleanField("removed", entry.removed());
        json.writeEndObject();
    }

    static NetworkFile parse(byte[] utf8) throws WireException {
        JsonObject json = JsonObject.parse(utf8);
        int version = json.integer("version");
        if (version != VERSION) {
            throw new WireException("it is of version " + version + "; this program reads version " + VERSION);
        }
        try {
            List<Entry> nodes = new ArrayList<>();
            for (JsonObject entry : json.objects("nodes")) {
                nodes.add(new Entry(
                        NodeName.parse(entry.text("node")),
                        NodeId.parse(entry.text("address")),
                        entry.integers("neighbours"),
                        entry.flag("removed")));
            }
            return new NetworkFile(
                    version,
                    json.text("name"),
                    json.text("topology"),
                    json.text("spread"),
                    json.whole("randomSeed"),
                    json.integer("basePort"),
                    json.text("host"),
                    nodes,
                    json.flag("inMemory"),
                    json.flag("processes"),
                    Instant.parse(json.text("createdAt")),
                    state(json.text("state")),
                    json.has("seeded") ? seeded(json.object("seeded")) : null,
                    json.has("takesVersions") && json.flag("takesVersions"),
                    json.has("dashboardPort") ? json.integer("dashboardPort") : 0);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Seeded seeded(JsonObject json) throws WireException {
        return new Seeded(Path.of(json.text("directory")), Path.of(json.text("config")), SeededSettings.read(json));
    }

    private static State state(String text) throws WireException {
        for (State state : State.values()) {
            if (state.toString().equals(text)) {
                return state;
            }
        }
        throw new WireException("'" + text + "' is not a state; it is running or stopped");
    }
}
