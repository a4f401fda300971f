package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is a member and how it was decided, as a dashboard tells it before real seeds and peers. */
class MembersTest extends DashboardFixture {

    private static final int SEEDS = 3;

    @TempDir
    private Path directory;

    private List<NodeId> seeds = List.of();
    private List<NodeId> peers = List.of();

    private void startSeeded(int peerCount) throws Exception {
        List<NodeId> ports = freePorts(2 * SEEDS + peerCount);
        seeds = ports.subList(0, SEEDS);
        peers = ports.subList(2 * SEEDS, ports.size());
        SeededDirectory files = new SeededDirectory(directory);
        Map<NodeId, @Nullable PublicKey> keys = new LinkedHashMap<>();
        Map<NodeId, Integer> seedPorts = new LinkedHashMap<>();
        List<HostOptions.Member> members = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            keys.put(
                    seeds.get(i),
                    KeyFile.readOrCreate(files.key(seeds.get(i), true)).publicKey());
            seedPorts.put(seeds.get(i), ports.get(SEEDS + i).port());
            members.add(new HostOptions.Member(NodeName.seed(i + 1), seeds.get(i), List.of()));
        }
        for (int i = 0; i < peerCount; i++) {
            members.add(new HostOptions.Member(i + 1, peers.get(i), List.of()));
        }
        host = Host.start(HostOptions.seeded(
                members,
                new HostOptions.Seeding(
                        new SeedConfig(keys, seedPorts), SeededSettings.of(Profile.CONSENSUS), files, null, false)));
    }

    private interface Reading<T> {
        T read(JsonObject members) throws WireException;
    }

    private <T> T members(Reading<T> reading) {
        try {
            return reading.read(json("/api/members"));
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    /** How many seeds list so many members in that state. */
    private long seedsThatList(int count, String state) {
        return members(page -> {
            long seedCount = 0;
            for (JsonObject seed : page.objects("seeds")) {
                long listed = seed.objects("members").stream()
                        .filter(member -> text(member, "state").equals(state))
                        .count();
                seedCount += listed == count ? 1 : 0;
            }
            return seedCount;
        });
    }

    /** The approved ballots of that kind, one for each peer. */
    private Map<String, JsonObject> approved(String change) {
        return members(page -> {
            Map<String, JsonObject> approved = new LinkedHashMap<>();
            for (JsonObject ballot : page.objects("ballots")) {
                if (ballot.text("change").equals(change)
                        && ballot.text("outcome").equals("approved")) {
                    approved.put(ballot.text("peer"), ballot);
                }
            }
            return approved;
        });
    }

    private static long votes(JsonObject ballot, String vote) {
        try {
            return ballot.objects("votes").stream()
                    .filter(each -> text(each, "vote").equals(vote))
                    .count();
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void seedsTellTheirListsAndHowEachMemberWasTakenInAndThrownOut() throws Exception {
        startSeeded(4);
        watch(seeds.getFirst());
        await(() -> get("/api/members").body(), () -> seedsThatList(4, "member") == SEEDS);
        await(() -> get("/api/members").body(), () -> approved("add").size() == 4);
        for (JsonObject ballot : approved("add").values()) {
            assertThat(ballot.whole("needed")).isEqualTo(2);
            assertThat(ballot.whole("of")).isEqualTo(3);
            assertThat(votes(ballot, "yes")).isBetween(2L, 3L);
            assertThat(votes(ballot, "yes") + votes(ballot, "no") + votes(ballot, "none"))
                    .isEqualTo(3);
            assertThat(ballot.whole("decidedAt")).isGreaterThanOrEqualTo(ballot.whole("at"));
        }
        JsonObject seed = members(page -> page.objects("seeds").getFirst());
        assertThat(seed.flag("reachable")).isTrue();
        assertThat(seed.text("name")).isEqualTo("s1");
        assertThat(seed.objects("members").getFirst().integers("signedBy")).hasSizeBetween(2, 3);
        await(
                () -> get("/api/members").body(),
                () -> members(page -> page.object("quorum").whole("reachable")) == 3);

        NodeId dead = peers.get(3);
        host.node(4).kill();
        await(() -> get("/api/members").body(), () -> seedsThatList(1, "removed") == SEEDS);
        await(() -> get("/api/members").body(), () -> approved("remove").size() == 1);
        JsonObject removal = approved("remove").get(dead.toString());
        assertThat(removal).isNotNull();
        assertThat(nodes().get((int) removal.whole("node")).text("address")).isEqualTo(dead.toString());
        assertThat(removal.objects("evidence"))
                .extracting(said -> text(said, "text"))
                .anyMatch(said -> said.startsWith("suspects " + dead))
                .anyMatch(said -> said.contains("is dead, confirmed by"));
        await(() -> "removed: " + nodes(), () -> inState("removed") == 1);
        assertThat(get("/api/history").body()).contains("\"decided\"", "\"removed\"");

        // Who comes later is told the same, by what the seeds remember.
        dashboard.close();
        watch(seeds.get(1));
        await(
                () -> get("/api/members").body(),
                () -> approved("add").size() == 4 && approved("remove").containsKey(dead.toString()));
    }

    @Test
    void seedsThatAreDownAreSaidToBeAndTheQuorumIsSeenToFail() throws Exception {
        startSeeded(3);
        watch(peers.getFirst());
        await(() -> get("/api/members").body(), () -> seedsThatList(3, "member") == SEEDS);
        host.node(NodeName.seed(1)).kill();
        host.node(NodeName.seed(2)).kill();
        await(
                () -> get("/api/members").body(),
                () -> members(page -> page.objects("seeds").stream()
                                .filter(seed -> text(seed, "address")
                                                .equals(seeds.get(2).toString())
                                        == isReachable(seed))
                                .count())
                        == 3);
        await(
                () -> get("/api/members").body(),
                () -> members(page -> page.object("quorum").whole("reachable")) == 1);
        long needed = members(page -> page.object("quorum").whole("needed"));
        assertThat(needed).isEqualTo(2);
        assertThat(seedsThatList(3, "member")).as("what they said last").isEqualTo(SEEDS);
    }

    private static boolean isReachable(JsonObject seed) {
        try {
            return seed.flag("reachable");
        } catch (WireException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whereThereAreNoSeedsNodesTellWhomTheyKnow() throws Exception {
        start(3);
        awaitLive(3);
        await(
                () -> get("/api/members").body(),
                () -> members(page -> page.objects("nodes").stream()
                                .filter(node -> text(node, "name").equals("2"))
                                .count())
                        == 1);
        JsonObject page = json("/api/members");
        assertThat(page.objects("seeds")).isEmpty();
        assertThat(page.objects("ballots")).isEmpty();
        assertThat(page.has("quorum")).isFalse();
        assertThat(page.objects("nodes"))
                .hasSize(3)
                .allSatisfy(node -> assertThat(node.objects("members")).hasSize(3));
    }
}
