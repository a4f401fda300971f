package dev.hearsay.bench.membership;

import dev.hearsay.bench.process.PortPicker;
import dev.hearsay.core.Event;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One network of peers and seeds in this JVM, from nothing: how long until all are registered, and until a crash is removed everywhere. */
public final class LiveTrial {

    private static final int SECONDS_MAX = 120;
    private static final long LOOK_MILLIS = 10;

    private final List<NodeId> seeds;
    private final List<NodeId> peers;

    private LiveTrial(List<NodeId> addresses, int seeds, int peers) {
        this.seeds = addresses.subList(0, seeds);
        this.peers = addresses.subList(2 * seeds, 2 * seeds + peers);
    }

    /** Arguments: seeds, peers, neighbours, whether through sockets, a folder for what the network keeps and the file {@code result}. */
    public static void main(String[] arguments) throws Exception {
        int seeds = Integer.parseInt(arguments[0]);
        int peers = Integer.parseInt(arguments[1]);
        int basePort = PortPicker.freeRange(2 * seeds + peers);
        List<NodeId> addresses = new ArrayList<>();
        for (int port = basePort; port < basePort + 2 * seeds + peers; port++) {
            addresses.add(new NodeId("127.0.0.1", port));
        }
        Path folder = Path.of(arguments[4]);
        String result = new LiveTrial(addresses, seeds, peers)
                .run(Integer.parseInt(arguments[2]), Boolean.parseBoolean(arguments[3]), folder);
        Files.writeString(folder.resolve("result"), result);
    }

    private String run(int neighbours, boolean throughSockets, Path folder) throws Exception {
        HostOptions options = options(neighbours, throughSockets, new SeededDirectory(folder));
        long startedNanos = System.nanoTime();
        try (Host host = Host.start(options)) {
            long deadline = startedNanos + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
            while (!host.nodes().stream().allMatch(HostedNode::isReady)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not all peers were registered within " + SECONDS_MAX + " s");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            double readySeconds = (System.nanoTime() - startedNanos) / 1e9;
            return readySeconds + " " + removalSeconds(host);
        }
    }

    private double removalSeconds(Host host) throws Exception {
        HostedNode victim = host.node(peers.size() / 2);
        CountDownLatch left = new CountDownLatch(seeds.size() + peers.size() - 1);
        for (HostedNode node : host.nodes()) {
            AtomicBoolean knows = new AtomicBoolean(node.equals(victim));
            node.onEvent((atMicros, event) -> {
                if (isRemoval(event, victim.address()) && knows.compareAndSet(false, true)) {
                    left.countDown();
                }
            });
        }
        long killedNanos = System.nanoTime();
        victim.kill();
        if (!left.await(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    left.getCount() + " nodes had not heard of the removal after " + SECONDS_MAX + " s");
        }
        return (System.nanoTime() - killedNanos) / 1e9;
    }

    private static boolean isRemoval(Event event, NodeId victim) {
        return switch (event) {
            case MembershipProtocol.MemberRemoved removed -> removed.member().equals(victim);
            case PeerListProtocol.ListChanged changed ->
                changed.statement().change() == Change.REMOVE
                        && changed.statement().peer().equals(victim);
            default -> false;
        };
    }

    private HostOptions options(int neighbours, boolean throughSockets, SeededDirectory files) throws Exception {
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        Map<NodeId, Integer> seedPorts = new LinkedHashMap<>();
        List<HostOptions.Member> members = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            NodeId seed = seeds.get(i);
            keys.put(seed, KeyFile.readOrCreate(files.key(seed, true)).publicKey());
            seedPorts.put(seed, seed.port() + seeds.size());
            members.add(new HostOptions.Member(NodeName.seed(i + 1), seed, List.of()));
        }
        for (int i = 0; i < peers.size(); i++) {
            members.add(new HostOptions.Member(i + 1, peers.get(i), List.of()));
        }
        SeededSettings usual = SeededSettings.of(Profile.CONSENSUS);
        SeededSettings settings = new SeededSettings(
                usual.profile(),
                usual.alpha(),
                neighbours,
                usual.gossipNanos(),
                0,
                usual.pingNanos(),
                usual.suspectAfter(),
                usual.silentAfter(),
                usual.peersPerHost(),
                usual.secret());
        return HostOptions.seeded(
                members,
                new HostOptions.Seeding(new SeedConfig(keys, seedPorts), settings, files, null, !throughSockets));
    }
}
