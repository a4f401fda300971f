package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code gossip versions}, as the document of the version simulation describes it, and beyond. */
@Tag("slow")
class VersionsTest extends GossipRun {

    private int port;

    @BeforeEach
    void begin() {
        port = Gossip.freeBasePort(6) + 1;
    }

    private String printed() {
        return read("versions.out");
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void readsTheVariablesOfTheDocumentAndLogsItsLines() {
        Gossip.Result result = gossip.with("NUM_GOROUTINES", "5")
                .with("START_PORT", Integer.toString(port))
                .with("NUM_NODES_TO_SEND", "3")
                .with("SEND_INTERVAL", "0.2")
                .line("versions --count 3")
                .ok();
        assertThat(result.out())
                .containsPattern("\\d{4}/\\d\\d/\\d\\d .*Starting server 5 on port " + (port + 4) + "\n")
                .containsPattern("\\d{4}/\\d\\d/\\d\\d .*Sending version 1\n")
                .contains("Received for 1 -> count = 2\n")
                .contains("Committed version 1 -> count = 5\n")
                .contains("Committed version 3 -> count = 5\n")
                .contains("Version 3 is known to be committed at all 5 nodes, ")
                .doesNotContain("count = 6");
        assertThat(result.out().indexOf("Received for 1 -> count = 5"))
                .isLessThan(result.out().indexOf("Committed version 1 -> count = 5"));
    }

    @Test
    void servesItsDashboardItself() throws Exception {
        int page = port + 5;
        gossip.spawn(
                home, "versions", "versions -n 3 -i 300ms --in-memory --start-port " + port + " --dashboard " + page);
        Gossip.await("a commit", () -> printed().contains("Committed version 1 -> count = 3"));
        assertThat(printed()).contains("The dashboard is at http://127.0.0.1:" + page + ".\n");
        assertThat(Deployment.status("http://127.0.0.1:" + page + "/healthz")).isEqualTo(200);
        assertThat(gossip.line("dashboard").ok().out()).contains("http://127.0.0.1:" + page);
        gossip.line("stop-network").ok();
        Gossip.await("the last word", () -> read("versions.err").contains("The network 'default' is stopped."));
    }

    @Test
    void flagsWinOverVariables() {
        Gossip.Result result = gossip.with("NUM_GOROUTINES", "50")
                .with("SEND_INTERVAL", "1000")
                .line("versions --nodes 2 --fanout 1 --interval 100ms --count 2 -o jsonl --start-port " + port)
                .ok();
        assertThat(result.out())
                .contains("\"event\":\"committed\",\"version\":2,\"node\":\"\",\"count\":2")
                .contains("\"event\":\"known\",\"version\":2,");
    }

    @Test
    void aDeadNodeHoldsCommitBackUntilItIsRemoved() throws Exception {
        gossip.spawn(home, "versions", "versions -n 4 -k 3 -i 300ms --start-port " + port);
        Gossip.await("a commit", () -> printed().contains("Committed version 1 -> count = 4"));
        gossip.line("remove-node 4").ok();
        Gossip.await(
                "commits without the removed node",
                () -> printed().contains("-> count = 3\n")
                        && printed().contains("is known to be committed at all 3 nodes"));
        assertThat(gossip.run("status").ok().out()).contains("removed");
        long last = sent();
        long refused = refusedByTheFourth();
        Gossip.await("ten more", () -> sent() >= last + 10);
        assertThat(refusedByTheFourth()).as("nobody asks who is gone").isEqualTo(refused);
    }

    @Test
    void aNodeThatIsAddedCountsFromThenOn() throws Exception {
        gossip.spawn(home, "versions", "versions -n 2 -k 1 -i 300ms --start-port " + port);
        Gossip.await("a commit", () -> printed().contains("Committed version 1 -> count = 2"));
        gossip.line("add-node").ok();
        Gossip.await(
                "commits with the new node",
                () -> printed().contains("-> count = 3\n")
                        && printed().contains("is known to be committed at all 3 nodes"));
        long last = sent();
        Gossip.await("one sent since", () -> printed().contains("Committed version " + (last + 1) + " -> count = 3"));
    }

    @Test
    void keysOfPeopleAreKeptWhenAnotherNetworkTakesItsPlaceAndVersionsAreNot() throws Exception {
        String start = "start-network full -n 2 --base-port " + (port - 1);
        gossip.spawn(home, "versions", "versions -n 2 -k 1 -i 300ms --start-port " + port);
        Gossip.await("a commit", () -> printed().contains("Committed version 1 -> count = 2"));
        gossip.line("stop-network").ok();
        assertThat(gossip.line(start).ok().out()).doesNotContain("is kept");
        gossip.line("stop-network").ok();
        Files.delete(home.resolve("versions.out"));
        gossip.spawn(home, "versions", "versions -n 2 -k 1 -i 300ms --start-port " + port);
        Gossip.await("a commit", () -> printed().contains("Committed version 1 -> count = 2"));
        gossip.line("put 1 colour blue").ok();
        gossip.line("stop-network").ok();
        assertThat(gossip.line(start).ok().out()).contains("--network default-before");
        gossip.line("stop-network").ok();
        gossip.line("resume-network --network default-before").ok();
        assertThat(gossip.line("get 1 colour --network default-before").ok().out())
                .contains("blue");
        gossip.line("stop-network --network default-before").ok();
    }

    private long sent() {
        return printed()
                .lines()
                .filter(line -> line.contains("Sending version"))
                .count();
    }

    private long refusedByTheFourth() {
        return printed()
                .lines()
                .filter(line -> line.contains("was not taken by server 4"))
                .count();
    }

    @Test
    void saysWhatIsWrong() {
        gossip.with("NUM_GOROUTINES", "many");
        assertThat(gossip.line("versions").fails(2).err())
                .contains("NUM_GOROUTINES must be a whole number, not 'many'.")
                .contains("--nodes");
        gossip.with("NUM_GOROUTINES", "3").with("SEND_INTERVAL", "soon");
        assertThat(gossip.line("versions").fails(2).err()).contains("SEND_INTERVAL: ");
        gossip.with("SEND_INTERVAL", "0");
        assertThat(gossip.line("versions").fails(2).err()).contains("SEND_INTERVAL must be longer than '0'.");
        gossip.with("SEND_INTERVAL", "1").with("NUM_NODES_TO_SEND", "9");
        assertThat(gossip.line("versions").fails(2).err())
                .contains("A version can be sent to 1 to 3 of 3 nodes, not to 9.");
        gossip.with("NUM_NODES_TO_SEND", "2").with("START_PORT", "0");
        assertThat(gossip.line("versions").fails(2).err()).contains("cannot listen from port 0 on");
        assertThat(gossip.line("versions --start-port 65534").fails(2).err()).contains("3 nodes do not fit");
        assertThat(gossip.line("versions --count 0 --start-port 9000").fails(2).err())
                .contains("--count must be at least 1");
        assertThat(gossip.line("versions -o json --start-port 9000").fails(2).err())
                .contains("-o jsonl");
    }
}
