package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerLogTest {

    @TempDir
    Path directory;

    @Test
    void ofLinesThatADiskDoesNotTakeOnlySomeAreKept() throws Exception {
        SeededNetwork network = SeededNetwork.of(1, 1, directory);
        NodeId peer = network.peers().getFirst();
        CountDownLatch disk = new CountDownLatch(1);
        LogConsole slow = (level, text) -> {
            try {
                disk.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        PeerLog log = new PeerLog(new HostOptions.Seeding(
                network.config(), SeededSettings.of(Profile.CLASSIC), network.files(), slow, false));
        log.include(peer, false);
        Event large = new SuspicionProtocol.DeadNodeReported("x".repeat(1 << 20), 1);
        for (int i = 0; i < 40; i++) {
            log.write(0, peer, false, large, id -> null);
        }
        disk.countDown();
        log.close();
        try (var lines = Files.lines(directory.resolve("output.txt"))) {
            assertThat(lines.count()).as("lines kept, a megabyte each").isBetween(10L, 17L);
        }
    }

    @Test
    void aFileThatHasGrownLargeIsMovedAwayAndOneIsKept() throws Exception {
        SeededNetwork network = SeededNetwork.of(1, 1, directory);
        NodeId peer = network.peers().getFirst();
        Path file = directory.resolve("output.txt");
        for (String name : new String[] {"output.txt", "output.txt.1"}) {
            Files.writeString(directory.resolve(name), name);
        }
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(64 << 20);
        }
        PeerLog log = new PeerLog(new HostOptions.Seeding(
                network.config(), SeededSettings.of(Profile.CLASSIC), network.files(), (level, text) -> {}, false));
        log.include(peer, false);
        log.write(0, peer, false, new SuspicionProtocol.DeadNodeReported("x", 1), id -> null);
        log.close();
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(directory.resolve("output.txt.1")).hasSize(64 << 20);
        assertThat(directory.resolve("output.txt.2")).doesNotExist();
    }
}
