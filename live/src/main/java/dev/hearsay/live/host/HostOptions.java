package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.live.transport.BindAddress;
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
 * @param host its name, see {@code HostFile}
 * @param nodes the nodes it runs
 * @param members all nodes of a static network, those of other hosts included
 * @param spec what every node that gossips runs
 * @param topology how the overlay was drawn, for people to read; empty if nobody knows
 * @param data the directory of the store; null to keep everything in memory
 * @param randomSeed what the nodes' randomness comes from; empty for real randomness, which any node needs that may come
 *     back without its memory
 * @param loops event loops; 0 for as many as this machine can use
 * @param isControlled whether the host takes orders over HTTP on a loopback port of its own
 * @param awaitNeighbours how long to wait, before any node begins, for neighbours of other hosts to listen; when several
 *     processes start one network, none shall mistake the slow starters for dead
 * @param seeding what a network with seeds needs beside; null for a static one
 * @param serving how its nodes serve whoever comes
 */
public record HostOptions(
        String host,
        List<Member> nodes,
        List<NodeId> members,
        NodeSpec spec,
        String topology,
        @Nullable Path data,
        OptionalLong randomSeed,
        int loops,
        boolean isControlled,
        Duration awaitNeighbours,
        @Nullable Seeding seeding,
        Serving serving) {

    /**
     * A node that the host runs.
     *
     * @param address where it listens
     * @param neighbours the nodes it is linked to at its start; none where seeds decide who is a member
     */
    public record Member(NodeName node, NodeId address, List<NodeId> neighbours) {
        public Member {
            neighbours = neighbours.stream().sorted().toList();
        }

        /** A node that gossips, by its number, from 1. */
        public Member(int number, NodeId address, List<NodeId> neighbours) {
            this(NodeName.of(number), address, neighbours);
        }
    }

    /**
     * What a host of a network with seeds needs beside.
     *
     * @param config the seeds
     * @param settings what people have chosen
     * @param files where keys and logs go
     * @param console shown every line of the log as well; null for nobody
     * @param isDirect whether what nodes of this host tell each other takes no sockets, which is for many nodes in one process
     */
    public record Seeding(
            SeedConfig config,
            SeededSettings settings,
            SeededDirectory files,
            @Nullable LogConsole console,
            boolean isDirect) {}

    /**
     * How nodes serve whoever comes to them.
     *
     * @param bind where they listen
     * @param isMeasured whether they count what happens, for {@code /metrics}
     * @param takesVersions whether what is put to {@code /gossip} are versions, and no messages
     * @param memory how much of it they may take together
     */
    public record Serving(BindAddress bind, boolean isMeasured, boolean takesVersions, MemoryBudget memory) {

        /** Each at its own address, with metrics, taking messages. */
        public static final Serving USUAL = new Serving(BindAddress.OWN, true, false);

        /** With all the memory that nodes of a process may take. */
        public Serving(BindAddress bind, boolean isMeasured, boolean takesVersions) {
            this(bind, isMeasured, takesVersions, MemoryBudget.ofProcess());
        }
    }

    // Spelled out for the same reason.
    public HostOptions(
            String host,
            List<Member> nodes,
            List<NodeId> members,
            NodeSpec spec,
            String topology,
            @Nullable Path data,
            OptionalLong randomSeed,
            int loops,
            boolean isControlled,
            Duration awaitNeighbours,
            @Nullable Seeding seeding,
            Serving serving) {
        this.host = host;
        this.nodes = List.copyOf(nodes);
        this.members = List.copyOf(members);
        this.spec = spec;
        this.topology = topology;
        this.data = data;
        this.randomSeed = randomSeed;
        this.loops = loops;
        this.isControlled = isControlled;
        this.awaitNeighbours = awaitNeighbours;
        this.seeding = seeding;
        this.serving = serving;
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
        return new HostOptions(
                HostFile.ALL,
                nodes,
                members,
                spec,
                "",
                null,
                OptionalLong.empty(),
                0,
                false,
                Duration.ZERO,
                null,
                Serving.USUAL);
    }

    /**
     * Peers and seeds of a network that seeds decide on, in memory unless data is set, without a control port.
     *
     * @param nodes the peers and seeds of this host
     */
    public static HostOptions seeded(List<Member> nodes, Seeding seeding) {
        NodeSpec spec = seeding.settings().peers(seeding.config());
        return new HostOptions(
                HostFile.ALL,
                nodes,
                List.of(),
                spec,
                "",
                null,
                OptionalLong.empty(),
                0,
                false,
                Duration.ZERO,
                seeding,
                Serving.USUAL);
    }

    /**
     * A host of the static network that a file describes.
     *
     * @param host its name
     * @param names the nodes it runs; all that are present if empty
     * @param data the directory of its store, used unless the network is in memory
     */
    public static HostOptions of(NetworkFile file, String host, List<NodeName> names, Path data) {
        Map<Integer, NodeId> addresses = new HashMap<>();
        file.present().forEach(entry -> addresses.put(entry.number(), entry.address()));
        List<Member> nodes = members(file, names, addresses);
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
                Duration.ZERO,
                null,
                new Serving(BindAddress.OWN, true, file.takesVersions()));
    }

    /** The same for a network with seeds. */
    public static HostOptions of(NetworkFile file, String host, List<NodeName> names, Path data, Seeding seeding) {
        return new HostOptions(
                host,
                members(file, names, Map.of()),
                List.of(),
                seeding.settings().peers(seeding.config()),
                file.topology(),
                file.inMemory() ? null : data,
                OptionalLong.empty(),
                0,
                true,
                Duration.ZERO,
                seeding,
                new Serving(BindAddress.OWN, true, file.takesVersions()));
    }

    private static List<Member> members(NetworkFile file, List<NodeName> names, Map<Integer, NodeId> addresses) {
        return file.present().stream()
                .filter(entry -> names.isEmpty() || names.contains(entry.node()))
                .map(entry -> new Member(
                        entry.node(),
                        entry.address(),
                        entry.neighbours().stream()
                                .map(addresses::get)
                                .filter(Objects::nonNull)
                                .toList()))
                .toList();
    }

    // --- The same with something else in one place -------------------------------------------------------------------

    public HostOptions withSpec(NodeSpec newSpec) {
        return copy(newSpec, data, randomSeed, loops, isControlled, awaitNeighbours, serving);
    }

    /** The same, with a durable store. */
    public HostOptions withData(Path directory) {
        return copy(spec, directory, randomSeed, loops, isControlled, awaitNeighbours, serving);
    }

    public HostOptions withRandomSeed(long seed) {
        return copy(spec, data, OptionalLong.of(seed), loops, isControlled, awaitNeighbours, serving);
    }

    public HostOptions withLoops(int count) {
        return copy(spec, data, randomSeed, count, isControlled, awaitNeighbours, serving);
    }

    public HostOptions withControl(boolean controlled) {
        return copy(spec, data, randomSeed, loops, controlled, awaitNeighbours, serving);
    }

    public HostOptions withAwaitNeighbours(Duration duration) {
        return copy(spec, data, randomSeed, loops, isControlled, duration, serving);
    }

    /** The same with nodes that listen elsewhere than others reach them. */
    public HostOptions withBind(BindAddress bind) {
        return with(new Serving(bind, isMeasured(), serving.takesVersions(), memory()));
    }

    /** The same with or without metrics. */
    public HostOptions withMetrics(boolean measured) {
        return with(new Serving(bind(), measured, serving.takesVersions(), memory()));
    }

    /** The same with another limit of how far the clocks of others may be ahead. */
    public HostOptions withClockSkew(long micros) {
        return withSpec(spec.with(spec.state().withClockSkew(micros)));
    }

    /** The same, whose nodes take versions. */
    public HostOptions withVersions() {
        return with(new Serving(bind(), isMeasured(), true, memory()));
    }

    /** The same with another budget than that of the process. */
    public HostOptions withMemory(MemoryBudget memory) {
        return with(new Serving(bind(), isMeasured(), serving.takesVersions(), memory));
    }

    private HostOptions with(Serving newServing) {
        return copy(spec, data, randomSeed, loops, isControlled, awaitNeighbours, newServing);
    }

    private HostOptions copy(
            NodeSpec newSpec,
            @Nullable Path newData,
            OptionalLong newRandomSeed,
            int newLoops,
            boolean controlled,
            Duration newAwaitNeighbours,
            Serving newServing) {
        return new HostOptions(
                host,
                nodes,
                members,
                newSpec,
                topology,
                newData,
                newRandomSeed,
                newLoops,
                controlled,
                newAwaitNeighbours,
                seeding,
                newServing);
    }

    BindAddress bind() {
        return serving.bind();
    }

    MemoryBudget memory() {
        return serving.memory();
    }

    boolean isMeasured() {
        return serving.isMeasured();
    }
}
