package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes of a static network, each started by hand. */
@Tag("slow")
class NodeCommandTest extends GossipRun {

    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(4);
    }

    private String address(int number) {
        return "127.0.0.1:" + (basePort + number);
    }

    private Process spawn(int number, String members) throws IOException {
        return gossip.spawn(
                home,
                "node" + number,
                "node " + address(number) + " --members " + members + " --data " + home.resolve("d" + number));
    }

    private boolean isReady(int number) {
        return Deployment.status("http://" + address(number) + "/readyz") == 200;
    }

    @Test
    void fourProcessesMakeOneNetworkAndKeepTheirMessages() throws Exception {
        gossip.with("GOSSIP_TOPOLOGY", "circular");
        String members = address(1) + "," + address(2) + "," + address(3) + "," + address(4);
        String reversed = address(4) + "," + address(3) + "," + address(2) + "," + address(1);
        Process first = spawn(1, members);
        spawn(2, reversed);
        spawn(3, members);
        Process last = spawn(4, reversed);
        for (int number = 1; number <= 4; number++) {
            int node = number;
            Gossip.await("node " + node, () -> isReady(node));
        }
        assertThat(gossip.line("list-peers " + address(1) + " -o json").ok().out())
                .contains(address(2), address(4))
                .doesNotContain(address(3));
        gossip.line("send-message " + address(3) + " apple").ok();
        Gossip.await(
                "the message at node 1",
                () -> gossip.line("get-messages " + address(1) + " -o json")
                        .out()
                        .contains("apple"));
        first.destroy();
        assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(home.resolve("node1.err"))).contains("one of 4, runs", address(1) + " stopped");
        Gossip.kill(last.toHandle());
        spawn(1, members);
        Gossip.await("node 1 again", () -> Deployment.status("http://" + address(1) + "/state") == 200);
        assertThat(gossip.line("get-messages " + address(1) + " -o json").ok().out())
                .contains("apple");
    }

    /** As in {@code deploy/compose.consensus.yaml}, where names stand for containers. */
    @Test
    void aSeedAndAPeerAreReachedByNameAndTheHealthCheckSeesThem() throws Exception {
        gossip.with("GOSSIP_BIND", "127.0.0.1");
        Files.writeString(home.resolve("config.txt"), "localhost:" + (basePort + 1) + "\n");
        gossip.spawn(home, "seed", "seed localhost " + (basePort + 1));
        gossip.spawn(home, "peer", "peer localhost " + (basePort + 2) + " config.txt --gossip-count 0");
        for (int number = 1; number <= 2; number++) {
            String port = Integer.toString(basePort + number);
            Gossip.await("health at port " + port, () -> healthCheck(port) == 0);
        }
        assertThat(gossip.line("list-peers localhost:" + (basePort + 1) + " -o json")
                        .ok()
                        .out())
                .contains("localhost:" + (basePort + 2));
        assertThat(healthCheck(Integer.toString(basePort + 4)))
                .as("where nobody listens")
                .isEqualTo(1);
    }

    private static int healthCheck(String port) {
        try {
            return new ProcessBuilder(Deployment.FILES.resolve("healthy").toString(), port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listensWhereItIsToldAndCountsNothingIfItIsTold() throws Exception {
        String called = "node.invalid:" + (basePort + 1);
        gossip.spawn(
                home,
                "node",
                "node " + called + " --members " + called + " --topology full --bind 127.0.0.1 --no-metrics");
        Gossip.await("the node", () -> isReady(1));
        assertThat(Deployment.status("http://" + address(1) + "/metrics")).isEqualTo(404);
    }
}
