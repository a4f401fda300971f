package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults ordered by a person, on networks of real processes. */
@Tag("slow")
class FaultCommandTest extends SeededRun {

    private void start(String options) {
        gossip.with("GOSSIP_BASE_PORT", Integer.toString(peerPort - 1));
        gossip.line("start-network " + options).ok();
    }

    private List<String> inForce() {
        try {
            List<String> ids = new ArrayList<>();
            for (JsonObject fault :
                    gossip.line("fault list -o json").ok().json().objects("faults")) {
                ids.add(fault.text("id"));
            }
            return ids;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    private String stateOf(String node) {
        try {
            for (JsonObject one : gossip.line("status -o json").ok().json().objects("nodes")) {
                if (one.text("node").equals(node)) {
                    return one.text("state");
                }
            }
            throw new AssertionError("no node " + node);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void processesArePartedPausedAndKilledAndConverge() throws Exception {
        start("full -n 4 --processes");
        assertThat(gossip.line("fault partition 1,2 --for 10m").ok().out())
                .isEqualTo("f1: partition 1,2 against the rest, for 10 min 0 s. To end it now: gossip fault heal f1\n");
        assertThat(gossip.line("status").ok().out()).contains("1 fault is in force: gossip fault list\n");
        gossip.line("send-message 1 left").ok();
        gossip.line("send-message 4 right").ok();
        gossip.awaitMessage(2, "left");
        gossip.awaitMessage(3, "right");
        assertThat(gossip.hasMessage(3, "left")).isFalse();
        assertThat(gossip.hasMessage(1, "right")).isFalse();
        assertThat(gossip.line("fault heal f1").ok().out())
                .isEqualTo("f1 is healed: partition 1,2 against the rest.\n");
        gossip.awaitMessage(3, "left");
        gossip.awaitMessage(4, "left");
        gossip.awaitMessage(1, "right");
        gossip.awaitMessage(2, "right");

        gossip.line("fault pause 2 --for 10m").ok();
        assertThat(stateOf("2")).isEqualTo("paused");
        assertThat(gossip.line("send-message 2 nothing").fails(1).err()).contains("the node is paused");
        gossip.line("send-message 1 missed").ok();
        gossip.awaitMessage(3, "missed");
        gossip.line("fault heal all").ok();
        gossip.awaitMessage(2, "missed");

        gossip.line("fault kill 3 --for 1s").ok();
        Gossip.await("its return, without a command", () -> stateOf("3").equals("running"));
        gossip.awaitMessage(3, "missed");
        gossip.line("fault kill 4").ok();
        assertThat(stateOf("4")).isEqualTo("stopped");
        assertThat(gossip.line("fault list").ok().out()).contains("f4", "kill of 4", "until healed");
        gossip.line("restart-node 4").ok();
        assertThat(inForce()).isEmpty();
        gossip.line("send-message 4 all-is-well --wait").ok();
    }

    @Test
    void faultsOfOneProcessAreListedAndEndByThemselves() throws Exception {
        start("full -n 3");
        gossip.line("fault loss 100% --node 2 --for 2s --random-seed 7").ok();
        gossip.line("fault delay uniform:20ms-40ms --between 1/2,3 --for 10m").ok();
        gossip.line("fault cut 3 1 --for 10m -o json").ok();
        JsonObject first = gossip.line("fault list -o jsonl")
                .ok()
                .out()
                .lines()
                .map(FaultCommandTest::parsed)
                .findFirst()
                .orElseThrow();
        assertThat(first.text("what")).isEqualTo("loss of 100% to and from 2");
        assertThat(first.whole("randomSeed")).isEqualTo(7);
        assertThat(first.number("leftMillis")).isPositive().isLessThanOrEqualTo(first.number("forMillis"));
        assertThat(gossip.line("fault list").ok().out())
                .contains("delay of 20 to 40 ms between 1 and 2,3", "cut from 3 to 1");
        assertThat(gossip.line("status").ok().out()).contains("3 faults are in force");
        Gossip.await("the end of the first", () -> inForce().equals(List.of("f2", "f3")));
        gossip.line("send-message 3 round-about --wait").ok();
        assertThat(gossip.line("fault heal f1").fails(2).err())
                .contains("There is no fault f1; in force are f2, f3.", "gossip fault list");
        assertThat(gossip.line("fault heal all -o csv").ok().out())
                .startsWith("id,fault,what")
                .contains("f2,", "f3,");
        assertThat(gossip.line("fault heal all").ok().out()).isEqualTo("No fault is in force.\n");
        assertThat(gossip.line("fault heal f1").fails(2).err()).contains("none is in force");

        gossip.line("fault kill 3").ok();
        gossip.line("remove-node 3").ok();
        assertThat(inForce()).isEmpty();
        refusesWhatThisNetworkCannotDo();
        gossip.line("fault loss 10% --for 10m").ok();
        gossip.line("stop-network").ok();
        gossip.line("resume-network").ok();
        assertThat(inForce()).as("no fault survives the network").isEmpty();
    }

    private static JsonObject parsed(String line) {
        try {
            return JsonObject.parse(line);
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    /** Nodes 1 and 2 of 3 are there. */
    private void refusesWhatThisNetworkCannotDo() throws IOException {
        assertThat(gossip.line("fault pause 9 --for 1s").fails(6).err()).contains("There is no node 9");
        assertThat(gossip.line("fault pause 3 --for 1s").fails(6).err()).contains("has been removed");
        assertThat(gossip.line("fault loss 1% --to s1 --for 1s").fails(6).err()).contains("There is no seed s1");
        assertThat(gossip.line("fault partition 1,2 --for 1s").fails(2).err())
                .contains("All nodes are in one group, so nothing is parted.");
        gossip.line("fault kill 2").ok();
        assertThat(gossip.line("fault pause 2 --for 1s").fails(7).err()).contains("node 2 does not run");
        gossip.line("fault heal all").ok();
        // A stranger cannot read the token.
        Path hosts = gossip.network().path().resolve("hosts");
        try (var files = Files.list(hosts)) {
            for (Path file : files.toList()) {
                String mine = Files.readString(file);
                Files.writeString(file, mine.replaceFirst("\"token\" ?: ?\"[^\"]*\"", "\"token\":\"guessed\""));
                assertThat(gossip.line("fault loss 1% --for 1s").fails(1).err())
                        .contains("The token is missing or wrong.");
                Files.writeString(file, mine);
            }
        }
    }

    @Test
    void aMinorityOfPartedSeedsSaysSoAndMessagesStillSpread() {
        gossip.line("start-network --seeds 3 --peers 3 --gossip-count 0 --ping-interval 300ms" + ports())
                .ok();
        gossip.line("fault partition s1 --for 10m").ok();
        Gossip.await(
                "the word of the minority",
                () -> !greps("outputfile.txt", "SEEDS_WITHOUT_QUORUM: 1 of 3").isEmpty());
        assertThat(greps("outputfile.txt", "SEEDS_WITHOUT_QUORUM: 2 of 3")).isEmpty();
        gossip.line("send-message 1 all-the-same --wait").ok();
        gossip.line("fault heal all").ok();
        Gossip.await(
                "the quorum",
                () -> !greps("outputfile.txt", "Quorum of seeds is back: . of 3")
                        .isEmpty());
        // A paused peer that is not back in time is removed, and registers anew.
        gossip.line("fault pause 3 --for 10m").ok();
        awaitAgreed("1=member 1", "2=member 1", "3=removed 1");
        gossip.line("fault heal all").ok();
        awaitAgreed("1=member 1", "2=member 1", "3=member 2");
    }

    @Test
    void aNodeThatRunsAloneTakesFaultsFromWhoeverHasItsToken() throws Exception {
        Files.writeString(run.resolve("config.txt"), "127.0.0.1:" + seedPort + "\n");
        Path token = Files.writeString(run.resolve("token"), "open-sesame\n");
        gossip.spawn(run, "seed", "seed 127.0.0.1 " + seedPort + " --token-file " + token);
        gossip.spawn(run, "peer", "peer 127.0.0.1 " + peerPort + " config.txt --gossip-count 0");
        Gossip.await("the peer", () -> gossip.line("list-peers " + peer(1)).exitCode() == 0);
        String seed = "127.0.0.1:" + seedPort;
        Gossip.await("the seed", () -> gossip.line("list-peers " + seed).exitCode() == 0);
        String pause = "fault pause " + seed + " --for 10m --at " + seed;
        assertThat(gossip.line(pause).fails(2).err()).contains("For --at a token is needed");
        gossip.with("GOSSIP_TOKEN", "open-barley");
        assertThat(gossip.line(pause).fails(1).err()).contains("The token is missing or wrong.");
        gossip.with("GOSSIP_TOKEN", "open-sesame");
        gossip.line(pause).ok();
        assertThat(gossip.line("fault list --at " + seed).ok().out()).contains("pause of " + seed);
        gossip.line("fault heal f1 --at " + seed + " --token-file " + token).ok();
        assertThat(gossip.line("fault list --at " + peer(1)).fails(1).err()).contains("started without a token");
        assertThat(gossip.line("fault pause 1 --for 1s --at " + seed).fails(2).err())
                .contains("With --at nodes are named by host:port, not '1'.");
        gossip.line("fault kill " + seed + " --for 1s --at " + seed).ok();
        Gossip.await(
                "its return", () -> gossip.line("fault list --at " + seed).out().contains("No fault is in force."));
    }
}
