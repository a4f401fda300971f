package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.store.HeldStore;
import dev.hearsay.live.store.StoreFaults;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What nodes do when there is more than there is memory for. */
class MemoryTest extends HostFixture {

    /** Of this 14 % are for payloads: a little more than two. */
    private static final MemoryBudget SMALL = new MemoryBudget(3 << 20);

    private static final int BYTES = 200_000;
    private static final int MESSAGES = 12;

    private static String text(int number) {
        return number + "x".repeat(BYTES);
    }

    private static List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    @Test
    void whatDoesNotFitIsOnDiskAndReadWhenItIsAskedFor() throws Exception {
        HostOptions options =
                HostOptions.inMemory(Network.of(3, "full")).withData(directory).withMemory(SMALL);
        start(options);
        host.node(3).stop();
        Set<RumorId> ids = ConcurrentHashMap.newKeySet();
        for (String text : texts(MESSAGES)) {
            ids.add(publish(1, text));
        }
        assertThat(SMALL.payloads().used())
                .isPositive()
                .isLessThanOrEqualTo(SMALL.payloads().max());
        // It missed them all, and is repaired by nodes that have most of them on disk only.
        host.node(3).start();
        awaitEverywhere(ids);
        demandTexts();
        host.close();
        assertThat(SMALL.payloads().used()).isZero();
        assertThat(SMALL.overhead().used()).isZero();
        start(options);
        assertThat(SMALL.payloads().used()).as("a start takes nothing").isZero();
        assertThat(host.notices())
                .as("nothing is lost; that so little memory is enough for one node only is said")
                .allSatisfy(notice -> assertThat(notice).startsWith("this process has memory for 1 node, and runs 3"));
        demandTexts();
    }

    /** Two nodes that have as many messages as there is room for, none of them on disk. */
    private HeldStore startFull() throws Exception {
        HeldStore disk = new HeldStore(directory);
        start(
                disk,
                HostOptions.inMemory(Network.of(2, "full")).withData(directory).withMemory(SMALL));
        publish(1, text(0));
        publish(1, text(1));
        Await.until("the other node has both, and they are not on disk", () -> disk.behind() >= 2);
        return disk;
    }

    @Test
    void whoPublishesFasterThanTheDiskWritesWaitsAndIsNotRefused() throws Exception {
        HeldStore disk = startFull();
        CompletableFuture<?> third =
                host.node(1).publish(text(2).getBytes(UTF_8)).toCompletableFuture();
        CompletableFuture<?> fourth =
                host.node(1).publish("x".repeat(20_000).getBytes(UTF_8)).toCompletableFuture();
        assertThat(Http.post(host.node(1).address(), "/messages", "small").statusCode())
                .as("what fits does not wait, nor does the node")
                .isEqualTo(201);
        assertThat(third).isNotDone();
        disk.release();
        third.join();
        fourth.join();
        for (HostedNode node : host.nodes()) {
            Await.until("all are there", () -> texts(node.address()).size() == 5);
        }
        assertThat(SMALL.incoming().used()).isZero();
    }

    @Test
    void whoeverWaitsForTheDiskHearsOfTheEndOfTheNode() throws Exception {
        startFull();
        CompletableFuture<?> third =
                host.node(1).publish(text(2).getBytes(UTF_8)).toCompletableFuture();
        host.node(1).stop();
        assertThatThrownBy(third::join).hasMessageContaining("does not run");
    }

    @Test
    void keysWrittenFasterThanTheDiskWritesWaitToo() throws Exception {
        HeldStore disk = new HeldStore(directory);
        start(
                disk,
                HostOptions.inMemory(Network.of(2, "full")).withData(directory).withMemory(new MemoryBudget(1 << 20)));
        for (int i = 0; i < 2; i++) {
            host.node(1).put("key " + i, value(i)).toCompletableFuture().join();
        }
        Await.until("they are not on disk", () -> disk.behind() >= 2);
        CompletableFuture<?> third = host.node(1).put("key 2", value(2)).toCompletableFuture();
        assertThat(host.node(1).get("no key").toCompletableFuture().join()).isEmpty();
        assertThat(third).isNotDone();
        disk.release();
        third.join();
    }

