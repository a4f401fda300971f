package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.output.Format;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.overlay.Overlay;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.sim.Durations;
import dev.hearsay.wire.RecordJson;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "versions",
        description = "Run a network in which version after version is sent out, and committed once every node has it.")
@Manual(
        examples = {
            "gossip versions # 5 nodes on ports 8000 to 8004, a version every 10 s to 3 of them",
            "NUM_GOROUTINES=9 SEND_INTERVAL=2 gossip versions # the variables of the version simulation",
            "gossip versions --nodes 50 --interval 1s --count 10 # and end when 10 are committed",
            "gossip versions --dashboard # shown in the browser too, on http://127.0.0.1:8080",
            "curl -X PUT --data 7 http://127.0.0.1:8000/gossip # put version 7 in by hand",
            "gossip remove-node 3 # in another terminal: a node that is down holds commit back, one that is removed does not"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN, ExitCode.INTERRUPTED})
public final class Versions extends NetworkCommand {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Up to so many nodes all know each other; a mesh of more would be busy with heartbeats alone. */
    private static final int MESH_MAX = 32;

    private static final int DEGREE = 16;
    private static final long POLL_MILLIS = 50;

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "N",
            description = "How many nodes; also NUM_GOROUTINES (default: 5).")
    private @Nullable Integer nodes;

    @Option(
            names = "--start-port",
            paramLabel = "PORT",
            description = "Node i listens on this port + i - 1; also START_PORT (default: 8000).")
    private @Nullable Integer startPort;

    @Option(
            names = {"-k", "--fanout"},
            paramLabel = "K",
            description =
                    "To how many random nodes each version is sent, and passed on; also NUM_NODES_TO_SEND (default: 3).")
    private @Nullable Integer fanout;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "TIME",
            description =
                    "From one version to the next, in seconds if no unit is given; also SEND_INTERVAL (default: 10).")
    private @Nullable String interval;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "V",
            description = "End when so many versions are committed (default: go on until Ctrl-C).")
    private @Nullable Integer count;

    @Option(names = "--in-memory", description = "Keep versions in memory only.")
    private boolean isInMemory;

    @Mixin
    private DashboardOption dashboardOption;

    @Option(names = "--fresh", description = "Begin anew even if an earlier network died with what may be wanted.")
    private boolean isFresh;

    /** The nodes whose versions are counted. */
    private final Set<NodeId> counted = ConcurrentHashMap.newKeySet();

    public Versions(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        if (output() == Format.JSON || output() == Format.CSV) {
            throw Failure.usage("Versions go on and on, so they are no single document.", "One for each: -o jsonl");
        }
        int number = value("--nodes", nodes, "NUM_GOROUTINES", 5);
        int port = value("--start-port", startPort, "START_PORT", 8000);
        int targets = value("--fanout", fanout, "NUM_NODES_TO_SEND", 3);
        long everyNanos = everyNanos();
        if (targets < 1 || (number > 1 && targets > number)) {
            throw Failure.usage(
                    "A version can be sent to 1 to " + number + " of " + number + " nodes, not to " + targets + ".",
                    "Change --fanout or NUM_NODES_TO_SEND.");
        }
        if (count != null && count < 1) {
            throw Failure.usage("--count must be at least 1, not " + count + ".", "");
        }
        if (port < 1) {
            throw Failure.usage("The nodes cannot listen from port " + port + " on; ports are 1 to 65535.", "");
        }
        NetworkPlan.demandPossible(number, port - 1, false, "--start-port 8000");
        long seed = new SecureRandom().nextInt(1_000_000_000);
        OverlaySpec topology = number <= MESH_MAX ? new OverlaySpec.Full() : new OverlaySpec.RandomRegular(DEGREE);
        Overlay overlay = NetworkPlan.draw(topology, number, seed);
        NetworkDirectory directory = LiveNetwork.directory(console(), networkName());
        Launch launch = new Launch(console(), directory);
        try (NetworkLock lock = NetworkLock.take(directory)) {
            launch.demandNotRunning(isFresh);
            NetworkFile file = NetworkPlan.file(
                            networkName(),
                            overlay,
                            new SpreadSpec.Push(Math.min(targets, Math.max(1, number - 1))),
                            seed,
                            port - 1,
                            isInMemory,
                            false)
                    .withVersions()
                    .withDashboard(dashboardOption.port());
            DashboardOption.demandPossible(file);
            Ports.demandFree(
                    file.nodes().stream().map(NetworkFile.Entry::address).toList(),
                    port - 1,
                    "--start-port",
                    NetworkDirectory.home(console().environment()));
            NetworkFiles.beginAnew(directory, isFresh, List.of()).forEach(this::say);
            for (NetworkFile.Entry entry : file.nodes()) {
                say("Starting server " + entry.node() + " on port "
                        + entry.address().port());
            }
            launch.run(file, lock, (host, millis) -> {
                DashboardOption.notes(file).forEach(this::say);
                begin(host, targets, everyNanos, new Random64(seed));
            });
        }
        return ExitCode.DONE;
    }

    // --- What is asked for -------------------------------------------------------------------------------------------

    private int value(String option, @Nullable Integer given, String variable, int usual) {
        String text = console().variable(variable);
        if (given != null || text.isEmpty()) {
            return given == null ? usual : given;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Failure.usage(
                    variable + " must be a whole number, not '" + text + "'.",
                    "Correct it, or override it with " + option + ".");
        }
    }

    private long everyNanos() {
        String variable = console().variable("SEND_INTERVAL");
        String text = interval != null ? interval : variable.isEmpty() ? "10" : variable;
        String source = interval != null ? "--interval" : "SEND_INTERVAL";
        long nanos;
        try {
            nanos = Durations.parse(text.matches("[0-9.]+") ? text + "s" : text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(source + ": " + e.getMessage() + ".", "For example 10, or 500ms.");
        }
        if (nanos < 1) {
            throw Failure.usage(source + " must be longer than '" + text + "'.", "For example 10, or 500ms.");
        }
        return nanos;
    }

    // --- While it runs -----------------------------------------------------------------------------------------------

    private void begin(Host host, int targets, long everyNanos, Random64 random) {
        VersionCount counter = new VersionCount(this::show);
        host.nodes().forEach(counter::include);
        includeNew(host, counter);
        Thread.ofVirtual().start(() -> {
            try {
                send(host, counter, targets, everyNanos, random);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            host.close();
        });
    }

    /** Counts the nodes that were added since; one that does not answer yet is asked again the next time. */
    private void includeNew(Host host, VersionCount counter) {
        for (HostedNode node : host.nodes()) {
            if (node.isRunning() && !counted.contains(node.address())) {
                counter.include(node);
                try {
                    catchUp(counter, node.address());
                    counted.add(node.address());
                } catch (Failure e) {
                    return;
                }
            }
        }
    }

    private record State(List<Known> origins, Ranges committed) {
        private record Known(String origin, Ranges seen) {}
    }

    private static final RecordJson JSON = new RecordJson()
            .text(State.class, "committed", Ranges::toString, Versions::ranges)
            .text(State.Known.class, "seen", Ranges::toString, Versions::ranges);

    private static void catchUp(VersionCount counter, NodeId node) {
        Contact contact = Contact.at(node);
        State state =
                contact.read(() -> JSON.read(State.class, contact.call("/state").get()));
        Ranges seen = new Ranges();
        state.origins().stream()
                .filter(known -> known.origin().equals(Origin.VERSIONS.node().toString()))
                .forEach(known -> seen.addAll(known.seen()));
        counter.catchUp(node, seen, state.committed(), nowMicros());
    }

    /** Reads {@code 1-5, 7}. */
    private static Ranges ranges(String text) {
        Ranges ranges = new Ranges();
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split(", ", -1))) {
            int dash = part.indexOf('-');
            long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
            ranges.add(first, dash < 0 ? first : Long.parseLong(part.substring(dash + 1)));
        }
        return ranges;
    }

    private void send(Host host, VersionCount counter, int targets, long everyNanos, Random64 random)
            throws InterruptedException {
        int limit = count == null ? Integer.MAX_VALUE : count;
        for (int version = 1; version <= limit; version++) {
            long nextNanos = System.nanoTime() + everyNanos;
            show(new VersionCount.Line(VersionCount.Kind.SENDING, version, "", 0, 0, nowMicros()));
            put(host, version, targets, random, counter);
            while (version == limit ? counter.known() < limit : System.nanoTime() - nextNanos < 0) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                includeNew(host, counter);
            }
        }
    }

    /** Puts a version in at random members, until so many have taken it or all were asked. */
    private void put(Host host, long version, int targets, Random64 random, VersionCount counter) {
        List<HostedNode> nodes = new ArrayList<>(host.nodes());
        nodes.removeIf(node -> !counter.isMember(node.address()));
        int taken = 0;
        for (int i = 0; i < nodes.size() && taken < targets; i++) {
            Collections.swap(nodes, i, i + random.nextInt(nodes.size() - i));
            HostedNode node = nodes.get(i);
            try {
                new Contact(node.name().toString(), node.address(), true)
                        .call("/gossip")
                        .put(Long.toString(version).getBytes(StandardCharsets.US_ASCII));
                taken++;
            } catch (Failure e) {
                say("Version " + version + " was not taken by server " + node.name() + ": " + e.getMessage());
            }
        }
    }

    private void show(VersionCount.Line line) {
        if (output() == Format.JSONL) {
            write(RecordJson.PLAIN.line(line));
            return;
        }
        switch (line.event()) {
            case SENDING -> say("Sending version " + line.version());
            case RECEIVED -> write("Received for " + line.version() + " -> count = " + line.count());
            case COMMITTED -> write("Committed version " + line.version() + " -> count = " + line.count());
            case KNOWN ->
                write("Version " + line.version() + " is known to be committed at all " + line.count() + " nodes, "
                        + Spans.ofMillis(line.millis()) + " after the last one received it");
        }
    }

    private void say(String what) {
        if (output() == Format.JSONL) {
            return;
        }
        write(TIME.format(Instant.now()) + " " + what);
    }

    private synchronized void write(String line) {
        console().out().println(line);
        console().out().flush();
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
