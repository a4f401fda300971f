package dev.hearsay.live.network;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

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
        State state) {

    /** The form that this program writes, and the only one it reads. */
    public static final int VERSION = 1;

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
     * @param node its number, from 1
     * @param neighbours the numbers of the nodes it is linked to at its start
     * @param removed whether it was taken out of the network for good
     */
    public record Entry(int node, NodeId address, List<Integer> neighbours, boolean removed) {
        public Entry {
            Objects.requireNonNull(address, "address");
            neighbours = List.copyOf(neighbours);
            if (node < 1) {
                throw new IllegalArgumentException("nodes are numbered from 1, not " + node);
            }
        }

        /** The same node, taken out of the network. */
        public Entry asRemoved() {
            return new Entry(node, address, neighbours, true);
        }
    }

    public NetworkFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(spread, "spread");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(state, "state");
        nodes = List.copyOf(nodes);
    }

    /** The node of that number, removed ones included. */
    public Optional<Entry> find(int number) {
        return nodes.stream().filter(entry -> entry.node() == number).findFirst();
    }

    /** The nodes that have not been removed. */
    public List<Entry> present() {
        return nodes.stream().filter(entry -> !entry.removed()).toList();
    }

    public NetworkFile with(State newState) {
        return new NetworkFile(
                version,
                name,
                topology,
                spread,
                randomSeed,
                basePort,
                host,
                nodes,
                inMemory,
                processes,
                createdAt,
                newState);
    }

    public NetworkFile with(List<Entry> newNodes) {
        return new NetworkFile(
                version,
                name,
                topology,
                spread,
                randomSeed,
                basePort,
                host,
                newNodes,
                inMemory,
                processes,
                createdAt,
                state);
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
            json.writeStringField("createdAt", createdAt.toString());
            json.writeStringField("state", state.toString());
            json.writeArrayFieldStart("nodes");
            for (Entry entry : nodes) {
                write(entry, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("node", entry.node());
        json.writeStringField("address", entry.address().toString());
        json.writeArrayFieldStart("neighbours");
        for (int neighbour : entry.neighbours()) {
            json.writeNumber(neighbour);
        }
        json.writeEndArray();
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
                        entry.integer("node"),
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
                    state(json.text("state")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
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
