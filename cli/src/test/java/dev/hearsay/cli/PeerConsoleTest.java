package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A seed and peers that are started by hand, each in a process of its own. */
@Tag("slow")
class PeerConsoleTest extends GossipRun {

    private int port;

    @BeforeEach
    void begin() {
        port = Gossip.freeBasePort(4) + 1;
    }

    private Process spawn(String name, String words) throws IOException {
        return gossip.spawn(home, name, words);
    }

    private String printed(String file) {
        try {
            return new String(Files.readAllBytes(home.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void type(Process process, String lines) throws IOException {
        process.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    @Test
    void broadcastsWhatIsTypedAndLivesOnAfterExit() throws Exception {
        Files.writeString(home.resolve("config.txt"), "# one seed\n127.0.0.1," + port + "\n");
        spawn("seed", "seed 127.0.0.1 " + port);
        Gossip.await("the seed", () -> printed("seed.err").contains("one of 1, runs"));
        String usual = " config.txt --profile classic";
        Process first = spawn("first", "peer 127.0.0.1 " + (port + 1) + usual);
        spawn("second", "peer --host 127.0.0.1 --port " + (port + 2) + " --config config.txt --profile classic");
        Gossip.await(
                "both peers",
                () -> gossip.line("list-peers 127.0.0.1:" + (port + 2)).out().contains(":" + (port + 1)));
        first.getOutputStream().write(new byte[] {'g', 'r', (byte) 0xfc, 'n', '\n'});
        type(first, "hello there\n\n \t\ngrün 🍏\r\nexit\nnot this\n");
        Gossip.await("the line", () -> printed("second.out").contains(":'hello there'"));
        Gossip.await("the last line", () -> printed("second.out").contains(":'grün 🍏'"));
        Gossip.await("the end of the input", () -> printed("first.err").contains("The input has ended"));
        assertThat(first.isAlive()).isTrue();
        assertThat(printed("first.err").lines().filter(line -> line.startsWith("Not sent")))
                .containsExactly(
                        "Not sent: the line is not valid UTF-8.",
                        "Not sent: the message is empty.",
                        "Not sent: the message is empty.");
        assertThat(printed("second.out")).doesNotContain("not this").doesNotContain("\u001B[");

        assertThat(gossip.line("members --config " + home.resolve("config.txt"))
                        .ok()
                        .out())
                .contains("127.0.0.1:" + (port + 1), "member 1", "1 seed, quorum 1. All agree.");
        assertThat(gossip.run("send-message", "127.0.0.1:" + (port + 1), "from afar", "--wait")
                        .ok()
                        .out())
                .contains("Reached 2 of 2");
        assertThat(gossip.line("explain-removal 127.0.0.1:1 --config " + home.resolve("config.txt"))
                        .ok()
                        .out())
                .contains("was never registered");
        first.destroy();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(home.resolve("peer_127.0.0.1_" + (port + 1) + ".log")).exists();
        assertThat(home.resolve("gossip-data/peer_127.0.0.1_" + (port + 1) + "/key"))
                .exists();
    }

    @Test
    void whatIsTypedBeforeThePromptIsThereIsBroadcastToo() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1) for a terminal");
        Files.writeString(home.resolve("config.txt"), "127.0.0.1:" + port + "\n");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String peer = java
                + " -XX:TieredStopAtLevel=1 -Dhearsay.terminals=012 --enable-native-access=ALL-UNNAMED -cp \"$CLASSES\""
                + " dev.hearsay.cli.Main peer 127.0.0.1 " + (port + 1) + " config.txt --profile classic";
        ProcessBuilder builder = new ProcessBuilder("script", "-qfec", peer, "/dev/null").directory(home.toFile());
        builder.environment().put("CLASSES", System.getProperty("java.class.path"));
        builder.environment().put("TERM", "xterm");
        builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("terminal").toFile());
        Process process = builder.start();
        try {
            Gossip.await("the invitation", () -> printed("terminal").contains("Type a message"));
            type(process, "typed at once\n");
            Gossip.await(
                    "the message",
                    () -> gossip.line("get-messages 127.0.0.1:" + (port + 1))
                            .out()
                            .contains("typed at once"));
            process.getOutputStream().write(new byte[] {'g', 'r', (byte) 0xfc, 'n', '\n'});
            type(process, "  \n");
            Gossip.await("both refusals", () -> printed("terminal").contains("Not sent: the message is empty."));
            assertThat(printed("terminal")).contains("Not sent: the line is not valid UTF-8.");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhyItCannotRegisterAndTriesAgain() throws Exception {
        Files.writeString(home.resolve("config.txt"), "127.0.0.1:" + port + "\n");
        Process peer = spawn("peer", "peer 127.0.0.1 " + (port + 1) + " config.txt");
        Gossip.await("the reason", () -> printed("peer.out").contains("WARNING - Not registered yet: "));
        assertThat(printed("peer.out")).contains("trying again");
        assertThat(peer.isAlive()).isTrue();
        spawn("seed", "seed 127.0.0.1 " + port + " config.txt");
        Gossip.await("its registration", () -> printed("peer.out").contains("REGISTER_ACK from seed"));
    }

    @Test
    void aNodeThatCannotRunLeavesNothingBehind() throws Exception {
        try (ServerSocket rival = new ServerSocket(port)) {
            int taken = rival.getLocalPort();
            String there = " --dir " + home.resolve("there");
            assertThat(gossip.line("seed 127.0.0.1 " + taken + there).fails(7).err())
                    .contains("Port " + taken + " is already in use", "--port");
            assertThat(gossip.line("seed 127.0.0.1 " + (port + 1) + " --seed-port " + taken + there)
                            .fails(7)
                            .err())
                    .contains("Port " + taken + " is already in use", "seed-port=");
            assertThat(gossip.line("seed 127.0.0.1 " + (port + 1) + " --seed-port " + (port + 1) + there)
                            .fails(2)
                            .err())
                    .contains("cannot both reach this seed at port " + (port + 1));
            Path config = Files.writeString(home.resolve("config.txt"), "127.0.0.1:" + (port + 1) + "\n");
            assertThat(gossip.line("peer 127.0.0.1 " + taken + " " + config + there)
                            .fails(7)
                            .err())
                    .contains("Port " + taken + " is already in use");
            assertThat(gossip.line("peer 192.0.2.7 " + taken + " " + config + there)
                            .fails(1)
                            .err())
                    .contains("192.0.2.7 is not an address of this machine");
        }
        assertThat(home.resolve("there")).doesNotExist();
        assertThat(gossip.line("peer 127.0.0.1 " + port + " " + home).fails(2).err())
                .contains(home + " is a folder", "names the seeds");
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(gossip.line("start-network --seeds 1 --peers 1 --seed-base-port " + port + " --base-port "
                                + (port + 1) + " --dir " + file)
                        .fails(1)
                        .err())
                .contains("Something else is at " + file, "--dir");
    }
}
