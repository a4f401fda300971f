package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What real networks leave in their folders is for their owner only, though the umask would let others read it. */
@Tag("slow")
class PrivateDirectoryTest extends SeededRun {

    @Test
    void everythingThatTwoStartsOfANetworkWithSeedsMakeIsForItsOwnerOnly() throws IOException {
        Path usual = Files.createFile(home.resolve("usual"));
        assumeThat(permissions(usual)).as("the umask").isEqualTo("rw-r--r--");
        Files.delete(usual);
        Files.delete(run);
        String start = "start-network --seeds 1 --peers 2 --record " + home.resolve("run");
        gossip.line(start + "1.jsonl.gz" + ports()).ok();
        gossip.line("send-message 1 apple").ok();
        gossip.line("stop-network").ok();
        // With a note of a person the file stays, and the keys in it are brought back.
        Files.writeString(run.resolve("config.txt"), "# mine\n", StandardOpenOption.APPEND);
        gossip.line(start + "2.jsonl.gz" + ports()).ok();
        gossip.line("stop-network").ok();
        List<String> open = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                files++;
                String wanted = Files.isDirectory(file) ? "rwx------" : "rw-------";
                if (!permissions(file).equals(wanted)) {
                    open.add(home.relativize(file) + " " + permissions(file));
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(files).isGreaterThan(15);
        assertThat(run.resolve("gossip-data").resolve("before")).isDirectory();
        assertThat(home.resolve("hearsay")).isDirectory();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
