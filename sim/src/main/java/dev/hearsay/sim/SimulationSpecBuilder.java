package dev.hearsay.sim;

import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.sim.SimulationSpec.Ending;
import dev.hearsay.sim.SimulationSpec.Network;
import dev.hearsay.sim.SimulationSpec.Protocol;
import dev.hearsay.sim.SimulationSpec.Publishing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SimulationSpec} of options and their values as they stand on a command line, without the dashes. The
 * inverse is {@link SimulationSpec#command}.
 *
 * <p>The options, with their defaults:
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code nodes}</td><td>1000</td></tr>
 * <tr><td>{@code seeds}</td><td>0; with some, the nodes are peers that the seeds take in</td></tr>
 * <tr><td>{@code topology}</td><td>{@code random:8}, see {@link OverlaySpec#SYNTAX}; with seeds {@code powerlaw}</td></tr>
 * <tr><td>{@code spread}</td><td>{@code flood}, or {@code push:K}</td></tr>
 * <tr><td>{@code relays}</td><td>1</td></tr>
 * <tr><td>{@code rumors}</td><td>1</td></tr>
 * <tr><td>{@code first}</td><td>{@code 0s}, when the first rumor is published</td></tr>
 * <tr><td>{@code every}</td><td>{@code 100ms}, from one rumor to the next</td></tr>
 * <tr><td>{@code publisher}</td><td>{@code any}, or a node's number</td></tr>
 * <tr><td>{@code payload}</td><td>64, in bytes</td></tr>
 * <tr><td>{@code latency}</td><td>{@code 10ms}, see {@link Latency#SYNTAX}</td></tr>
 * <tr><td>{@code loss}, {@code duplicate}, {@code reorder}</td><td>{@code 0%} of the messages</td></tr>
 * <tr><td>{@code anti-entropy}</td><td>{@code 1s} from round to round, or {@code off}</td></tr>
 * <tr><td>{@code heartbeats}</td><td>{@code off}, or the time from round to round; with seeds {@code 1s}</td></tr>
 * <tr><td>{@code retain}</td><td>100000, rumors a node keeps</td></tr>
 * <tr><td>{@code paths}</td><td>{@code off}, or {@code on}</td></tr>
 * <tr><td>{@code disk}</td><td>{@code 0s} until a binding fact is durable</td></tr>
 * <tr><td>{@code disk-failure}</td><td>{@code 0%} of the times, and the node takes back what it has accepted</td></tr>
 * <tr><td>{@code crash}, {@code leave}, {@code pause}, {@code slow}, {@code partition}, {@code cut}, {@code skew},
 * {@code stranger}</td><td>none; each may be given several times, see {@link Fault}</td></tr>
 * <tr><td>{@code until}</td><td>{@code 10m}, the limit of simulated time</td></tr>
 * <tr><td>{@code heal}, {@code within}</td><td>{@code off} and {@code 60s}, see {@link Ending}</td></tr>
 * <tr><td>{@code random-seed}</td><td>1</td></tr>
 * <tr><td>{@code runs}</td><td>1</td></tr>
 * </table>
 */
public final class SimulationSpecBuilder {

    private static final String OFF = "off";
    private static final String ON = "on";
    private static final String ANY = "any";
    private static final long UNSET = -1;
    private static final int NODES = 1000;
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    private @Nullable Integer nodes;
    private int seeds;
    private @Nullable OverlaySpec topology;
    private SpreadSpec spread = new SpreadSpec.Flood();
    private int relays = 1;
    private Publishing.Kind kind = Publishing.Kind.MESSAGES;
    private int rumors = 1;
    private long firstNanos;
    private long everyNanos = 100_000_000L;
    private int publisher = -1;
    private int payloadBytes = 64;
    private Latency latency = new Latency.Fixed(10_000_000L);
    private double loss;
    private double duplicate;
    private double reorder;
    private long antiEntropyNanos = 1_000_000_000L;
    private long heartbeatNanos = UNSET;
    private int retain = 100_000;
    private boolean tracePaths;
    private long diskNanos;
    private double diskFailure;
    private final List<Fault> faults = new ArrayList<>();
    private long untilNanos = 600_000_000_000L;
    private long healNanos;
    private long withinNanos = 60_000_000_000L;
    private long randomSeed = 1;
    private int runs = 1;

    SimulationSpecBuilder() {}

    /**
     * Sets an option; a fault is added to those there are.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    public SimulationSpecBuilder set(String option, String value) {
        switch (option) {
            case "nodes" -> nodes = whole(option, value);
            case "seeds" -> seeds = whole(option, value);
            case "topology" -> topology = OverlaySpec.parse(value);
            case "spread" -> spread = SpreadSpec.parse(value);
            case "relays" -> relays = whole(option, value);
            case "publish" -> kind = kind(value);
            case "rumors" -> rumors = whole(option, value);
            case "first" -> firstNanos = Durations.parse(value);
            case "every" -> everyNanos = Durations.parse(value);
            case "publisher" -> publisher = value.equals(ANY) ? -1 : whole(option, value);
            case "payload" -> payloadBytes = whole(option, value);
            case "latency" -> latency = Latency.parse(value);
            case "loss" -> loss = Fractions.parse(value);
            case "duplicate" -> duplicate = Fractions.parse(value);
            case "reorder" -> reorder = Fractions.parse(value);
            case "anti-entropy" -> antiEntropyNanos = durationOrOff(value);
            case "heartbeats" -> heartbeatNanos = durationOrOff(value);
            case "retain" -> retain = whole(option, value);
            case "paths" -> tracePaths = isOn(option, value);
            case "disk" -> diskNanos = Durations.parse(value);
            case "disk-failure" -> diskFailure = Fractions.parse(value);
            case "crash", "leave", "pause", "slow", "partition", "cut", "skew", "stranger" ->
                faults.add(Fault.parse(option, value));
            case "until" -> untilNanos = Durations.parse(value);
            case "heal" -> healNanos = durationOrOff(value);
            case "within" -> withinNanos = Durations.parse(value);
            case "random-seed" -> randomSeed = number(option, value);
            case "runs" -> runs = whole(option, value);
            default -> throw new IllegalArgumentException("there is no option --" + option);
        }
        return this;
    }

    public SimulationSpecBuilder set(String option, long value) {
        return set(option, Long.toString(value));
    }

    /** Sets an overlay that cannot be written as an option, as it is that of a file; the usual number of nodes is its own. */
    public SimulationSpecBuilder topology(OverlaySpec.Given given) {
        topology = given;
        return this;
    }

    /** Adds a fault. */
    public SimulationSpecBuilder fault(Fault fault) {
        faults.add(fault);
        return this;
    }

    /**
     * The spec.
     *
     * @throws IllegalArgumentException with a sentence for people, if the options do not go together
     */
    public SimulationSpec build() {
        OverlaySpec usual = seeds > 0 ? new OverlaySpec.PowerLaw(1, 0) : new OverlaySpec.RandomRegular(8);
        long usualHeartbeatNanos = seeds > 0 ? HEARTBEAT_NANOS : 0;
        int usualNodes = topology instanceof OverlaySpec.Given(String file, Graph graph) ? graph.nodes() : NODES;
        return new SimulationSpec(
                nodes == null ? usualNodes : nodes,
                seeds,
                topology == null ? usual : topology,
                new Publishing(kind, rumors, firstNanos, everyNanos, publisher, relays, payloadBytes),
                new Protocol(
                        spread,
                        antiEntropyNanos,
                        heartbeatNanos == UNSET ? usualHeartbeatNanos : heartbeatNanos,
                        retain,
                        tracePaths,
                        diskNanos,
                        diskFailure),
                new Network(latency, loss, duplicate, reorder),
                faults,
                new Ending(untilNanos, healNanos, withinNanos),
                randomSeed,
                runs);
    }

    /**
     * Reads what {@link SimulationSpec#command} writes.
     *
     * @throws IllegalArgumentException with a sentence for people
     */
    static SimulationSpec parse(String command) {
        String[] words = command.split(" ", -1);
        SimulationSpecBuilder builder = new SimulationSpecBuilder();
        for (int i = 2; i + 1 < words.length; i += 2) {
            builder.set(words[i].substring(2), words[i + 1]);
        }
        return builder.build();
    }

    /** The options that make this spec: those that everybody asks for, and those that are not at their default. */
    static Map<String, List<String>> options(SimulationSpec spec) {
        Map<String, List<String>> options = all(spec);
        Map<String, List<String>> defaults = all(SimulationSpec.builder().build());
        List<String> always =
                List.of("nodes", "topology", "spread", "latency", "loss", "anti-entropy", "random-seed", "runs");
        options.entrySet()
                .removeIf(option ->
                        !always.contains(option.getKey()) && option.getValue().equals(defaults.get(option.getKey())));
        return options;
    }

    private static Map<String, List<String>> all(SimulationSpec spec) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        Publishing publishing = spec.publishing();
        Protocol protocol = spec.protocol();
        put(options, "nodes", spec.nodes());
        put(options, "seeds", spec.seeds());
        put(options, "topology", spec.topology());
        put(options, "spread", protocol.spread());
        put(options, "relays", publishing.relays());
        put(options, "publish", publishing.kind());
        put(options, "rumors", publishing.rumors());
        put(options, "first", Durations.text(publishing.firstNanos()));
        put(options, "every", Durations.text(publishing.everyNanos()));
        put(options, "publisher", publishing.publisher() < 0 ? ANY : publishing.publisher());
        put(options, "payload", publishing.payloadBytes());
        put(options, "latency", spec.network().latency());
        put(options, "loss", Fractions.text(spec.network().loss()));
        put(options, "duplicate", Fractions.text(spec.network().duplicate()));
        put(options, "reorder", Fractions.text(spec.network().reorder()));
        put(options, "anti-entropy", textOrOff(protocol.antiEntropyNanos()));
        put(options, "heartbeats", textOrOff(protocol.heartbeatNanos()));
        put(options, "retain", protocol.retain());
        put(options, "paths", protocol.tracePaths() ? ON : OFF);
        put(options, "disk", Durations.text(protocol.diskNanos()));
        put(options, "disk-failure", Fractions.text(protocol.diskFailure()));
        for (Fault fault : spec.faults()) {
            options.computeIfAbsent(fault.option(), o -> new ArrayList<>()).add(fault.toString());
        }
        put(options, "until", Durations.text(spec.ending().untilNanos()));
        put(options, "heal", textOrOff(spec.ending().healNanos()));
        put(options, "within", Durations.text(spec.ending().withinNanos()));
        put(options, "random-seed", spec.randomSeed());
        put(options, "runs", spec.runs());
        return options;
    }

    private static void put(Map<String, List<String>> options, String option, Object value) {
        options.put(option, List.of(value.toString()));
    }

    private static String textOrOff(long nanos) {
        return nanos == 0 ? OFF : Durations.text(nanos);
    }

    private static long durationOrOff(String value) {
        return value.equals(OFF) ? 0 : Durations.parse(value);
    }

    private static boolean isOn(String option, String value) {
        if (!value.equals(ON) && !value.equals(OFF)) {
            throw new IllegalArgumentException("--" + option + " is on or off, not '" + value + "'");
        }
        return value.equals(ON);
    }

    private static Publishing.Kind kind(String value) {
        for (Publishing.Kind kind : Publishing.Kind.values()) {
            if (kind.toString().equals(value)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("--publish is messages, versions or entries, not '" + value + "'");
    }

    private static int whole(String option, String value) {
        long number = number(option, value);
        if (number != (int) number) {
            throw new IllegalArgumentException("--" + option + ": " + value + " is out of range");
        }
        return (int) number;
    }

    private static long number(String option, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + option + " must be a whole number, not '" + value + "'", e);
        }
    }
}