    @Test
    void whatIsRelayedFasterThanTheDiskWritesComesLater() throws Exception {
        HostOptions both = HostOptions.inMemory(Network.of(2, "full"));
        HeldStore disk = new HeldStore(directory);
        try (Host rich = Host.start(alone(both, 0))) {
            start(disk, alone(both, 1).withData(directory).withMemory(SMALL));
            Set<String> refused = refusals(host.node(2));
            for (String text : texts(MESSAGES)) {
                rich.node(1).publish(text.getBytes(UTF_8)).toCompletableFuture().join();
            }
            Await.until(
                    "not all fits", () -> refused.stream().anyMatch(reason -> reason.contains("no memory is left")));
            disk.release();
            NodeId poor = host.node(2).address();
            Await.until("all have come", () -> texts(poor).size() == MESSAGES);
        }
    }

    private static Set<String> refusals(HostedNode node) {
        Set<String> refused = ConcurrentHashMap.newKeySet();
        node.onEvent((atMicros, event) -> {
            if (event instanceof Lifecycle.Refused(String reason)) {
                refused.add(reason);
            }
        });
        return refused;
    }

    private void demandTexts() {
        for (HostedNode node : host.nodes()) {
            assertThat(texts(node.address())).containsExactlyInAnyOrderElementsOf(texts(MESSAGES));
            String last = Http.get(node.address(), "/messages?last=1").body();
            assertThat(last).contains("x".repeat(BYTES));
        }
    }

