package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.Http;
import dev.hearsay.live.Ports;
import dev.hearsay.wire.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed without warning while it acknowledges messages: every one that was acknowledged is there again. */
@Tag("slow")
class CrashTest {

    private static final int ACKNOWLEDGED_MIN = 300;
    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    /** What the system has for files that nobody keeps. */
    @TempDir
    Path temporary;

    @Test
    void nothingAcknowledgedIsLostByAKill() throws Exception {
        List<NodeId> ports = Ports.free(2);
        Map<Integer, Set<String>> acknowledged = new HashMap<>(Map.of(1, new HashSet<>(), 2, new HashSet<>()));
        for (int round = 1; round <= ROUNDS; round++) {
            runAndKill(ports, acknowledged, round * ACKNOWLEDGED_MIN);
            assertThat(temporary).as("what a killed process leaves behind").isEmptyDirectory();
        }
        HostOptions options =
                CrashChild.options(directory, ports.get(0).port(), ports.get(1).port());
        try (Host host = Host.start(options)) {
            assertThat(host.notices()).isEmpty();
            for (HostedNode node : host.nodes()) {
                Set<String> there = new HashSet<>();
                JsonObject page =
                        JsonObject.parse(Http.get(node.address(), "/messages").body());
                for (JsonObject message : page.objects("messages")) {
                    there.add(message.text("id"));
                }
                assertThat(there).containsAll(acknowledged.get(node.number()));
            }
        }
    }

    private void runAndKill(List<NodeId> ports, Map<Integer, Set<String>> acknowledged, int enough) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        directory.toString(),
                        Integer.toString(ports.get(0).port()),
                        Integer.toString(ports.get(1).port()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            StringBuilder strange = new StringBuilder();
            while (count(acknowledged) < enough && take(output, acknowledged, strange)) {
                // On to the next line.
            }
            assertThat(count(acknowledged)).as(strange.toString()).isGreaterThanOrEqualTo(enough);
            child.destroyForcibly();
            // What it had said before it died counts too.
            while (take(output, acknowledged, strange)) {
                // On to the next line.
            }
        } catch (IOException e) {
            // The pipe broke with the process.
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as("killed").isEqualTo(137);
    }

    private static boolean take(BufferedReader output, Map<Integer, Set<String>> acknowledged, StringBuilder strange)
            throws IOException {
        String line = output.readLine();
        if (line == null) {
            return false;
        }
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[1].length() == 64 && words[2].equals(".")) {
            acknowledged.get(Integer.parseInt(words[0])).add(words[1]);
        } else {
            strange.append(line).append('\n');
        }
        return true;
    }

    private static int count(Map<Integer, Set<String>> acknowledged) {
        return acknowledged.values().stream().mapToInt(Set::size).sum();
    }
}
