package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a network of peers and seeds is going to be, checked before anything is touched, and the files it begins with. */
final class SeededPlan {

    private static final int SEEDS_MAX = 64;

    private SeededPlan() {}

    /** The entries of so many seeds, or peers, on one port after the other. */
    static List<NetworkFile.Entry> entries(boolean seeds, int firstNumber, int count, int port) {
        List<NetworkFile.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            NodeName name = new NodeName(seeds, firstNumber + i);
            entries.add(new NetworkFile.Entry(name, new NodeId(NetworkPlan.HOST, port + i), List.of(), false));
        }
        return entries;
    }

    /** Refuses numbers of nodes and ports that cannot be. */
    static void demandPossible(int seeds, int seedPort, int peers, int peerPort, boolean isProcessEach) {
        if (seeds > SEEDS_MAX) {
            throw Failure.usage(seeds + " seeds are too many to vote; the limit is " + SEEDS_MAX + ".", "");
        }
        if (seeds > 0) {
            NetworkPlan.demandPossible(seeds, seedPort - 1, isProcessEach, "--seed-base-port 6000");
        }
        if (peers > 0) {
            NetworkPlan.demandPossible(seeds + peers, peerPort - 1, isProcessEach, "--base-port 7000");
        }
        Map<Integer, String> owners = new HashMap<>();
        for (int i = 0; i < seeds; i++) {
            claim(owners, seedPort + i, "seed s" + (i + 1));
            claim(owners, SeedConfig.usualSeedPort(seedPort + i), "the other seeds' way to s" + (i + 1));
        }
        for (int i = 0; i < peers; i++) {
            claim(owners, peerPort + i, "peer " + (i + 1));
        }
    }

    private static void claim(Map<Integer, String> owners, int port, String owner) {
        String other = owners.put(port, owner);
        if (other != null) {
            throw Failure.usage(
                    "Port " + port + " would belong to both " + other + " and " + owner + ".",
                    "Choose others with --seed-base-port and --base-port.");
        }
    }

    /** The description of a network that is about to start. */
    static NetworkFile file(
            String name,
            List<NetworkFile.Entry> entries,
            int basePort,
            NetworkFile.Seeded seeded,
            boolean isInMemory,
            boolean isProcessEach) {
        SeededSettings settings = seeded.settings();
        return new NetworkFile(
                NetworkFile.VERSION,
                name,
                new OverlaySpec.PowerLaw(settings.alpha(), settings.neighbours()).toString(),
                new SpreadSpec.Flood().toString(),
                0,
                basePort,
                NetworkPlan.HOST,
                entries,
                isInMemory,
                isProcessEach,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                NetworkFile.State.RUNNING,
                seeded,
                false,
                0);
    }

    /** Makes sure that nodes can listen: peers and seeds where they are reached, and seeds where other seeds reach them. */
    static void demandFree(List<NetworkFile.Entry> entries, Path home) {
        List<NodeId> peers = addresses(entries, false);
        List<NodeId> seeds = addresses(entries, true);
        List<NodeId> amongSeeds = seeds.stream()
                .map(seed -> new NodeId(seed.host(), SeedConfig.usualSeedPort(seed.port())))
                .toList();
        if (!seeds.isEmpty()) {
            Ports.demandFree(seeds, seeds.getFirst().port(), "--seed-base-port", home);
            Ports.demandFree(amongSeeds, amongSeeds.getFirst().port(), "--seed-base-port", home);
        }
        if (!peers.isEmpty()) {
            Ports.demandFree(peers, peers.getFirst().port(), "--base-port", home);
        }
    }

    private static List<NodeId> addresses(List<NetworkFile.Entry> entries, boolean seeds) {
        return entries.stream()
                .filter(entry -> entry.node().isSeed() == seeds)
                .map(NetworkFile.Entry::address)
                .toList();
    }

    /**
     * Makes the files that a network with seeds of its own begins with: nothing of an earlier launch but its logs, keys for the seeds,
     * {@code config.txt}, and {@code outputfile.txt} without lines.
     *
     * @return what a person should know about it
     */
    static List<String> begin(NetworkFile file, NetworkFile.Seeded seeded) {
        SeededDirectory files = seeded.files();
        List<String> notes = new ArrayList<>();
        writing(files, () -> {
            Files.createDirectories(files.path());
            forgetAll(files);
            Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
            for (NetworkFile.Entry seed : file.seeds()) {
                keys.put(
                        seed.address(),
                        KeyFile.readOrCreate(files.key(seed.address(), true)).publicKey());
            }
            Path config = files.config();
            if (Files.exists(config) && !SeedConfig.isWritten(config)) {
                Path aside = aside(config);
                Files.move(config, aside);
                notes.add("There was another config.txt; it is kept as " + aside + ".");
            }
            Files.writeString(config, new SeedConfig(keys, Map.of()).toText());
            if (seeded.settings().profile() == Profile.CONSENSUS) {
                Files.writeString(files.path().resolve("outputfile.txt"), "");
            }
        });
        return notes;
    }

    private static Path aside(Path config) {
        Path aside = config.resolveSibling("config.txt.old");
        for (int i = 2; Files.exists(aside); i++) {
            aside = config.resolveSibling("config.txt.old" + i);
        }
        return aside;
    }

    /** Forgets what peers and seeds of an earlier launch remembered; whatever else lies in the folder is left alone. */
    private static void forgetAll(SeededDirectory files) throws IOException {
        if (!Files.isDirectory(files.data())) {
            return;
        }
        NetworkFiles.demandNotHeld(files.data());
        try (DirectoryStream<Path> children = Files.newDirectoryStream(files.data(), "{seed_*,peer_*,all}")) {
            for (Path child : children) {
                forget(child);
            }
        }
    }

    /** Forgets what these peers remembered of a life in another network. */
    static void forget(List<NetworkFile.Entry> entries, SeededDirectory files) {
        writing(files, () -> {
            for (NetworkFile.Entry entry : entries) {
                forget(files.data(entry.address(), entry.node().isSeed()));
            }
        });
    }

    private static void writing(SeededDirectory files, LiveNetwork.Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw Failure.failed(
                    Sentences.of(e),
                    "config.txt, keys and logs go to " + files.path() + "; choose another folder with --dir.",
                    e);
        }
    }

    private static void forget(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            NetworkFiles.demandNotHeld(folder);
            NetworkFiles.deleteChildren(folder);
            Files.delete(folder);
        }
    }
}
