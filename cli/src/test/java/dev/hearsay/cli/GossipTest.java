package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.network.HostFile;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That tests that share a process and a machine do not disturb each other. */
class GossipTest extends GossipRun {

    private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void portsAreNobodyElsesAndNoneOfThoseOfOutgoingConnections() throws Exception {
        int outgoing = Files.exists(OUTGOING)
                ? Integer.parseInt(Files.readAllLines(OUTGOING).getFirst().split("\\s", -1)[0])
                : 32_768;
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            int base = Gossip.freeBasePort(4);
            for (int port = base + 1; port <= base + 4; port++) {
                assertThat(List.of(port, SeedConfig.usualSeedPort(port)))
                        .allSatisfy(each -> assertThat(each).isBetween(1024, outgoing - 1));
                assertThat(seen.add(port) && seen.add(SeedConfig.usualSeedPort(port)))
                        .as("%s is new", port)
                        .isTrue();
            }
        }
    }

    /** As where all tests run behind {@code nohup}: what they start would not hear the interrupts that they send. */
    @Test
    void whatIsStartedWhereInterruptsAreIgnoredHearsThem() throws Exception {
        List<String> sleep = List.of("sleep", "600");
        List<String> hearing = new ArrayList<>(Gossip.HEARING_INTERRUPTS);
        hearing.addAll(sleep);
        Process deaf = ignoringInterrupts(sleep);
        Process process = ignoringInterrupts(hearing);
        try {
            for (Process each : List.of(deaf, process)) {
                Gossip.await(
                        "the program", () -> each.info().command().orElse("").endsWith("/sleep"));
                Gossip.event("INT", each.pid());
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(deaf.isAlive()).isTrue();
        } finally {
            deaf.destroyForcibly();
            process.destroyForcibly();
        }
    }

    private static Process ignoringInterrupts(List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.addAll(program);
        return new ProcessBuilder(command).start();
    }

    @Test
    void whoIsOnNoRecordIsEndedToo() throws Exception {
        gossip.line("start-network full -n 2 --base-port " + Gossip.freeBasePort(2))
                .ok();
        HostFile host = gossip.network().readHost("all").orElseThrow();
        ProcessHandle process = host.handle().orElseThrow();
        gossip.network()
                .write(new HostFile(
                        "all", 1, "elsewhere", host.controlPort(), host.token(), host.nodes(), host.readyAt(), null));
        gossip.close();
        assertThat(process.isAlive()).isFalse();
        Gossip.awaitNobodyIn(home);
    }
}
