package dev.hearsay.live.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.recording.RecordingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Seeds and peers over real sockets, whose life is written down: messages, loss, keys and values, a kill, and the removal that follows. */
final class RecordedNetwork implements AutoCloseable {

    private static final long SECOND = 1_000_000_000L;
    private static final String SECRET = "open sesame";

    private final Host host;
    private final Set<RumorId> everywhere = ConcurrentHashMap.newKeySet();
    private final Queue<NodeId> removed = new ConcurrentLinkedQueue<>();

    RecordedNetwork(int seeds, int peers, long randomSeed, Path directory) throws Exception {
        SeededNetwork network = SeededNetwork.of(seeds, peers, directory.resolve("net"));
        HostOptions plain = network.inOneHost(Profile.CONSENSUS);
        var usual = SeededSettings.of(Profile.CONSENSUS);
        var settings = new SeededSettings(
                Profile.CONSENSUS,
                usual.alpha(),
                usual.neighbours(),
                SECOND / 10,
                3,
                SECOND / 5,
                2,
                4,
                usual.peersPerHost(),
                SECRET);
        var seeding = new HostOptions.Seeding(network.config(), settings, network.files(), null, false);
        // Sockets, not the short way through memory: what is recorded has been on a wire.
        host = Host.start(HostOptions.seeded(plain.nodes(), seeding)
                .withData(directory.resolve("store"))
                .withRandomSeed(randomSeed));
        for (HostedNode node : host.nodes()) {
            node.onEvent((at, event) -> {
                switch (event) {
                    case RumorProtocol.Converged converged -> everywhere.add(converged.id());
                    case MembershipProtocol.MemberRemoved gone -> removed.add(gone.member());
                    default -> {}
                }
            });
        }
    }

    Host host() {
        return host;
    }

    private RumorId publish(int peer, String text) throws Exception {
        return host.node(peer)
                .publish(text.getBytes(UTF_8))
                .toCompletableFuture()
                .get();
    }

    private void awaitEverywhere(Collection<RumorId> ids) {
        Await.until("all messages are everywhere", () -> everywhere.containsAll(ids));
    }

    /** Lets happen what makes a recording worth having; the last peer is killed and comes back if that is wanted. */
    void live(boolean killed) throws Exception {
        var loss = new LiveFault.Loss(TrafficSelector.ALL, 0.2);
        host.faults().begin(new FaultOrder("f1", loss, 3600 * SECOND, 1));
        awaitEverywhere(List.of(publish(1, "apple"), publish(2, "pear\u0000\u0001")));
        host.node(1)
                .put("colour", "green".getBytes(UTF_8))
                .toCompletableFuture()
                .get();
        host.faults().heal("f1");
        if (killed) {
            HostedNode last = host.nodes().getLast();
            host.faults().begin(new FaultOrder("f2", new LiveFault.Kill(Set.of(last.address())), 0, 1));
            Await.until("the dead peer is removed", () -> removed.contains(last.address()));
            host.faults().heal("f2");
            Await.until("it is back", last::isReady);
        }
        awaitEverywhere(List.of(publish(1, "plum")));
    }

    void write(Path file) throws Exception {
        try (RecordingFile recording = new RecordingFile(host.recorder(), Files.newOutputStream(file), "test", 1, 0)) {
            recording.writeNews();
            recording.finish();
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