    @Test
    void valuesThatDoNotFitAreOnDiskToo() throws Exception {
        HostOptions options =
                HostOptions.inMemory(Network.of(2, "full")).withData(directory).withMemory(new MemoryBudget(1 << 20));
        start(options);
        host.node(2).stop();
        for (int i = 0; i < MESSAGES; i++) {
            host.node(1).put("key " + i, value(i)).toCompletableFuture().join();
        }
        host.node(2).start();
        demandValues();
        host.close();
        start(options);
        demandValues();
        String state = Http.get(host.node(1).address(), "/state").body();
        assertThat(state).contains("key 0").contains("x".repeat(90));
        String page = Http.get(host.node(2).address(), "/keys").body();
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(page).contains(new String(value(i), UTF_8));
        }
    }

    private static byte[] value(int number) {
        return (number + ":" + "x".repeat(60_000)).getBytes(UTF_8);
    }

    private void demandValues() throws HostException {
        for (HostedNode node : host.nodes()) {
            for (int i = 0; i < MESSAGES; i++) {
                byte[] value = value(i);
                String key = "key " + i;
                Await.until(
                        key + " at node " + node.name(),
                        () -> node.get(key).toCompletableFuture().join().isPresent());
                assertThat(node.get(key)
                                .toCompletableFuture()
                                .join()
                                .orElseThrow()
                                .value())
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void withoutAStoreWhatDoesNotFitIsRefusedAndTheNodeLivesOn() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")).withMemory(new MemoryBudget(3 << 20)));
        NodeId node = host.node(1).address();
        String half = "x".repeat(250_000);
        assertThat(Http.post(node, "/messages", half).statusCode()).isEqualTo(201);
        HttpResponse<String> refused = Http.post(node, "/messages", half);
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("has no memory left");
        assertThat(Http.get(node, "/healthz").statusCode()).isEqualTo(200);
        assertThat(Http.post(node, "/messages", "small").statusCode()).isEqualTo(201);
        NodeId other = host.node(2).address();
        Await.until("what fits is at the other", () -> texts(other).size() == 2);
    }

    @Test
    void withoutAStoreTheOldestAreForgottenForWhatIsNew() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")).withMemory(new MemoryBudget(3 << 20)));
        String tail = "x".repeat(40_000);
        for (int i = 0; i < 40; i++) {
            String text = i + tail;
            publish(1, text);
            for (HostedNode node : host.nodes()) {
                Await.until(
                        "the newest is everywhere", () -> texts(node.address()).contains(text));
            }
        }
        assertThat(texts(host.node(2).address())).hasSizeBetween(4, 10).doesNotContain("0" + tail);
    }

    @Test
    void theOldestAreForgottenBeforeTheirPathsTakeAllThatMayBeTaken() throws Exception {
        MemoryBudget budget = new MemoryBudget(8 << 20);
        start(HostOptions.inMemory(Network.of(2, "full")).withData(directory).withMemory(budget));
        String tail = "x".repeat(450);
        for (int i = 0; i < 3000; i++) {
            publish(1, i + tail);
        }
        assertThat(budget.overhead().used()).isLessThan(budget.overhead().max());
        publish(2, "and one more");
    }

    @Test
    void thatThereAreMoreNodesThanMemoryIsSaid() throws Exception {
        start(HostOptions.inMemory(Network.of(4, "full")).withMemory(new MemoryBudget(8 << 20)));
        assertThat(host.notices())
                .containsExactly(
                        "this process has memory for 3 nodes, and runs 4: once many messages have come it takes"
                                + " no more of them for up to a day; GOSSIP_JAVA_OPTS=-Xmx10m gives it enough");
        host.close();
        start(HostOptions.inMemory(Network.of(4, "full")).withMemory(new MemoryBudget(10 << 20)));
        assertThat(host.notices()).isEmpty();
    }

    /** They are not forgotten as messages are. */
    @Test
    void keysThatTakeAllTheyMayLeaveRoomForMessages() throws Exception {
        MemoryBudget budget = new MemoryBudget(8 << 20);
        start(HostOptions.inMemory(Network.of(2, "full")).withData(directory).withMemory(budget));
        NodeId node = host.node(1).address();
        String value = "x".repeat(450);
        int taken = 0;
        while (Http.send("PUT", node, "/keys/" + taken, BodyPublishers.ofString(value))
                        .statusCode()
                == 200) {
            taken++;
        }
        assertThat(taken).isBetween(500, 2_000);
        HttpResponse<String> refused = Http.send("PUT", node, "/keys/more", BodyPublishers.ofString(value));
        assertThat(refused.statusCode()).isEqualTo(507);
        assertThat(refused.body()).contains("no memory left for 450 more bytes of keys");
        for (int i = 0; i < 3000; i++) {
            publish(1, i + value);
        }
        assertThat(budget.overhead().used()).isLessThan(budget.overhead().max());
        for (int i = 0; i < 100; i++) {
            assertThat(Http.send("DELETE", node, "/keys/" + i, BodyPublishers.noBody())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(Http.send("PUT", node, "/keys/more", BodyPublishers.ofString(value))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatAFullDiskCouldNotTakeIsSavedAgain() throws Exception {
        HostOptions both = HostOptions.inMemory(Network.of(2, "full"));
        try (Host rich = Host.start(alone(both, 0))) {
            start(alone(both, 1).withData(directory).withMemory(SMALL));
            StoreFaults.fill(host.store());
            for (String text : texts(MESSAGES)) {
                rich.node(1).publish(text.getBytes(UTF_8)).toCompletableFuture().join();
            }
            Await.until("the disk could not take some", () -> host.store().lost() > 0);
            NodeId poor = host.node(2).address();
            assertThat(texts(poor)).hasSizeLessThanOrEqualTo(2);
            StoreFaults.makeRoom(host.store());
            Await.until("all have come", () -> texts(poor).size() == MESSAGES);
        }
    }

    @Test
    void ofThoseWhoDoNotReadTheMessagesTheFirstAreSentAway() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        // More than the system takes for who does not read.
        for (int i = 0; i < 7; i++) {
            publish(1, "x".repeat(1_000_000));
        }
        demandThatTheFirstIsSentAway("/messages", 7_000_000);
    }

    @Test
    void ofThoseWhoDoNotReadTheKeysTheFirstAreSentAway() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        putLong(16);
        demandThatTheFirstIsSentAway("/keys", 16 * 6 * 65_536);
    }

    /** Writes keys whose values are six times as long in an answer: a few are more than the system takes for who does not read. */
    private void putLong(int keys) throws Exception {
        byte[] value = "\u0001".repeat(65_536).getBytes(UTF_8);
        for (int i = 0; i < keys; i++) {
            Http.send("PUT", host.node(1).address(), "/keys/" + i, BodyPublishers.ofByteArray(value));
        }
    }

    @Test
    void ofThoseWhoDoNotReadSingleKeysSomeAreSentAway() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        putLong(1);
        demandThatSomeAreSentAway("/keys/0", 16, 16 * 6 * 65_536);
    }

    @Test
    void ofThoseWhoDoNotReadMetricsSomeAreSentAway() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        int bytes = Http.get(host.node(1).address(), "/metrics").body().length();
        int times = 7_000_000 / bytes;
        demandThatSomeAreSentAway("/metrics", times, (long) times * bytes);
    }

    /** As a whole each would be 7 MB, of 64 readers 450 MB. */
    @Test
    void ofKeysThatNobodyReadsYetOnlyAPieceIsMade() throws Exception {
        start(HostOptions.inMemory(Network.of(2, "full")));
        putLong(17);
        long before = usedMemory();
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                readers.add(silentReader("/keys", 1));
            }
            assertThat(usedMemory() - before).isLessThan(100L << 20);
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    private static long usedMemory() {
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        return heap + PlatformDependent.usedDirectMemory();
    }

    private void demandThatTheFirstIsSentAway(String page, long bytes) throws Exception {
        List<Long> read = read(page, 1);
        assertThat(read.getFirst()).isLessThan(bytes);
        assertThat(read.get(1)).isGreaterThan(bytes);
    }

    private void demandThatSomeAreSentAway(String page, int times, long bytes) throws Exception {
        List<Long> read = read(page, times);
        assertThat(read).anyMatch(each -> each < bytes / 10 * 9);
        assertThat(read.stream().filter(each -> each > bytes / 10 * 9).count()).isGreaterThan(32);
    }

    /** What 65 readers get of a page that each asks for so many times, and does not read before all have asked. */
    private List<Long> read(String page, int times) throws Exception {
        List<Socket> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 65; i++) {
                readers.add(silentReader(page, times));
            }
            List<Long> read = new ArrayList<>();
            for (Socket reader : times == 1 ? readers.subList(0, 2) : readers) {
                read.add(readToEnd(reader));
            }
            return read;
        } finally {
            for (Socket reader : readers) {
                reader.close();
            }
        }
    }

    /** Who asks for a page so many times, and has read one letter of the first. */
    private Socket silentReader(String page, int times) throws Exception {
        NodeId node = host.node(1).address();
        Socket reader = new Socket();
        reader.setReceiveBufferSize(4096);
        reader.connect(new InetSocketAddress(node.host(), node.port()));
        reader.setSoTimeout(30_000);
        reader.getOutputStream()
                .write((("GET " + page + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(times - 1) + "GET " + page
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(UTF_8));
        // It has begun.
        assertThat(reader.getInputStream().read()).isEqualTo('H');
        return reader;
    }

    private static long readToEnd(Socket reader) throws IOException {
        long bytes = 0;
        byte[] piece = new byte[1 << 16];
        try {
            for (int read = 0; read >= 0; read = reader.getInputStream().read(piece)) {
                bytes += read;
            }
        } catch (SocketException e) {
            // A reset is an end, too.
        }
        return bytes;
    }

    @Test
    void whatAnotherSendsAndDoesNotFitIsLeftOutAndSaid() throws Exception {
        List<HostOptions.Member> both = Network.of(2, "full");
        HostOptions large = HostOptions.inMemory(both);
        try (Host rich = Host.start(alone(large, 0))) {
            start(alone(large, 1).withMemory(new MemoryBudget(1 << 20)));
            Set<String> refused = refusals(host.node(2));
            rich.node(1).publish(text(1).getBytes(UTF_8)).toCompletableFuture().join();
            Await.until("it says so", () -> refused.stream().anyMatch(reason -> reason.contains("no memory is left")));
            NodeId poor = host.node(2).address();
            assertThat(texts(poor)).isEmpty();
            rich.node(1).publish("small".getBytes(UTF_8)).toCompletableFuture().join();
            Await.until("what fits comes", () -> texts(poor).equals(List.of("small")));
        }
    }

    private static HostOptions alone(HostOptions options, int index) {
        HostOptions.Member member = options.nodes().get(index);
        return new HostOptions(
                member.node().toString(),
                List.of(member),
                options.members(),
                options.spec(),
                options.topology(),
                options.data(),
                options.randomSeed(),
                options.loops(),
                options.isControlled(),
                options.awaitNeighbours(),
                options.seeding(),
                options.serving());
    }
}
