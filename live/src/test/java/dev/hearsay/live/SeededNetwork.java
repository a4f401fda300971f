package dev.hearsay.live;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Peers and seeds for tests, on free ports, with keys in a directory. */
public record SeededNetwork(List<NodeId> seeds, List<NodeId> peers, SeedConfig config, SeededDirectory files) {

    /** So many seeds and peers. */
    public static SeededNetwork of(int seeds, int peers, Path directory) throws IOException {
        List<NodeId> ports = Ports.free(2 * seeds + peers);
        SeededDirectory files = new SeededDirectory(directory);
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        Map<NodeId, Integer> seedPorts = new LinkedHashMap<>();
        for (int i = 0; i < seeds; i++) {
            NodeId seed = ports.get(i);
            keys.put(seed, KeyFile.readOrCreate(files.key(seed, true)).publicKey());
            seedPorts.put(seed, ports.get(seeds + i).port());
        }
        return new SeededNetwork(
                ports.subList(0, seeds),
                ports.subList(2 * seeds, 2 * seeds + peers),
                new SeedConfig(keys, seedPorts),
                files);
    }

    /** All of it in one host. */
    public HostOptions inOneHost(Profile profile) {
        List<HostOptions.Member> members = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            members.add(new HostOptions.Member(NodeName.seed(i + 1), seeds.get(i), List.of()));
        }
        for (int i = 0; i < peers.size(); i++) {
            members.add(new HostOptions.Member(i + 1, peers.get(i), List.of()));
        }
        return HostOptions.seeded(
                members, new HostOptions.Seeding(config, SeededSettings.of(profile), files, null, false));
    }
}
