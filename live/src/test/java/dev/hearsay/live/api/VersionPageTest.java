package dev.hearsay.live.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.node.LiveContext;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.MessageJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions over real sockets: put in at any node, known to be committed at all. */
class VersionPageTest {

    private final Map<NodeId, Ranges> committed = new ConcurrentHashMap<>();
    private Host host;
    private List<HostOptions.Member> members;

    @BeforeEach
    void start() throws Exception {
        members = Network.of(4, "full");
        host = Host.start(HostOptions.inMemory(members).withVersions());
        host.nodes().forEach(this::listen);
    }

    private void listen(HostedNode node) {
        node.onEvent((atMicros, event) -> {
            if (event instanceof CommitProtocol.Committed told) {
                committed.merge(node.address(), told.versions().copy(), (one, other) -> {
                    Ranges both = one.copy();
                    both.addAll(other);
                    return both;
                });
            }
        });
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private HttpResponse<String> put(int node, String body) {
        return Http.send("PUT", members.get(node).address(), "/gossip", BodyPublishers.ofString(body));
    }

    private boolean isCommitted(int node, long version) {
        Ranges known = committed.get(members.get(node).address());
        return known != null && known.contains(version);
    }

    private void awaitCommitted(long version) {
        Await.until("version " + version + " to be known as committed", () -> {
            for (int node = 0; node < members.size(); node++) {
                if (!isCommitted(node, version)) {
                    return false;
                }
            }
            return true;
        });
    }

    @Test
    void aNewVersionIsTakenAndOneThatWasSeenIsIgnored() {
        HttpResponse<String> first = put(0, "1");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEqualTo("{\"version\":1,\"state\":\"new\"}");
        awaitCommitted(1);
        NodeId other = members.get(2).address();
        assertThat(Http.get(other, "/state").body()).contains("\"committed\":\"1\",\"committedUpTo\":1");
        assertThat(Http.get(other, "/metrics").body())
                .contains("\ngossip_committed_version 1.0\n")
                .contains("\ngossip_commit_delay_seconds_count 1\n");
        HttpResponse<String> again = put(3, "1\n");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo("{\"version\":1,\"state\":\"seen\"}");
    }

    @Test
    void versionsComeInAnyOrderAndUpToTheLargest() {
        assertThat(put(0, "7").statusCode()).isEqualTo(202);
        assertThat(put(1, "3").statusCode()).isEqualTo(202);
        assertThat(put(2, "9223372036854775807").statusCode()).isEqualTo(202);
        awaitCommitted(7);
        awaitCommitted(3);
        awaitCommitted(Long.MAX_VALUE);
        assertThat(isCommitted(0, 5)).isFalse();
    }

    @Test
    void whatIsPutInAtTwoNodesAtOnceIsOneVersion() {
        put(0, "5");
        put(1, "5");
        awaitCommitted(5);
        for (HostOptions.Member member : members) {
            assertThat(Http.get(member.address(), "/messages").body()).containsOnlyOnce("\"text\":\"5\"");
        }
    }

    /** They are looked up by whoever comes to count them later. */
    @Test
    void ofMoreOriginsThanAreShownTheOneOfVersionsIsShown() throws Exception {
        NodeId to = members.getFirst().address();
        NodeId from = members.get(1).address();
        MessageJson json = new MessageJson();
        List<String> messages = new ArrayList<>();
        for (int epoch = 1; epoch <= 1_100; epoch++) {
            Rumor rumor = Rumor.of(
                    LiveContext.newSha256(), new Origin(from, epoch), 1, 1_000_000L * epoch, 1, new byte[] {(byte) epoch
                    });
            messages.add(
                    new String(json.write(new RumorProtocol.Gossip(new RelayedRumor(rumor, 1, List.of()))), UTF_8));
        }
        String batch = "{\"from\":\"" + from + "\",\"messages\":[" + String.join(",", messages) + "]}";
        assertThat(Http.send(
                                "PUT",
                                to,
                                "/gossip",
                                BodyPublishers.ofString(batch),
                                "content-type",
                                MessageJson.CONTENT_TYPE)
                        .statusCode())
                .isLessThan(300);
        put(0, "7");
        Await.until("node 1 to have all", () -> Http.get(to, "/state").body().contains("\"moreOrigins\":101"));
        JsonObject state = JsonObject.parse(Http.get(to, "/state").body());
        assertThat(state.objects("origins")).hasSize(1_000);
        assertThat(state.objects("origins").getFirst().text("origin")).isEqualTo("versions:1");
        assertThat(state.objects("origins").getFirst().text("seen")).isEqualTo("7");
    }

    @Test
    void aNodeThatIsDownHoldsCommitBackUntilItReturns() throws Exception {
        put(0, "1");
        awaitCommitted(1);
        host.node(4).kill();
        put(0, "2");
        Await.until(
                "version 2 at the others",
                () -> Http.get(members.get(2).address(), "/messages").body().contains("\"text\":\"2\""));
        put(1, "3");
        Await.until(
                "version 3 at the others",
                () -> Http.get(members.get(2).address(), "/messages").body().contains("\"text\":\"3\""));
        assertThat(isCommitted(0, 2)).isFalse();
        host.node(4).start();
        awaitCommitted(2);
        awaitCommitted(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "9223372036854775808", "7 and more", "7a", " 7", "1.0", "", "１", "0x10", "1\n2"})
    void refusesWhatIsNoVersion(String body) {
        HttpResponse<String> answer = put(0, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("A version is a whole number from 1 to 9223372036854775807, not ");
    }

    @Test
    void refusesWhatIsFarTooLong() {
        assertThat(put(0, "7".repeat(5000)).statusCode()).isEqualTo(413);
    }
}
