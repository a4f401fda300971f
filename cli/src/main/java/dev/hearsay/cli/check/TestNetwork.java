package dev.hearsay.cli.check;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.cli.launch.HostProcesses;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.network.PeerLists;
import dev.hearsay.cli.network.SeededStart;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Seeds and peers, each a process of its own, launched as {@code start-network} does it; with ways to ask and to hurt them. */
final class TestNetwork implements AutoCloseable {

    /**
     * How patient the checks are.
     *
     * @param pingNanos how often peers look whether their neighbours are alive
     * @param withinNanos how long a check waits for what must happen
     */
    record Terms(long pingNanos, long withinNanos, Progress progress) {}

    /** How often a peer makes up a message, where it does: many times as often as usual, to be quick. */
    static final long GOSSIP_NANOS = 200_000_000L;

    private static final String HOST = "127.0.0.1";
    private static final int PORTS_FROM = 15_000;
    private static final int PORTS_TO = 22_000;
    private static final int PEERS_OFFSET = 16;
    private static final int STRANGERS_OFFSET = 40;
    private static final int PORTS = 64;
    private static final int READ_MILLIS = 3_000;
    private static final long POLL_MILLIS = 20;
    private static final long PROCESS_SECONDS = 10;

    private final Workplace place;
    private final NetworkDirectory directory;
    private final SeededDirectory files;
    private final Terms terms;
    private final NetworkEvents events = new NetworkEvents();
    private final Map<String, HandmadePeer> strangers = new LinkedHashMap<>();
    private final SeededSettings settings;
    private final NetworkFile file;
    private final SeedConfig config;
    private final int basePort;

    /** Starts a network, and returns when all its processes are ready. */
    TestNetwork(Workplace place, String name, Stage.Plan plan, Terms terms) throws IOException, InterruptedException {
        this.place = place;
        this.terms = terms;
        this.directory = place.network(name);
        this.files = new SeededDirectory(place.path().resolve(name));
        this.basePort = freePorts();
        SeededSettings usual = SeededSettings.of(Profile.CONSENSUS);
        this.settings = new SeededSettings(
                usual.profile(),
                usual.alpha(),
                usual.neighbours(),
                GOSSIP_NANOS,
                plan.messages(),
                terms.pingNanos(),
                usual.suspectAfter(),
                usual.silentAfter(),
                usual.peersPerHost(),
                "");
        var wish = new SeededStart.Wish(
                plan.seeds(), basePort, plan.peers(), basePort + PEERS_OFFSET, false, false, false, false, 0, null);
        new SeededStart(place.console(), directory, silent(), report -> {}).run(wish, files, settings);
        this.file = directory.readNetwork().orElseThrow(() -> new IOException("the network has no description"));
        this.config = SeedConfigs.read(files.config());
        file.nodes().forEach(node -> events.listenTo(node.address()));
    }

