package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of real processes on loopback, run by the commands that people type. */
@Tag("slow")
class NetworkLifeTest extends GossipRun {

    private int basePort;

    @BeforeEach
    void begin() {
        basePort = Gossip.freeBasePort(33);
        gossip.with("GOSSIP_BASE_PORT", Integer.toString(basePort));
    }

    @Test
    void worksAsTheDocumentOfTheNetworkCommandLineSays() throws Exception {
        Path picture = Path.of("topology-random-3-16.svg");
        boolean wasThere = Files.exists(picture);
        try {
            var started = gossip.line("start-network --plot").ok();
            assertThat(started.out()).contains("16 nodes are ready", "The topology is drawn in " + picture);
            assertThat(picture).exists();
        } finally {
            if (!wasThere) {
                Files.deleteIfExists(picture);
            }
        }
        assertThat(peers(5)).hasSize(3);
        gossip.line("send-message 4 apple").ok();
        gossip.line("send-message 8 banana --relays=3").ok();
        gossip.awaitMessage(3, "apple");
        gossip.awaitMessage(3, "banana");
        gossip.line("stop-network").ok();

        gossip.line("start-network random 5").ok();
        assertThat(peers(5)).hasSize(5);
        assertThat(gossip.line("get-messages 8").ok().out()).contains("no messages");
        gossip.line("send-message 4 apple --wait").ok();
        assertThat(gossip.line("get-messages 3 unread").ok().out()).contains("new  apple");
        assertThat(gossip.line("get-messages 3 unread").ok().out()).contains("no unread messages");
        assertThat(gossip.line("get-messages 3 read -p --time").ok().out())
                .containsPattern("RECEIVED +PATH")
                .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} +4( → \\d+)* → 3 +apple");
        gossip.line("remove-node 9").ok();
        assertThat(gossip.line("send-message 1 cherry --wait -o json")
                        .ok()
                        .json()
                        .integer("of"))
                .isEqualTo(15);
        gossip.line("stop-network").ok();

