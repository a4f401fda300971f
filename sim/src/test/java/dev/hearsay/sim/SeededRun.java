package dev.hearsay.sim;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A simulation of a network with seeds that a test steers: it lets time pass, strikes, forges, and looks on. */
final class SeededRun implements Observer {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    /** An event, and who has told it. */
    record Told(long atNanos, int by, Event event) {}

    /** No machine of the simulation has these keys. */
    private static final long STRANGERS = 1L << 40;

    final Simulation simulation;
    final List<Told> told = new ArrayList<>();
    /** Every certificate of a removal that was ever told. */
    final Map<Statement, Certificate> removals = new HashMap<>();

    final int seeds;
    final int peers;
    /** Hears every event as it is told, and may forge. */
    Consumer<Told> enemy = told -> {};

    /** Sees every message as it leaves. */
    Consumer<Message> spy = message -> {};

    private long nowNanos;

    private SeededRun(SimulationSpec spec) {
        seeds = spec.seeds();
        peers = spec.nodes();
        simulation = Simulation.of(spec, this);
    }

    /** A network whose options, beside seeds, nodes and random seed, are these pairs. */
    static SeededRun of(long randomSeed, int seeds, int peers, String... options) {
        SimulationSpecBuilder builder = SimulationSpec.builder()
                .set("random-seed", randomSeed)
                .set("seeds", seeds)
                .set("nodes", peers)
                .set("latency", "uniform:1ms-11ms");
        for (int i = 0; i < options.length; i += 2) {
            builder.set(options[i], options[i + 1]);
        }
        return new SeededRun(builder.build());
    }

    @Override
    public void told(long atNanos, int node, Event event) {
        Told one = new Told(atNanos, node, event);
        told.add(one);
        enemy.accept(one);
    }

    @Override
    public void sent(long atNanos, int from, int to, Message message) {
        if (message instanceof RemovalProtocol.RemovalNotify(Certificate certificate)) {
            removals.putIfAbsent(certificate.statement(), certificate);
        }
        spy.accept(message);
    }

    static NodeId peer(int index) {
        return new NodeId("sim", index);
    }

    static NodeId seed(int index) {
        return new NodeId("seed", index);
    }

    static List<NodeId> peers(int... indices) {
        List<NodeId> ids = new ArrayList<>();
        for (int index : indices) {
            ids.add(peer(index));
        }
        return ids;
    }

    SeededRun run(long nanos) {
        nowNanos += nanos;
        simulation.advanceTo(nowNanos);
        return this;
    }

    long nowNanos() {
        return nowNanos;
    }

    // --- What goes wrong -----------------------------------------------------------------------------------------

    ActiveFault strike(Fault fault) {
        return simulation.script().strike(fault);
    }

    /** Kills it for good, unless {@link #start} gives it another life. */
    ActiveFault kill(Victims victims) {
        return strike(new Fault.Crash(victims, nowNanos, 0, DiskLoss.NONE));
    }

    /** The first so many seeds are in the configuration of all who start from now on; those that were not before start now. */
    void configure(int from, int to) {
        simulation.hosts().configure(to);
        for (int seed = from; seed < to; seed++) {
            simulation.stage().restart(peers + seed);
        }
    }

    void start(ActiveFault struck) {
        simulation.script().relent(struck);
    }

    void pause(int peer, long forNanos) {
        strike(new Fault.Pause(Victims.nodes(peer), nowNanos, forNanos));
    }

    ActiveFault divide(Victims victims) {
        return strike(new Fault.Partition(victims, nowNanos, 0));
    }

    void forge(NodeId from, NodeId to, Message message) {
        simulation.forge(from, to, message);
    }

    void forgeToSeeds(NodeId from, Message message) {
        for (int i = 0; i < seeds; i++) {
            if (isUpSeed(i)) {
                forge(from, seed(i), message);
            }
        }
    }

    // --- Looking on ----------------------------------------------------------------------------------------------

    Signatures keysOf(NodeId id) {
        return simulation.hosts().keys(simulation.hosts().number(id));
    }

    /** The key pair of somebody who is no machine of this network. */
    Signatures stranger(long number) {
        return Objects.requireNonNull(simulation.keyring()).keys(STRANGERS + number);
    }

    boolean isUpSeed(int index) {
        return simulation.hosts().isUp(peers + index);
    }

    boolean isUpPeer(int index) {
        return simulation.hosts().isUp(index);
    }

    Seed seedAt(int index) {
        return simulation.hosts().seed(peers + index);
    }

    Node peerAt(int index) {
        return simulation.hosts().node(index);
    }

    PeerList list(int seed) {
        return seedAt(seed).peerList();
    }

    Statement registration(int peer) {
        for (int i = 0; i < seeds; i++) {
            if (isUpSeed(i)) {
                return Objects.requireNonNull(list(i).registration(peer(peer)));
            }
        }
        throw new IllegalStateException("no seed is up");
    }

    Certificate certificate(int peer) {
        return Objects.requireNonNull(list(0).find(peer(peer)));
    }

    double measure(Measure measure) {
        return simulation.measures().value(measure);
    }

    <T extends Event> List<T> told(Class<T> kind) {
        return told.stream()
                .map(Told::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<String> refusals() {
        return told(Lifecycle.Refused.class).stream()
                .map(Lifecycle.Refused::reason)
                .toList();
    }
}
