package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.launch.Ports;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
     * Whether the network is to use a {@code config.txt} that a person has written, or changed.
     *
     * @throws Failure if there is one and it is about another network
     */
    static boolean usesGivenConfig(List<NetworkFile.Entry> entries, SeededDirectory files, boolean isFresh) {
        Path file = files.config();
        if (isFresh || !Files.exists(file)) {
            return false;
        }
        SeedConfig config = SeedConfigs.read(file);
        if (LiveNetwork.reading(() -> SeedConfig.isWritten(file))) {
            return false;
        }
        String hint = "It is not as it was written by gossip, so it stays; --fresh puts it aside and writes another.";
        List<NodeId> seeds = addresses(entries, true);
        if (!config.seeds().keySet().equals(Set.copyOf(seeds))) {
            throw Failure.usage(
                    file + " names the seeds " + words(config.seeds().keySet()) + ", but these are to start: "
                            + words(seeds) + ".",
                    hint);
        }
        config.seeds().forEach((seed, key) -> {
            Path keyFile = files.key(seed, true);
            if (key != null
                    && !LiveNetwork.reading(() -> Files.exists(keyFile)
                            && KeyFile.read(keyFile).publicKey().equals(key))) {
                throw Failure.usage(
                        file + " pins a key for " + seed + " that is not the one in " + keyFile + ".", hint);
            }
        });
        return true;
    }

    private static String words(Collection<NodeId> addresses) {
        return addresses.stream().map(NodeId::toString).collect(Collectors.joining(", "));
    }

    /**
     * Makes the files that a network with seeds of its own begins with: nothing of an earlier launch but its logs, keys for the seeds,
     * {@code config.txt}, and {@code outputfile.txt} without lines.
     *
     * @param usesGiven whether {@code config.txt} stays as it is, and the seeds keep their keys
     * @param isFresh whether nothing that peers and seeds remembered is to be kept
     * @return what a person should know about it
     */
    static List<String> begin(NetworkFile file, NetworkFile.Seeded seeded, boolean usesGiven, boolean isFresh) {
        SeededDirectory files = seeded.files();
        List<String> notes = new ArrayList<>();
        writing(files, () -> {
            PrivateFiles.createDirectories(files.path());
            notes.addAll(forgetAll(files, isFresh));
            Path config = files.config();
            if (usesGiven) {
                bringBackKeys(file, files);
                notes.add("The seeds are those of " + config + ", which stays as it is.");
            } else {
                if (Files.exists(config) && !SeedConfig.isWritten(config)) {
                    Path aside = aside(config);
                    Files.move(config, aside);
                    notes.add("There was another config.txt; it is kept as " + aside + ".");
                }
                writeConfig(file, files);
            }
            if (seeded.settings().profile() == Profile.CONSENSUS) {
                Path shared = files.path().resolve("outputfile.txt");
                PrivateFiles.touch(shared);
                if (Files.size(shared) > 0) {
                    notes.add(
                            shared + " begins anew; the lines of before are in " + shared.resolveSibling("logs") + ".");
                }
                Files.writeString(shared, "");
            }
        });
        return notes;
    }

    private static void writeConfig(NetworkFile file, SeededDirectory files) throws IOException {
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        for (NetworkFile.Entry seed : file.seeds()) {
            Path key = files.key(seed.address(), true);
            keys.put(seed.address(), KeyFile.readOrCreate(key).publicKey());
        }
        PrivateFiles.touch(files.config());
        Files.writeString(files.config(), new SeedConfig(keys, Map.of()).toText());
    }

    private static void bringBackKeys(NetworkFile file, SeededDirectory files) throws IOException {
        for (NetworkFile.Entry seed : file.seeds()) {
            Path key = files.key(seed.address(), true);
            Path folder = key.resolveSibling("");
            Path kept =
                    files.data().resolve("before").resolve(folder.getFileName()).resolve("key");
            if (Files.exists(kept)) {
                PrivateFiles.createDirectories(folder);
                Files.copy(kept, key, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path aside(Path config) {
        Path aside = config.resolveSibling("config.txt.old");
        for (int i = 2; Files.exists(aside); i++) {
            aside = config.resolveSibling("config.txt.old" + i);
        }
        return aside;
    }

    /**
     * Puts aside what peers and seeds of an earlier launch remembered; whatever else lies in the folder is left alone.
     *
     * @param isFresh whether it is not to be kept at all
     * @return what a person should know about it
     */
    private static List<String> forgetAll(SeededDirectory files, boolean isFresh) throws IOException {
        if (!Files.isDirectory(files.data())) {
            return List.of();
        }
        NetworkFiles.demandNotHeld(files.data());
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(files.data(), "{seed_*,peer_*,all}")) {
            children.forEach(folders::add);
        }
        if (!isFresh) {
            return NetworkFiles.setAside(files.data(), folders);
        }
        for (Path folder : folders) {
            NetworkFiles.delete(folder);
        }
        return List.of();
    }

    /**
     * Puts aside what these peers remembered of a life in another network.
     *
     * @return what a person should know about it
     */
    static List<String> forget(List<NetworkFile.Entry> entries, SeededDirectory files) {
        List<String> notes = new ArrayList<>();
        List<Path> folders = entries.stream()
                .map(entry -> files.data(entry.address(), entry.node().isSeed()))
                .filter(Files::isDirectory)
                .toList();
        writing(files, () -> notes.addAll(NetworkFiles.setAside(files.data(), folders)));
        return notes;
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
}
