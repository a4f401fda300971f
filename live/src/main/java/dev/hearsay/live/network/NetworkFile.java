package dev.hearsay.live.network;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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

    private static final RecordJson JSON = new RecordJson()
            .text(NodeName.class, NodeName::parse)
            .text(Profile.class, Profile::parse)
            .text(State.class, State::parse)
            .nullable(NetworkFile.class, "seeded")
            .absent(NetworkFile.class, "takesVersions", false)
            .absent(NetworkFile.class, "dashboardPort", 0)
            .inline(Seeded.class, "settings");

    /** What was last asked for. */
    public enum State {
        RUNNING,
        STOPPED;

        /** As it stands in the file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String text) {
            for (State state : values()) {
                if (state.toString().equals(text)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is not a state; it is running or stopped");
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
        /** A network with the {@code config.txt} of its directory. */
        public Seeded(Path directory, SeededSettings settings) {
            this(directory, new SeededDirectory(directory).config(), settings);
        }

        /** What lies in the directory. */
        public SeededDirectory files() {
            return new SeededDirectory(directory);
        }
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
        return JSON.pretty(this);
    }

    static NetworkFile parse(byte[] utf8) throws WireException {
        JsonObject json = JsonObject.parse(utf8);
        int version = json.integer("version");
        if (version != VERSION) {
            throw new WireException("it is of version " + version + "; this program reads version " + VERSION);
        }
        return JSON.read(NetworkFile.class, json);
    }
}
