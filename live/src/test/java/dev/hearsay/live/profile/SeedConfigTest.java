package dev.hearsay.live.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedConfigTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    @Test
    void bothSeparatorsCommentsBlankLinesHostNamesAndIpv6AreRead() throws Exception {
        SeedConfig config = SeedConfig.parse(
                "config.txt",
                List.of(
                        "# seeds",
                        "127.0.0.1:6000",
                        "",
                        "127.0.0.1,6001   # the second",
                        "seed-3.example:6002 " + KEY,
                        "[::1]:6003",
                        "[::1],6004"));
        assertThat(config.seeds().keySet())
                .containsExactly(
                        new NodeId("127.0.0.1", 6000),
                        new NodeId("127.0.0.1", 6001),
                        new NodeId("seed-3.example", 6002),
                        new NodeId("::1", 6003),
                        new NodeId("::1", 6004));
        assertThat(config.seeds().get(new NodeId("seed-3.example", 6002))).isEqualTo(PublicKey.parse(KEY));
        assertThat(SeedConfig.parse("again", config.toText().lines().toList())).isEqualTo(config);
    }

    @Test
    void everyBadLineIsReportedWithItsNumber() {
        List<String> lines =
                List.of("127.0.0.1:6000", "nonsense", "127.0.0.1:99999", "127.0.0.1:6000", "a:1 xyz", "a:1 b c");
        assertThatThrownBy(() -> SeedConfig.parse("config.txt", lines))
                .isInstanceOf(SeedConfig.BadConfigException.class)
                .hasMessageContaining("config.txt, line 2: 'nonsense'")
                .hasMessageContaining("line 3: ")
                .hasMessageContaining("line 4: 127.0.0.1:6000 is there twice")
                .hasMessageContaining("line 5: a public key has 64")
                .hasMessageContaining("line 6: ");
    }

    @Test
    void aFileWithoutSeedsSaysWhatToWrite() {
        assertThatThrownBy(() -> SeedConfig.parse("config.txt", List.of("# nothing", "")))
                .hasMessage("config.txt names no seed; write one per line, for example 127.0.0.1:6000");
    }

    @Test
    void knowsWhetherAnybodyHasChangedIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("config.txt");
        String text = SeedConfig.of(new NodeId("127.0.0.1", 6000)).toText();
        Files.writeString(file, text);
        assertThat(SeedConfig.isWritten(file)).isTrue();
        assertThat(SeedConfig.read(file)).isEqualTo(SeedConfig.of(new NodeId("127.0.0.1", 6000)));
        for (String edited :
                List.of(text + "# mine\n", text.replace("6000", "6001"), text.replaceFirst(".*\n", ""), "")) {
            Files.writeString(file, edited);
            assertThat(SeedConfig.isWritten(file)).as(edited).isFalse();
        }
    }
}
