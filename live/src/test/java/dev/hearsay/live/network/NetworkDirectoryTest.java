package dev.hearsay.live.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkDirectoryTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    Path home;

    private static NetworkFile network() {
        return new NetworkFile(
                NetworkFile.VERSION,
                "default",
                "random:3",
                "flood",
                -7,
                7000,
                "127.0.0.1",
                List.of(
                        new NetworkFile.Entry(NodeName.of(1), new NodeId("127.0.0.1", 7001), List.of(2), false),
                        new NetworkFile.Entry(NodeName.of(2), new NodeId("127.0.0.1", 7002), List.of(1), true)),
                false,
                true,
                THEN,
                NetworkFile.State.RUNNING,
                null,
                false,
                8080);
    }

    @Test
    void readsBackTheNetworkItHasWritten() throws IOException {
        NetworkDirectory directory = NetworkDirectory.of(home, "default");
        directory.create();
        assertThat(directory.exists()).isFalse();
        assertThat(directory.readNetwork()).isEmpty();
        directory.write(network());
        assertThat(directory.readNetwork()).contains(network());
        directory.write(network().with(NetworkFile.State.STOPPED));
        assertThat(directory.readNetwork().orElseThrow().state()).isEqualTo(NetworkFile.State.STOPPED);
        assertThat(directory.exists()).isTrue();
    }

    @Test
    void readsBackHowPeersAndSeedsAreSet() throws IOException {
        NetworkDirectory directory = NetworkDirectory.of(home, "default");
        NetworkFile plain = network();
        NetworkFile seeded = new NetworkFile(
                plain.version(),
                plain.name(),
                "",
                plain.spread(),
                1,
                plain.basePort(),
                plain.host(),
                List.of(new NetworkFile.Entry(NodeName.seed(1), new NodeId("127.0.0.1", 6000), List.of(), false)),
                false,
                true,
                THEN,
                NetworkFile.State.RUNNING,
                new NetworkFile.Seeded(home, SeededSettings.of(Profile.CLASSIC)),
                false,
                0);
        directory.write(seeded);
        assertThat(directory.readNetwork()).contains(seeded);
        assertThat(seeded.seeds()).hasSize(1);
        assertThat(seeded.gossiping()).isEmpty();
    }

    @Test
    void isForTheOwnerOnlyAndLeavesNothingAside() throws IOException {
        NetworkDirectory directory = NetworkDirectory.of(home, "default");
        directory.create();
        directory.write(network());
        directory.write(HostFile.ofThisProcess(
                HostFile.ALL, 4711, "secret", List.of(NodeName.of(1), NodeName.seed(2)), THEN, null));
        assertThat(permissions(directory.path())).isEqualTo("rwx------");
        assertThat(permissions(directory.path().resolve("hosts/all.json"))).isEqualTo("rw-------");
        try (var files = Files.list(directory.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("network.json", "hosts", "log", "data");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void readsBackHostsAndKnowsWhichAreAlive() throws IOException {
        NetworkDirectory directory = NetworkDirectory.of(home, "default");
        HostFile alive = HostFile.ofThisProcess(
                HostFile.ALL,
                4711,
                "secret",
                List.of(NodeName.of(1), NodeName.seed(2)),
                THEN,
                new NodeId("127.0.0.1", 8080));
        HostFile recycled =
                new HostFile("s3", alive.pid(), "then", 4712, "secret", List.of(NodeName.seed(3)), THEN, null);
        directory.write(recycled);
        directory.write(alive);
        assertThat(directory.readHosts()).containsExactly(alive, recycled);
        assertThat(directory.liveHosts()).containsExactly(alive);
        assertThat(recycled.handle()).isEmpty();
        directory.removeHost(HostFile.ALL);
        directory.removeHost(HostFile.ALL);
        assertThat(directory.readHost(HostFile.ALL)).isEmpty();
    }

    @Test
    void saysWhichFileMakesNoSense() throws IOException {
        NetworkDirectory directory = NetworkDirectory.of(home, "default");
        directory.create();
        Path file = directory.path().resolve("network.json");
        for (String content : List.of("", "[]", "{\"version\":1", "{\"version\":1}", "{\"version\":2}", "\0\0\0\0")) {
            Files.writeString(file, content);
            assertThatThrownBy(directory::readNetwork)
                    .as(content)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + " cannot be understood: ");
        }
        String damaged = network().toJson().replace("127.0.0.1:7002", "nowhere");
        Files.writeString(file, damaged);
        assertThatThrownBy(directory::readNetwork).hasMessageContaining("'nowhere' is not an address");
        Files.writeString(file, network().toJson().replace("running", "sleeping"));
        assertThatThrownBy(directory::readNetwork).hasMessageContaining("'sleeping' is not a state");
    }

    @Test
    void listsTheNetworksThereAre() throws IOException {
        assertThat(NetworkDirectory.list(home.resolve("nothing"))).isEmpty();
        NetworkDirectory.of(home, "b").write(network());
        NetworkDirectory.of(home, "a").write(network());
        NetworkDirectory.of(home, "empty").create();
        assertThat(NetworkDirectory.list(home))
                .extracting(NetworkDirectory::name)
                .containsExactly("a", "b");
    }

    @Test
    void refusesNamesThatLeadElsewhere() {
        for (String name : List.of("", "..", ".", "a/b", "-x", "a b", "x".repeat(65))) {
            assertThatThrownBy(() -> NetworkDirectory.of(home, name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a network name");
        }
    }

    @Test
    void findsTheStateHome() {
        assertThat(NetworkDirectory.home(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/me")))
                .isEqualTo(Path.of("/state/hearsay"));
        assertThat(NetworkDirectory.home(Map.of("XDG_STATE_HOME", "relative", "HOME", "/home/me")))
                .isEqualTo(Path.of("/home/me/.local/state/hearsay"));
        assertThat(NetworkDirectory.home(Map.of("HOME", "/home/me")))
                .isEqualTo(Path.of("/home/me/.local/state/hearsay"));
    }

    @Test
    void saysWhyItCannotWrite() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThatThrownBy(() -> NetworkDirectory.of(file, "default").write(network()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.resolve("default") + " cannot be made: ");
    }
}
