package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.network.NetworkFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a host is told at its start.
 *
 * @param host its number, see {@code HostFile}
 * @param nodes the nodes it runs
 * @param members all nodes of the network, those of other hosts included
 * @param spec what every node runs
 * @param topology how the overlay was drawn, for people to read; empty if nobody knows
 * @param data the directory of the store; null to keep everything in memory
 * @param randomSeed what the nodes' randomness comes from; empty for real randomness, which any node needs that may come
 *     back without its memory
 * @param loops event loops; 0 for as many as this machine can use
 * @param isControlled whether the host takes orders over HTTP on a loopback port of its own
 * @param awaitNeighbours how long to wait, before any node begins, for neighbours of other hosts to listen; when several
 *     processes start one network, none shall mistake the slow starters for dead
 */
public record HostOptions(
        int host,
        List<Member> nodes,
        List<NodeId> members,
        NodeSpec spec,
        String topology,
        @Nullable Path data,
        OptionalLong randomSeed,
        int loops,
        boolean isControlled,
        Duration awaitNeighbours) {

    /**
     * A node that the host runs.
     *
     * @param node its number, from 1
     * @param address where it listens
     * @param neighbours the nodes it is linked to at its start
     */
    public record Member(int node, NodeId address, List<NodeId> neighbours) {
        public Member {
            Objects.requireNonNull(address, "address");
            neighbours = neighbours.stream().sorted().toList();
            if (node < 1) {
                throw new IllegalArgumentException("nodes are numbered from 1, not " + node);
            }
        }
    }

    public HostOptions {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(topology, "topology");
        Objects.requireNonNull(randomSeed, "randomSeed");
        Objects.requireNonNull(awaitNeighbours, "awaitNeighbours");
        nodes = List.copyOf(nodes);
        members = List.copyOf(members);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("a host needs at least one node");
        }
        if (loops < 0) {
            throw new IllegalArgumentException("the number of event loops must not be negative, but is " + loops);
        }
    }

    /** A network of these nodes alone, in memory, flooding, without a control port: what a program that embeds it starts from. */
    public static HostOptions inMemory(List<Member> nodes) {
        List<NodeId> members = nodes.stream().map(Member::address).sorted().toList();
        NodeSpec spec = NodeSpec.of(new SpreadSpec.Flood());
        return new HostOptions(0, nodes, members, spec, "", null, OptionalLong.empty(), 0, false, Duration.ZERO);
    }

    /**
     * A host of the network that a file describes.
     *
     * @param host its number
     * @param numbers the nodes it runs; all that are present if empty
     * @param data the directory of its store, used unless the network is in memory
     */
    public static HostOptions of(NetworkFile file, int host, List<Integer> numbers, Path data) {
        Map<Integer, NodeId> addresses = new HashMap<>();
        file.present().forEach(entry -> addresses.put(entry.node(), entry.address()));
        List<Member> nodes = file.present().stream()
                .filter(entry -> numbers.isEmpty() || numbers.contains(entry.node()))
                .map(entry -> new Member(
                        entry.node(),
                        entry.address(),
                        entry.neighbours().stream()
                                .map(addresses::get)
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
        return new HostOptions(
                host,
                nodes,
                addresses.values().stream().sorted().toList(),
                NodeSpec.of(SpreadSpec.parse(file.spread())),
                file.topology(),
                file.inMemory() ? null : data,
                OptionalLong.empty(),
                0,
                true,
                Duration.ZERO);
    }

    public HostOptions withSpec(NodeSpec newSpec) {
        return new HostOptions(
                host, nodes, members, newSpec, topology, data, randomSeed, loops, isControlled, awaitNeighbours);
    }

    /** The same, with a durable store. */
    public HostOptions withData(Path directory) {
        return new HostOptions(
                host, nodes, members, spec, topology, directory, randomSeed, loops, isControlled, awaitNeighbours);
    }

    public HostOptions withRandomSeed(long seed) {
        return new HostOptions(
                host,
                nodes,
                members,
                spec,
                topology,
                data,
                OptionalLong.of(seed),
                loops,
                isControlled,
                awaitNeighbours);
    }

    public HostOptions withLoops(int count) {
        return new HostOptions(
                host, nodes, members, spec, topology, data, randomSeed, count, isControlled, awaitNeighbours);
    }

    public HostOptions withControl(boolean controlled) {
        return new HostOptions(
                host, nodes, members, spec, topology, data, randomSeed, loops, controlled, awaitNeighbours);
    }

    public HostOptions withAwaitNeighbours(Duration duration) {
        return new HostOptions(host, nodes, members, spec, topology, data, randomSeed, loops, isControlled, duration);
    }
}
