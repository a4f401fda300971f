package dev.hearsay.live.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A node whose store comes back with less than it had acknowledged. */
class LostTailTest extends HostFixture {

    private static final int MESSAGES = 30;

    private static HostOptions options(List<HostOptions.Member> members, int index) {
        HostOptions.Member own = members.get(index);
        return new HostOptions(
                own.node().toString(),
                List.of(own),
                members.stream().map(HostOptions.Member::address).toList(),
                HostOptions.inMemory(members).spec(),
                "full",
                null,
                OptionalLong.empty(),
                1,
                false,
                Duration.ofSeconds(60),
                null,
                HostOptions.Serving.USUAL);
    }

    @Test
    void oneFlippedBitInTheLogOfAKilledNodeIsSaidAndWhatIsLostIsFetchedBack() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        NodeId first = members.getFirst().address();
        Path data = directory.resolve("data");
        Path killed = directory.resolve("killed");
        try (Host other = startBoth(members, data)) {
            other.nodes().forEach(this::listen);
            List<RumorId> ids = new ArrayList<>();
            List<String> published = new ArrayList<>();
            for (int i = 1; i <= MESSAGES; i++) {
                published.add("message " + i);
                ids.add(publish(1, published.getLast()));
                host.node(1)
                        .put("key" + i, new byte[] {1})
                        .toCompletableFuture()
                        .join();
            }
            Await.until("the other has all keys", () -> hasKeys(other, 2));
            Await.until("the other has all", () -> delivered.get(2).containsAll(ids));
            copyAsAKillLeavesIt(data, killed);
            host.close();
            flipABit(killed.resolve("store.db-wal"));

            start(options(members, 0).withData(killed));
            assertThat(host.notices()).singleElement().asString().contains("write-ahead log is damaged");
            Await.until("it is whole again", () -> texts(first).size() == MESSAGES);
            assertThat(new HashSet<>(texts(first))).isEqualTo(new HashSet<>(published));
            assertThat(Http.get(first, "/log").body()).contains("messages of its own that");
            Await.until("it has all keys again", () -> hasKeys(host, 1));
            for (String metric : List.of("gossip_messages_own_lost_total", "gossip_state_entries_own_lost_total")) {
                assertThat(Pattern.compile(metric + " ([0-9.]+)")
                                .matcher(Http.get(first, "/metrics").body())
                                .results()
                                .map(found -> Double.parseDouble(found.group(1)))
                                .toList())
                        .singleElement()
                        .satisfies(lost -> assertThat(lost).isBetween(1.0, MESSAGES - 1.0));
            }
            RumorId next = publish(1, "one more");
            Await.until(
                    "no number is given twice, so it is new to the other",
                    () -> delivered.get(2).contains(next));
        }
    }

    @Test
    void aStoreThatIsGoneIsSaidAndWhatWasInItIsFetchedBack() throws Exception {
        List<HostOptions.Member> members = Network.of(2, "full");
        NodeId first = members.getFirst().address();
        Path data = directory.resolve("data");
        try (Host other = startBoth(members, data)) {
            other.nodes().forEach(this::listen);
            List<String> published = new ArrayList<>();
            List<RumorId> ids = new ArrayList<>();
            for (int i = 1; i <= MESSAGES; i++) {
                published.add("message " + i);
                ids.add(publish(1, published.getLast()));
                host.node(1)
                        .put("key" + i, new byte[] {1})
                        .toCompletableFuture()
                        .join();
            }
            Await.until("the other has all", () -> delivered.get(2).containsAll(ids));
            Await.until("the other has all keys", () -> hasKeys(other, 2));
            assertThat(Http.get(first, "/log").body())
                    .as("the first start of a node")
                    .doesNotContain("messages of its own that");
            host.close();
            for (String name : List.of("store.db", "store.db-wal", "store.db-shm")) {
                Files.deleteIfExists(data.resolve(name));
            }

            start(options(members, 0).withData(data));
            Await.until("it has all again", () -> texts(first).size() == MESSAGES);
            assertThat(new HashSet<>(texts(first))).isEqualTo(new HashSet<>(published));
            assertThat(Http.get(first, "/log").body()).contains("messages of its own that");
            Await.until("it has all keys again", () -> hasKeys(host, 1));
            for (String metric : List.of("gossip_messages_own_lost_total", "gossip_state_entries_own_lost_total")) {
                assertThat(Http.get(first, "/metrics").body())
                        .containsPattern(Pattern.quote(metric) + "\\S* " + MESSAGES + "\\.0");
            }
        }
    }

    /** Starts the first with a store, as the host, and the second without one. */
    private Host startBoth(List<HostOptions.Member> members, Path data) throws HostException {
        CompletableFuture<Host> second = CompletableFuture.supplyAsync(() -> {
            try {
                return Host.start(options(members, 1));
            } catch (HostException e) {
                throw new CompletionException(e);
            }
        });
        start(options(members, 0).withData(data));
        return second.join();
    }

    private static boolean hasKeys(Host of, int node) {
        try {
            for (int i = 1; i <= MESSAGES; i++) {
                if (of.node(node).get("key" + i).toCompletableFuture().join().isEmpty()) {
                    return false;
                }
            }
            return true;
        } catch (HostException e) {
            throw new AssertionError(e);
        }
    }

    private static void copyAsAKillLeavesIt(Path data, Path copy) throws IOException {
        Files.createDirectories(copy);
        for (String name : List.of("store.db", "store.db-wal")) {
            Files.copy(data.resolve(name), copy.resolve(name));
        }
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }
}
