package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearsay.live.network.HostFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as processes of their own, as the shell runs them: signals, exit codes, and what outlives them. */
@Tag("slow")
class ProcessTest extends GossipRun {

    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(8);
        gossip.with("GOSSIP_BASE_PORT", Integer.toString(basePort));
    }

    private Process spawn(String line) throws IOException {
        // One after the other: what is printed is that of the last.
        return gossip.spawn(home, "process", line);
    }

    private String printed(String stream) {
        try {
            return Files.readString(home.resolve("process." + stream), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    @Test
    void aNetworkOutlivesItsCommandAndItsTerminal() throws Exception {
        assertThat(exitCode(spawn("start-network full -n 2")))
                .as(printed("err"))
                .isZero();
        ProcessHandle host = gossip.host("all");
        Gossip.event("INT", host.pid());
        Gossip.event("HUP", host.pid());
        assertThat(exitCode(spawn("send-message 1 still-here --wait")))
                .as(printed("err"))
                .isZero();
        assertThat(host.isAlive()).isTrue();
        // Asked in order, it ends in order.
        Gossip.event("TERM", host.pid());
        Gossip.await("the end of the host", () -> !host.isAlive());
        assertThat(gossip.line("status").fails(3).out()).contains("died");
    }

    @Test
    void interruptedWhileStartingItTakesEverythingBack() throws Exception {
        Process start = spawn("start-network full -n 6 --processes");
        Path firstOutput = home.resolve("hearsay/default/log/host-1.out");
        Gossip.await("the first of its processes", () -> Files.exists(firstOutput));
        List<ProcessHandle> children = start.descendants().toList();
        Gossip.event("INT", start.pid());
        assertThat(exitCode(start)).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(gossip.network().liveHosts()).isEmpty();
        assertThat(printed("err")).doesNotContain("Exception");
        // Nothing stands in the way of another attempt.
        gossip.line("start-network full -n 2").ok();
    }

    /** Killed, or ended by a signal that it cannot catch in time, it can take nothing back: its processes end by themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void whateverEndsItWhileStartingNobodyIsLeftBehind(String event) throws Exception {
        Process start = spawn("start-network full -n 6 --processes");
        Path output = home.resolve("hearsay/default/log/host-3.out");
        Gossip.await("some of its processes", () -> Files.exists(output));
        List<ProcessHandle> children = start.descendants().toList();
        assertThat(children).isNotEmpty();
        Gossip.event(event, start.pid());
        exitCode(start);
        Gossip.await("the end of its processes", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(gossip.network().liveHosts()).isEmpty();
        gossip.line("start-network full -n 2 --fresh").ok();
    }

    @Test
    void runsInTheForegroundUntilInterrupted() throws Exception {
        Process process = spawn("start-network full -n 2 --foreground");
        Gossip.await("the network", () -> printed("err").contains("Press Ctrl-C"));
        gossip.line("send-message 1 kept --wait").ok();
        assertThat(gossip.line("start-network").fails(7).err()).contains("is running already");
        Gossip.event("INT", process.pid());
        assertThat(exitCode(process)).isEqualTo(130);
        assertThat(gossip.line("status").fails(3).out()).contains("stopped");
        gossip.line("resume-network").ok();
        assertThat(gossip.hasMessage(2, "kept")).isTrue();
    }

    @Test
    void watchesNodesGoAndComeBack() throws Exception {
        gossip.line("start-network full -n 3").ok();
        Process watch = spawn("watch -o jsonl");
        // Until it listens, what is sent is not seen.
        Gossip.await("a signal", () -> {
            gossip.line("send-message 1 hear-me").ok();
            return printed("out").contains("\"signal\":\"published\"");
        });
        gossip.line("restart-node 2").ok();
        Gossip.await("node 2 to go", () -> printed("err").contains("node 2: is gone"));
        Gossip.await("node 2 to be back", () -> printed("err").contains("node 2: is back"));
        gossip.line("send-message 2 again").ok();
        Gossip.await(
                "its message",
                () -> printed("out")
                        .lines()
                        .anyMatch(
                                line -> line.contains("\"published\"") && line.contains(":" + (basePort + 2) + "\"")));
        gossip.line("stop-network").ok();
        assertThat(exitCode(watch)).isEqualTo(3);
        assertThat(printed("err")).contains("is stopped");
    }

    @Test
    void aHostThatCannotStartSaysWhy() throws Exception {
        gossip.line("start-network full -n 2").ok();
        gossip.line("stop-network").ok();
        Path data = gossip.network().data();
        try (var files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(data);
        Files.writeString(data, "in the way");
        assertThat(gossip.line("resume-network").fails(1).err())
                .startsWith("gossip: ")
                .contains(data.toString());
        assertThat(gossip.network().liveHosts()).isEmpty();
        assertThat(gossip.line("status").fails(3).out()).contains("stopped");
    }

    @Test
    void aStoreThatIsOpenIsNeverReplaced() throws Exception {
        gossip.line("start-network full -n 2").ok();
        gossip.line("send-message 1 kept --wait").ok();
        HostFile host = gossip.network().readHost("all").orElseThrow();
        // Nobody here can know that process: it is in another container, say, with the same folder.
        gossip.network()
                .write(new HostFile(
                        "all",
                        host.pid(),
                        "elsewhere",
                        host.controlPort(),
                        host.token(),
                        host.nodes(),
                        host.readyAt(),
                        null));
        assertThat(gossip.line("status").fails(3).out()).contains("died");
        gossip.with("GOSSIP_BASE_PORT", Integer.toString(Gossip.freeBasePort(2)));
        assertThat(gossip.line("start-network full -n 2 --fresh").fails(7).err())
                .contains("still has the store in " + gossip.network().data() + " open, so nothing was replaced");
        gossip.network().write(host);
        assertThat(gossip.hasMessage(2, "kept")).isTrue();
    }

    @Test
    void aStoreOfSeedsAndPeersThatIsOpenIsNeverReplaced() throws Exception {
        String ports = " --seed-base-port " + (Gossip.freeBasePort(2) + 1) + " --base-port " + (basePort + 1);
        gossip.line("start-network --seeds 1 --peers 1 --in-process --dir " + home.resolve("run") + ports)
                .ok();
        HostFile host = gossip.network().readHost("all").orElseThrow();
        HostFile unknown = new HostFile(
                "all", host.pid(), "elsewhere", host.controlPort(), host.token(), host.nodes(), host.readyAt(), null);
        gossip.network().write(unknown);
        byte[] network = Files.readAllBytes(gossip.network().path().resolve("network.json"));
        String others = " --fresh --seed-base-port " + (Gossip.freeBasePort(4) + 1) + " --base-port "
                + (Gossip.freeBasePort(2) + 1);
        for (String again : List.of(
                "start-network --seeds 1 --peers 1 --dir " + home.resolve("run") + others,
                "start-network --seeds 1 --peers 1 --dir " + home.resolve("other") + others,
                "start-network full -n 2 --fresh --base-port " + Gossip.freeBasePort(2))) {
            assertThat(gossip.line(again).fails(7).err())
                    .as(again)
                    .contains("still has the store in " + home.resolve("run/gossip-data/all") + " open");
            assertThat(gossip.network().path().resolve("network.json")).hasBinaryContent(network);
            assertThat(gossip.network().readHost("all")).contains(unknown);
        }
        gossip.network().write(host);
        gossip.line("send-message 1 alive --wait").ok();
    }

    @Test
    void aKilledNodeThatNobodyHasReapedIsBroughtBack() throws Exception {
        gossip.line("start-network full -n 2 --processes").ok();
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "Linux only");
        HostFile host = gossip.network().readHost("2").orElseThrow();
        // A stand-in that stays a zombie, with the number on record.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceFirst("^.*\\) ", "");
            String process = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                    .strip()
                    .concat(" " + stat.split(" ", -1)[19]);
            Gossip.kill(host.handle().orElseThrow());
            gossip.network()
                    .write(new HostFile(
                            "2", pid, process, host.controlPort(), host.token(), host.nodes(), host.readyAt(), null));
            assertThat(gossip.network().readHost("2").orElseThrow().isAlive()).isTrue();
            Gossip.event("KILL", pid);
            gossip.line("restart-node 2").ok();
            gossip.line("send-message 1 back --wait").ok();
            gossip.awaitMessage(2, "back");
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }
}