    private static Progress silent() {
        return new Progress(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), false);
    }

    private static int freePorts() {
        while (true) {
            int base = ThreadLocalRandom.current().nextInt(PORTS_FROM, PORTS_TO);
            boolean areFree = true;
            for (int port = base; port < base + PORTS && areFree; port++) {
                areFree = isFree(port) && isFree(SeedConfig.usualSeedPort(port));
            }
            if (areFree) {
                return base;
            }
        }
    }

    static boolean isFree(int port) {
        return Ports.isFree(new NodeId(HOST, port));
    }

    // --- Who is there ------------------------------------------------------------------------------------------------

    List<NodeId> seeds() {
        return file.seeds().stream().map(NetworkFile.Entry::address).toList();
    }

    List<NodeId> peers() {
        return file.gossiping().stream().map(NetworkFile.Entry::address).toList();
    }

    NodeId seed(int number) {
        return seeds().get(number - 1);
    }

    NodeId peer(int number) {
        return peers().get(number - 1);
    }

    /** What a node is called, for evidence. */
    String name(NodeId node) {
        return file.nodes().stream()
                .filter(entry -> entry.address().equals(node))
                .map(entry -> entry.node().isSeed() ? entry.node().toString() : "peer " + entry.node())
                .findFirst()
                .orElse(node.toString());
    }

    SeedConfig config() {
        return config;
    }

    SeededDirectory files() {
        return files;
    }

    NetworkEvents events() {
        return events;
    }

    /** After which time without an answer a peer is suspected. */
    long suspicionNanos() {
        return settings.suspectAfter() * settings.pingNanos();
    }

    /** Somebody new, at a port of this network's. */
    HandmadePeer stranger() throws IOException {
        return stranger(String.valueOf(strangers.size()));
    }

    /** Somebody who is met in several checks; new in the first of them. */
    HandmadePeer stranger(String role) throws IOException {
        HandmadePeer known = strangers.get(role);
        if (known == null) {
            known = new HandmadePeer(nextAddress(), config);
            strangers.put(role, known);
        }
        return known;
    }

    /** An address at which nobody listens. */
    NodeId nobody() {
        return new NodeId(HOST, basePort + PORTS - 1);
    }

    private NodeId nextAddress() {
        return new NodeId(HOST, basePort + STRANGERS_OFFSET + strangers.size());
    }

    // --- Asking ------------------------------------------------------------------------------------------------------

    private HttpCall call(NodeId node, String path) {
        return new HttpCall(name(node), node.toString(), path).withReadMillis(READ_MILLIS);
    }

    JsonObject ask(NodeId node, String path) {
        return call(node, path).get();
    }

    /** The records that a node has of peers; a peer's own list counts as well as a seed's. */
    Map<NodeId, PeerLists.Entry> members(NodeId node) throws WireException {
        return PeerLists.read(call(node, "/members"));
    }

    /** What a node has on record of a peer, such as {@code member 1}; {@code unknown} if nothing. */
    String record(NodeId node, NodeId peer) throws WireException {
        PeerLists.Entry entry = members(node).get(peer);
        return entry == null ? "unknown" : entry.brief();
    }

    List<NodeId> neighbours(NodeId peer) throws WireException {
        return ask(peer, "/peers").texts("peers").stream().map(NodeId::parse).toList();
    }

    List<JsonObject> messages(NodeId peer) throws WireException {
        return ask(peer, "/messages").objects("messages");
    }

    /** Gives a peer a message to spread. */
    void publish(NodeId peer, String text) {
        call(peer, "/messages").post("{\"text\":\"" + text + "\"}");
    }

    // --- Waiting -----------------------------------------------------------------------------------------------------

    /** What is looked at until it is as it must be. */
    interface Look<T> {
        T look() throws Exception;
    }

    /**
     * Looks until it is as it must be.
     *
     * @throws CheckFailure what was found last, if that takes too long
     */
    <T> T await(Look<T> look) throws Exception {
        long startedNanos = System.nanoTime();
        while (true) {
            String found;
            try {
                return look.look();
            } catch (CheckFailure e) {
                found = String.valueOf(e.getMessage());
            } catch (Failure e) {
                found = e.sentence();
            } catch (IOException e) {
                found = String.valueOf(e.getMessage());
            }
            long waitedNanos = System.nanoTime() - startedNanos;
            if (waitedNanos > terms.withinNanos() || place.isOver()) {
                throw new CheckFailure("after " + Spans.ofMillis(waitedNanos / 1e6) + ": " + found);
            }
            pause(POLL_MILLIS);
        }
    }

    /** Lets time pass. */
    void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            terms.progress().tick();
            Thread.sleep(Math.min(POLL_MILLIS, millis));
        } while (System.nanoTime() < end);
    }

    /** Waits until these nodes have this on record of a peer; says how long it took. */
    String awaitRecord(List<NodeId> nodes, NodeId peer, String record) throws Exception {
        long startedNanos = System.nanoTime();
        return await(() -> {
            for (NodeId node : nodes) {
                String found = record(node, peer);
                CheckFailure.unless(
                        found.equals(record),
                        name(peer) + " is '" + found + "' at " + name(node) + ", not '" + record + "'");
            }
            return "'" + record + "' at " + nodes.size() + " of " + nodes.size() + " in " + since(startedNanos);
        });
    }

    static String since(long startedNanos) {
        return Spans.ofMillis((System.nanoTime() - startedNanos) / 1e6);
    }

    // --- Hurting -----------------------------------------------------------------------------------------------------

    private NodeName nodeName(NodeId node) {
        return file.nodes().stream()
                .filter(entry -> entry.address().equals(node))
                .map(NetworkFile.Entry::node)
                .findFirst()
                .orElseThrow();
    }

    /** The process that runs a node. */
    ProcessHandle process(NodeId node) throws IOException {
        return directory
                .readHost(nodeName(node).toString())
                .flatMap(HostFile::handle)
                .orElseThrow(() -> new IOException("the process of " + name(node) + " is gone"));
    }

    /** Ends a node as {@code kill -9} does; returns when it is gone. */
    void kill(NodeId node) throws Exception {
        ProcessHandle process = process(node);
        process.destroyForcibly();
        process.onExit().get(PROCESS_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks a node to end, as {@code kill} does; returns when it is gone. */
    void stop(NodeId node) throws Exception {
        ProcessHandle process = process(node);
        process.destroy();
        process.onExit().get(PROCESS_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops a node in its tracks, or lets it go on. */
    void signal(NodeId node, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(process(node).pid()))
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + signal + " of " + name(node) + " failed");
        }
    }

    /** Starts a node again whose process is gone; returns when it is ready. */
    void restart(NodeId node) {
        new HostProcesses(directory, file, place.console().environment())
                .start(List.of(nodeName(node).toString()), "", silent(), () -> {});
        events.listenTo(node);
    }

    @Override
    public void close() throws IOException {
        events.close();
        for (HandmadePeer stranger : strangers.values()) {
            stranger.close();
        }
        for (HostFile host : directory.liveHosts()) {
            host.handle().ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