        gossip.line("start-network circular --num-nodes=32").ok();
        assertThat(peers(1)).containsExactly(2, 32);
        gossip.line("stop-network").ok();
    }

    private List<Integer> peers(int node) throws WireException {
        JsonObject answer = gossip.line("list-peers " + node + " -o json").ok().json();
        assertThat(answer.text("node")).isEqualTo(Integer.toString(node));
        return answer.objects("peers").stream()
                .map(peer -> {
                    try {
                        int number = Integer.parseInt(peer.text("node"));
                        assertThat(peer.text("address")).isEqualTo("127.0.0.1:" + (basePort + number));
                        return number;
                    } catch (WireException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void livesThroughChangesStopAndResume() throws Exception {
        gossip.line("start-network circular -n 5").ok();
        JsonObject sent = gossip.line("send-message 2 one --wait -o json").ok().json();
        assertThat(sent.integer("reached")).isEqualTo(5);
        assertThat(sent.integer("of")).isEqualTo(5);
        assertThat(sent.number("t50Millis")).isLessThanOrEqualTo(sent.number("t100Millis"));
        // Two each way round; or more where one way was quicker than the other.
        assertThat(sent.integer("maxHops")).isBetween(2, 4);

        gossip.line("remove-node 3").ok();
        assertThat(gossip.line("list-peers 3").fails(6).err()).contains("Node 3 has been removed");
        gossip.line("send-message 2 two --wait").ok();
        // The ring has closed over the gap.
        Gossip.await("2 and 4 to find each other", () -> {
            try {
                return peers(2).contains(4);
            } catch (WireException e) {
                throw new AssertionError(e);
            }
        });
        gossip.line("restart-node 3").ok();
        gossip.awaitMessage(3, "two");
        gossip.line("restart-node 4").ok();
        assertThat(gossip.hasMessage(4, "one")).isTrue();

        assertThat(gossip.line("add-node").ok().out()).contains("Node 6 is running", "linked to 1, 5");
        gossip.awaitMessage(6, "one");
        gossip.awaitMessage(6, "two");
        assertThat(gossip.line("send-message 6 three --wait -o json")
                        .ok()
                        .json()
                        .integer("reached"))
                .isEqualTo(6);

        gossip.line("stop-network").ok();
        assertThat(gossip.line("list-peers 1").fails(3).err()).contains("is stopped", "gossip resume-network");
        assertThat(gossip.line("status").fails(3).out()).contains("stopped");
        assertThat(gossip.line("resume-network").ok().out()).contains("6 nodes are ready");
        for (int node = 1; node <= 6; node++) {
            for (String text : List.of("one", "two", "three")) {
                assertThat(gossip.hasMessage(node, text))
                        .as("%s at %d", text, node)
                        .isTrue();
            }
        }
        gossip.line("stop-network").ok();
        assertThat(gossip.network().liveHosts()).isEmpty();
    }

    @Test
    void losesNothingAcknowledgedWhenTheHostIsKilled() throws Exception {
        gossip.line("start-network random 2 -n 4").ok();
        for (int i = 0; i < 20; i++) {
            gossip.line("send-message " + (1 + i % 4) + " message-" + i).ok();
        }
        Gossip.kill(gossip.host("all"));
        assertThat(gossip.line("status").fails(3).out()).contains("died", "gossip resume-network");
        JsonObject status = gossip.line("status -o json").fails(3).json();
        assertThat(status.objects("nodes")).allSatisfy(node -> {
            assertThat(node.text("state")).isEqualTo("died");
            assertThat(node.has("pid")).isFalse();
        });
        assertThat(gossip.line("list-peers 1").fails(3).err()).contains("has died", "gossip resume-network");
        assertThat(gossip.line("start-network").fails(7).err()).contains("died", "resume-network", "--fresh");
        gossip.line("resume-network").ok();
        for (int i = 0; i < 20; i++) {
            for (int node = 1; node <= 4; node++) {
                gossip.awaitMessage(node, "message-" + i);
            }
        }
        Gossip.kill(gossip.host("all"));
        gossip.line("start-network random 2 -n 4 --fresh").ok();
        assertThat(gossip.hasMessage(1, "message-0")).isFalse();
    }

    @Test
    void lostNodesOfTheirOwnProcessCatchUp() throws Exception {
        assertThat(gossip.line("start-network full -n 3 --processes").ok().out())
                .contains("a process each");
        gossip.line("send-message 2 before --wait").ok();
        Gossip.kill(gossip.host("2"));
        assertThat(gossip.line("list-peers 2").fails(3).err()).contains("restart-node 2");
        JsonObject sent =
                gossip.line("send-message 1 while-away --wait -o json").ok().json();
        assertThat(sent.integer("reached")).isEqualTo(2);
        JsonObject status = gossip.line("status -o json").ok().json();
        assertThat(status.objects("nodes").get(1).text("state")).isEqualTo("died");
        assertThat(status.objects("nodes").get(0).text("state")).isEqualTo("running");
        assertThat(status.objects("nodes").get(0).text("role")).isEqualTo("peer");
        gossip.line("restart-node 2").ok();
        gossip.awaitMessage(2, "while-away");
        assertThat(gossip.hasMessage(2, "before")).isTrue();

        gossip.line("remove-node 3").ok();
        gossip.line("send-message 1 without-three --wait").ok();
        gossip.line("restart-node 3").ok();
        gossip.awaitMessage(3, "without-three");
        assertThat(gossip.line("add-node").ok().out()).contains("Node 4 is running", "linked to 1, 2, 3");
        gossip.awaitMessage(4, "before");
        Gossip.kill(gossip.host("1"));
        Gossip.kill(gossip.host("4"));
        assertThat(gossip.line("resume-network").ok().out()).contains("4 nodes are ready");
        assertThat(gossip.hasMessage(4, "before")).isTrue();
        Gossip.kill(gossip.host("1"));
        assertThat(gossip.line("stop-network").ok().out()).isEqualTo("Stopped 3 nodes.\n");
        assertThat(gossip.network().liveHosts()).isEmpty();
    }

    @Test
    void keysAreSharedSurviveAKillAndAreSeenByWhoCameLater() throws Exception {
        gossip.line("start-network circular -n 4").ok();
        assertThat(gossip.run("put", "1", "a/b ä", "green").ok().out()).isEqualTo("Node 1 has 'a/b ä'.\n");
        byte[] bytes = {'x', '\n', (byte) 0xff, 0, '\n'};
        gossip.withInput(bytes).line("put 2 bytes -").ok();
        gossip.line("put 3 gone soon").ok();
        Gossip.await("all keys at node 4", () -> keys(4).size() == 3);
        gossip.line("delete 4 gone").ok();
        Gossip.await("the deletion at node 1", () -> keys(1).size() == 2);
        for (int i = 0; i < 10; i++) {
            gossip.line("put 2 counter " + i).ok();
        }
        Gossip.kill(gossip.host("all"));
        gossip.line("resume-network").ok();
        assertThat(gossip.line("get 2 counter").ok().out()).isEqualTo("9");
        assertThat(gossip.run("get", "1", "a/b ä").ok().out()).isEqualTo("green");
        JsonObject entry = gossip.line("get 2 bytes -o json").ok().json();
        assertThat(Base64.getDecoder().decode(entry.text("base64"))).isEqualTo(bytes);
        assertThat(entry.text("writer")).isEqualTo("2");
        gossip.line("add-node").ok();
        Gossip.await("all keys at the new node", () -> keys(5).equals(List.of("a/b ä", "bytes", "counter")));
        assertThat(gossip.line("keys 5").ok().out())
                .containsPattern("KEY +VALUE +WRITER +TIME")
                .containsPattern("a/b ä +green +1 +\\d{4}-\\d\\d-\\d\\d")
                .containsPattern("bytes +x\\\\n")
                .doesNotContain("gone");
        assertThat(gossip.line("keys 5 -o csv").ok().out()).startsWith("key,value,base64,writer,at\r\n");
    }

    private List<String> keys(int node) {
        try {
            List<String> keys = new ArrayList<>();
            for (JsonObject entry :
                    gossip.line("keys " + node + " -o json").ok().json().objects("keys")) {
                keys.add(entry.text("key"));
            }
            return keys;
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoIsRemovedIsNobodysMemberUntilItIsRestarted() throws Exception {
        gossip.line("start-network circular -n 4 --processes").ok();
        gossip.line("add-node").ok();
        Gossip.kill(gossip.host("2"));
        gossip.line("remove-node 5").ok();
        gossip.line("restart-node 2").ok();
        for (int node = 1; node <= 4; node++) {
            assertThat(members(node)).as("members of %d", node).isEqualTo(4);
        }
        Gossip.kill(gossip.host("3"));
        gossip.line("restart-node 5").ok();
        gossip.line("restart-node 3").ok();
        for (int node = 1; node <= 5; node++) {
            assertThat(members(node)).as("members of %d", node).isEqualTo(5);
        }
    }

    private int members(int node) throws Exception {
        URI state = URI.create("http://127.0.0.1:" + (basePort + node) + "/state");
        try (var in = state.toURL().openStream()) {
            return JsonObject.parse(in.readAllBytes()).integer("members");
        }
    }

    @Test
    void aNetworkThatWasStoppedIsKeptWhenAnotherTakesItsPlace() throws Exception {
        gossip.line("start-network full -n 2").ok();
        gossip.line("send-message 1 precious --wait").ok();
        gossip.line("stop-network").ok();
        assertThat(gossip.line("start-network circular -n 3").ok().out())
                .contains("is kept, with its messages: gossip resume-network --network default-before");
        assertThat(gossip.hasMessage(1, "precious")).isFalse();
        gossip.line("stop-network").ok();
        // One that holds nothing does not take the place of what is kept.
        assertThat(gossip.line("start-network full -n 2").ok().out()).doesNotContain("is kept");
        assertThat(gossip.hasMessage(1, "precious")).isFalse();
        gossip.line("put 1 colour blue").ok();
        gossip.line("stop-network").ok();
        gossip.line("resume-network --network default-before").ok();
        assertThat(gossip.line("get-messages 2 --network default-before").ok().out())
                .contains("precious");
        gossip.line("stop-network --network default-before").ok();
        assertThat(gossip.line("start-network full -n 2").ok().out())
                .contains("default-before (in place of the one that was kept there)");
        gossip.line("stop-network").ok();
        assertThat(gossip.line("start-network full -n 2 --fresh").ok().out()).doesNotContain("is kept");
    }

    @Test
    void keepsNothingOfANetworkInMemory() throws Exception {
        gossip.line("start-network full -n 2 --in-memory").ok();
        gossip.line("send-message 1 fleeting --wait").ok();
        assertThat(gossip.line("stop-network").ok().out()).contains("in memory only");
        assertThat(gossip.line("resume-network").ok().out()).contains("in memory only");
        assertThat(gossip.hasMessage(1, "fleeting")).isFalse();
    }

    @Test
    void severalNetworksStandSideBySide() {
        gossip.line("start-network full -n 2").ok();
        assertThat(gossip.line("start-network full -n 2 --network two").fails(7).err())
                .contains("Port " + (basePort + 1) + " is taken by the network 'default'", "--base-port");
        gossip.line("start-network full -n 2 --network two --base-port " + (basePort + 10))
                .ok();
        gossip.line("send-message 1 here --wait --network two").ok();
        assertThat(gossip.hasMessage(1, "here")).isFalse();
        assertThat(gossip.line("networks -o csv").ok().out())
                .contains("default,running,full,2," + basePort, "two,running,full,2," + (basePort + 10));
        gossip.line("stop-network --network two").ok();
        assertThat(gossip.line("networks").ok().out()).containsPattern("two +stopped");
    }

    @Test
    void makesTextOfStrangersHarmless() throws Exception {
        gossip.line("start-network full -n 2").ok();
        gossip.run("send-message", "1", "a\u001B[31mb\nc", "--wait").ok();
        assertThat(gossip.line("get-messages 2").ok().out()).contains("a\\u{1b}[31mb\\nc");
        JsonObject message = gossip.line("get-messages 2 -o json")
                .ok()
                .json()
                .objects("messages")
                .getFirst();
        assertThat(message.text("text")).isEqualTo("a\u001B[31mb\nc");
        assertThat(message.text("origin")).isEqualTo("1");
        assertThat(message.texts("path")).containsExactly("1", "2");
        assertThat(message.flag("read")).isTrue();
        assertThat(gossip.line("get-messages 2 -o jsonl").ok().out().lines()).hasSize(1);
    }
}
