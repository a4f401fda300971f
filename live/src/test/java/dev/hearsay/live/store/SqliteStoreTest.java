package dev.hearsay.live.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.live.Await;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {

    private static final NodeId A = new NodeId("127.0.0.1", 7001);
    private static final NodeId B = new NodeId("::1", 7002);
    private static final Origin OWN = new Origin(A, -9);
    private static final Origin OTHER = new Origin(B, 9);

    @TempDir
    Path directory;

    private SqliteStore store;

    private SqliteStore open() throws StoreException {
        store = SqliteStore.open(directory);
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private void reopen() throws StoreException {
        store.close();
        open();
    }

    private static RelayedRumor carried(Origin origin, long sequence, NodeId... path) {
        byte[] payload = ("message " + sequence).getBytes(UTF_8);
        RumorId id = new RumorId(origin.epoch(), sequence, 3, 4);
        return new RelayedRumor(
                new Rumor(id, origin, sequence, 1000 + sequence, 2, payload), path.length, List.of(path));
    }

    private StoreException commit(NodeId node, Fact... facts) {
        CompletableFuture<StoreException> done = new CompletableFuture<>();
        store.commit(node, List.of(facts), done::complete);
        return done.join();
    }

    /** Lets the writing thread stand still once it has written what it was given up to here. */
    private CountDownLatch hold(CountDownLatch reached) {
        CountDownLatch held = new CountDownLatch(1);
        store.commit(A, List.of(new RumorProtocol.Began(OWN)), failure -> {
            reached.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return held;
    }

    @Test
    void whatIsWrittenBehindIsBoundedInBytesUntilItIsWritten() throws Exception {
        open();
        store.limitBehind(20_000);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch letFirst = hold(first);
        first.await();
        List<NodeId> path = Collections.nCopies(1000, B);
        Fact fact = new RumorProtocol.Heard(carried(OTHER, 1, path.toArray(NodeId[]::new)), B, 1);
        store.writeBehind(A, List.of(fact, fact));
        assertThat(store.lost()).isZero();
        store.writeBehind(A, List.of(fact));
        assertThat(store.lost()).isEqualTo(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch letSecond = hold(second);
        letFirst.countDown();
        second.await();
        store.writeBehind(A, List.of(fact));
        assertThat(store.lost()).as("what is being written is still in memory").isEqualTo(2);
        letSecond.countDown();
        Await.until("there is room again", () -> {
            long before = store.lost();
            store.writeBehind(A, List.of(fact));
            return store.lost() == before;
        });
    }

    /** Rumors are equal if their ids are; this compares all of them. */
    private static void assertSame(List<Fact> facts, Fact... expected) {
        assertThat(facts)
                .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                        .withEqualsForType(Ranges::equals, Ranges.class)
                        .build())
                .containsExactlyInAnyOrder(expected);
    }

    @Test
    void remembersFactsInTheOrderOfSaving() throws StoreException {
        open();
        List<Fact> rumors = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            Fact fact = i % 3 == 0
                    ? new RumorProtocol.Accepted(carried(OWN, i))
                    : new RumorProtocol.Heard(carried(OTHER, 100 - i, B), B, 5000 + i);
            rumors.add(fact);
            if (fact.isBinding()) {
                assertThat(commit(A, fact)).isNull();
            } else {
                store.writeBehind(A, List.of(fact));
            }
        }
        commit(A, new RumorProtocol.Began(OWN));
        store.writeBehind(A, List.of(new MembershipProtocol.Admitted(B)));
        reopen();
        List<Fact> loaded = store.load(A, Store.Wanted.ALL);
        assertThat(loaded).contains(new RumorProtocol.Began(OWN), new MembershipProtocol.Admitted(B));
        assertThat(loaded.stream()
                        .filter(fact -> fact instanceof RumorProtocol.Accepted || fact instanceof RumorProtocol.Heard)
                        .toList())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(rumors);
        assertThat(store.load(B, Store.Wanted.ALL)).isEmpty();
    }

    @Test
    void keepsOnlyWhatLaterFactsLeaveStanding() throws StoreException {
        open();
        commit(A, new RumorProtocol.Began(OTHER), new RumorProtocol.Began(OWN));
        RelayedRumor first = carried(OTHER, 1, B, A, B);
        RelayedRumor second = carried(OTHER, 2, B);
        RelayedRumor third = carried(OTHER, 3, B);
        store.writeBehind(A, List.of(new RumorProtocol.Heard(first, B, 1), new RumorProtocol.Heard(second, B, 2)));
        store.writeBehind(A, List.of(new RumorProtocol.Heard(third, B, 3)));
        store.writeBehind(B, List.of(new RumorProtocol.Heard(first, A, 1)));
        store.writeBehind(A, List.of(new RumorProtocol.Forgot(OTHER, 1, Ranges.of(1, 1))));
        store.writeBehind(
                A,
                List.of(
                        new RumorProtocol.Forgot(OTHER, 2, Ranges.of(1, 2)),
                        new RumorProtocol.Forgot(OTHER, 1, Ranges.of(1, 1))));
        store.writeBehind(A, List.of(new RumorProtocol.Shortened(third.rumor().id(), 0, List.of())));
        store.writeBehind(
                A,
                List.of(new RumorProtocol.Read(
                        List.of(third.rumor().id(), first.rumor().id()))));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new RumorProtocol.Began(OWN),
                new RumorProtocol.Heard(carried(OTHER, 3), B, 3),
                new RumorProtocol.Read(List.of(third.rumor().id())),
                new RumorProtocol.Forgot(OTHER, 2, Ranges.of(1, 2)));
        assertSame(store.load(B, Store.Wanted.ALL), new RumorProtocol.Heard(first, A, 1));
    }

    @Test
    void forgetsExactlyWhatIsForgotten() throws StoreException {
        open();
        RelayedRumor late = carried(OTHER, 2, B);
        store.writeBehind(
                A,
                List.of(
                        new RumorProtocol.Heard(carried(OTHER, 1, B), B, 1),
                        new RumorProtocol.Heard(carried(OTHER, 5, B), B, 1),
                        new RumorProtocol.Heard(late, B, 1)));
        store.writeBehind(A, List.of(new RumorProtocol.Forgot(OTHER, 5, Ranges.of(1, 1, 5, 5))));
        store.writeBehind(
                A,
                List.of(
                        new RumorProtocol.Forgot(OWN, 1, Ranges.of(1, 1)),
                        new RumorProtocol.Forgot(OWN, 0, new Ranges())));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new RumorProtocol.Heard(late, B, 1),
                new RumorProtocol.Forgot(OTHER, 5, Ranges.of(1, 1, 5, 5)));
    }

    private static Entry entry(String key, String value, long micros) {
        return new Entry(key, value == null ? null : value.getBytes(UTF_8), new Stamp(micros, micros % 3, B));
    }

    @Test
    void keepsTheLastEntryOfEveryKey() throws StoreException {
        open();
        commit(A, new StateProtocol.Wrote(entry("a", "one", 1), null));
        commit(A, new StateProtocol.Wrote(entry("b/ä \"", "two", 2), null));
        store.writeBehind(
                A,
                List.of(
                        new StateProtocol.Learnt(entry("a", "three", 3)),
                        new StateProtocol.Learnt(entry("c", null, 4))));
        commit(A, new StateProtocol.Wrote(entry("c", "", 5), entry("c", null, 4)));
        store.writeBehind(
                A,
                List.of(
                        new StateProtocol.Learnt(entry("d", null, 6), 77),
                        new StateProtocol.Learnt(entry("e", null, 7))));
        store.writeBehind(A, List.of(new StateProtocol.Dropped("e"), new StateProtocol.Dropped("never there")));
        store.writeBehind(B, List.of(new StateProtocol.Learnt(entry("a", "of another", 8))));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new StateProtocol.Learnt(entry("a", "three", 3)),
                new StateProtocol.Learnt(entry("b/ä \"", "two", 2)),
                new StateProtocol.Learnt(entry("c", "", 5)),
                new StateProtocol.Learnt(entry("d", null, 6), 77));
        assertSame(store.load(B, Store.Wanted.ALL), new StateProtocol.Learnt(entry("a", "of another", 8)));
    }

    @Test
    void remembersWhoIsAMemberAndWhoIsNot() throws StoreException {
        NodeId c = new NodeId("127.0.0.1", 7003);
        open();
        store.writeBehind(
                A,
                List.of(
                        new MembershipProtocol.Admitted(B),
                        new MembershipProtocol.Admitted(c),
                        new MembershipProtocol.Dismissed(B)));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new MembershipProtocol.Admitted(c),
                new MembershipProtocol.Dismissed(B));
        store.writeBehind(
                A,
                List.of(
                        new MembershipProtocol.Admitted(B),
                        new MembershipProtocol.Dismissed(c),
                        new MembershipProtocol.Dismissed(c)));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new MembershipProtocol.Admitted(B),
                new MembershipProtocol.Dismissed(c));
    }

    @Test
    void remembersVersionsWithGaps() throws StoreException {
        open();
        RelayedRumor kept = carried(Origin.VERSIONS, 9, B);
        store.writeBehind(A, List.of(new RumorProtocol.Heard(kept, B, 1)));
        assertThat(commit(A, new RumorProtocol.Kept(kept, B, 1))).isNull();
        assertThat(commit(A, new RumorProtocol.Kept(carried(Origin.VERSIONS, 12), B, 2)))
                .isNull();
        Ranges gaps = Ranges.of(1, 3, 7, 7);
        store.writeBehind(A, List.of(new RumorProtocol.Forgot(Origin.VERSIONS, 7, gaps)));
        store.writeBehind(A, List.of(new RumorProtocol.Forgot(OTHER, 4, new Ranges())));
        reopen();
        assertSame(
                store.load(A, Store.Wanted.ALL),
                new RumorProtocol.Heard(kept, B, 1),
                new RumorProtocol.Heard(carried(Origin.VERSIONS, 12), B, 2),
                new RumorProtocol.Forgot(Origin.VERSIONS, 7, gaps),
                new RumorProtocol.Forgot(OTHER, 4, new Ranges()));
    }

    @Test
    void readsAStoreOfTheFirstVersionAndGoesOnWithIt() throws StoreException, SQLException {
        open();
        commit(
                A,
                new RumorProtocol.Began(OWN),
                new RumorProtocol.Accepted(carried(OWN, 1)),
                new PeerListProtocol.Pinned(B, key()));
        store.writeBehind(A, List.of(new RumorProtocol.Forgot(OTHER, 2, Ranges.of(1, 2))));
        store.close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE fact RENAME TO membership");
            statement.execute("ALTER TABLE forgot DROP COLUMN seen");
            statement.execute("PRAGMA user_version = 1");
        }
        open();
        Fact[] old = {
            new RumorProtocol.Began(OWN),
            new RumorProtocol.Accepted(carried(OWN, 1)),
            new PeerListProtocol.Pinned(B, key()),
            new RumorProtocol.Forgot(OTHER, 2, Ranges.of(1, 2))
        };
        assertSame(store.load(A, Store.Wanted.ALL), old);
        assertThat(commit(A, new StateProtocol.Wrote(entry("a", "one", 1), null)))
                .isNull();
        reopen();
        assertThat(store.setAside()).isEmpty();
        assertThat(store.load(A, Store.Wanted.ALL))
                .hasSize(old.length + 1)
                .contains(old[0], old[2], old[3], new StateProtocol.Learnt(entry("a", "one", 1)));
    }

    @Test
    void isEmptyWithVersionsButNotWithWhatPeopleHaveWritten() throws StoreException {
        assertThat(SqliteStore.isEmpty(directory)).isTrue();
        open();
        commit(A, new RumorProtocol.Began(OWN), new RumorProtocol.Accepted(carried(Origin.VERSIONS, 1)));
        store.close();
        assertThat(SqliteStore.isEmpty(directory)).isTrue();
        open();
        commit(A, new StateProtocol.Wrote(entry("a", "one", 1), null));
        store.close();
        assertThat(SqliteStore.isEmpty(directory)).isFalse();
        Path other = directory.resolve("other");
        try (SqliteStore messages = SqliteStore.open(other)) {
            messages.commit(A, List.of(new RumorProtocol.Accepted(carried(OWN, 1))), failure -> {});
        }
        assertThat(SqliteStore.isEmpty(other)).isFalse();
    }

    private static PublicKey key() {
        return PublicKey.parse("0123456789abcdef".repeat(4));
    }

    @Test
    void aFactIsDurableWhenItSaysSo() throws StoreException, IOException {
        open();
        assertThat(commit(A, new RumorProtocol.Began(OWN), new RumorProtocol.Accepted(carried(OWN, 1))))
                .isNull();
        // What is on disk at this moment is all that a crash would leave.
        Path copy = Files.createDirectory(directory.resolve("copy"));
        for (String name : List.of("store.db", "store.db-wal")) {
            Files.copy(directory.resolve(name), copy.resolve(name));
        }
        try (SqliteStore after = SqliteStore.open(copy)) {
            assertSame(
                    after.load(A, Store.Wanted.ALL),
                    new RumorProtocol.Began(OWN),
                    new RumorProtocol.Accepted(carried(OWN, 1)));
        }
    }

    @Test
    void answersCommitsInOrderWhoeverAsks() throws Exception {
        open();
        List<Long> answered = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        for (long i = 1; i <= 1000; i++) {
            long number = i;
            store.commit(A, List.of(new RumorProtocol.Accepted(carried(OWN, i))), failure -> {
                answered.add(failure == null ? number : -number);
                if (number == 1000) {
                    last.complete(null);
                }
            });
        }
        last.join();
        assertThat(answered).hasSize(1000).isSorted().startsWith(1L);
        assertThat(store.load(A, Store.Wanted.ALL)).hasSize(1000);
    }

    @Test
    void saysWhenThereIsNoRoomAndGoesOnWhenThereIs() throws Exception {
        open();
        assertThat(commit(A, new RumorProtocol.Accepted(carried(OWN, 1)))).isNull();
        StoreFaults.fill(store);
        StoreException failure = fillUp();
        assertThat(failure.isFull()).isTrue();
        assertThat(failure).hasMessageContaining("has no room left");
        byte[] large = new byte[100_000];
        RelayedRumor lost = new RelayedRumor(new Rumor(new RumorId(7, 7, 7, 7), OTHER, 7, 7, 1, large), 1, List.of());
        store.writeBehind(A, List.of(new RumorProtocol.Heard(lost, B, 1)));
        Await.until("the loss is counted", () -> store.lost() == 1);
        StoreFaults.makeRoom(store);
        assertThat(commit(A, new RumorProtocol.Accepted(carried(OWN, 5000)))).isNull();
        reopen();
        assertThat(store.load(A, Store.Wanted.ALL))
                .filteredOn(RumorProtocol.Accepted.class::isInstance)
                .extracting(fact ->
                        ((RumorProtocol.Accepted) fact).carried().rumor().sequence())
                .startsWith(1L)
                .endsWith(5000L);
    }

    /** Commits until one fails; every earlier one was answered well and is there. */
    private StoreException fillUp() throws StoreException {
        for (int i = 2; i < 2000; i++) {
            StoreException failure = commit(A, new RumorProtocol.Accepted(carried(OWN, i)));
            if (failure != null) {
                assertThat(store.load(A, Store.Wanted.ALL)).hasSize(i - 1);
                return failure;
            }
        }
        throw new AssertionError("it never got full");
    }

    @Test
    void oneBadFactDoesNotHarmTheOthers() throws Exception {
        open();
        assertThat(commit(A, new RumorProtocol.Accepted(carried(OWN, 1)))).isNull();
        List<CompletableFuture<StoreException>> answers = new ArrayList<>();
        synchronized (this) {
            for (long sequence : new long[] {2, 1, 3}) {
                CompletableFuture<StoreException> answer = new CompletableFuture<>();
                store.commit(A, List.of(new RumorProtocol.Accepted(carried(OWN, sequence))), answer::complete);
                answers.add(answer);
            }
        }
        assertThat(answers.get(0).join()).isNull();
        assertThat(answers.get(1).join()).as("the number was given out before").isNotNull();
        assertThat(answers.get(2).join()).isNull();
        assertThat(store.load(A, Store.Wanted.ALL)).hasSize(3);
    }

    @Test
    void isForOneProcessAtATime() throws StoreException {
        open();
        assertThatThrownBy(() -> SqliteStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is in use by another process");
    }

    @Test
    void refusesCommitsAfterItsEnd() throws StoreException {
        open().close();
        assertThat(commit(A, new RumorProtocol.Began(OWN))).hasMessageContaining("is closed");
        store.writeBehind(A, List.of(new MembershipProtocol.Admitted(B)));
        assertThat(store.lost()).isEqualTo(1);
    }

    @Test
    void saysThatTheDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> SqliteStore.open(file.resolve("data")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
    }

    // --- Damage ------------------------------------------------------------------------------------------------------

    private void fillAndClose() throws StoreException {
        open();
        for (int i = 1; i <= 500; i++) {
            store.writeBehind(A, List.of(new RumorProtocol.Heard(carried(OTHER, i, B), B, i)));
        }
        store.close();
    }

    private void assertSetAside(byte[] damaged) throws Exception {
        open();
        Path aside = store.setAside().orElseThrow();
        assertThat(aside.getFileName().toString()).startsWith("store.db.damaged-");
        assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
        assertThat(store.load(A, Store.Wanted.ALL)).isEmpty();
        assertThat(commit(A, new RumorProtocol.Began(OWN))).isNull();
        reopen();
        assertThat(store.setAside()).isEmpty();
        assertThat(store.load(A, Store.Wanted.ALL)).containsExactly(new RumorProtocol.Began(OWN));
        assertThat(aside).exists();
    }

    @Test
    void setsAsideAFileThatIsNoDatabase() throws Exception {
        byte[] garbage = "this is not a database, and it is long enough to be looked at as one. "
                .repeat(100)
                .getBytes(UTF_8);
        Files.write(directory.resolve("store.db"), garbage);
        assertSetAside(garbage);
    }

    @Test
    void setsAsideADatabaseWithDamagedPages() throws Exception {
        fillAndClose();
        Path file = directory.resolve("store.db");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 4096; at < bytes.length(); at += 4096) {
                bytes.seek(at);
                bytes.write(new byte[64]);
            }
        }
        assertSetAside(Files.readAllBytes(file));
    }

    @Test
    void setsAsideADatabaseThatWasCutOff() throws Exception {
        fillAndClose();
        Path file = directory.resolve("store.db");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2 / 4096 * 4096);
        }
        assertSetAside(Files.readAllBytes(file));
    }

    @Test
    void refusesAStoreOfALaterVersionAndLeavesItAlone() throws StoreException, SQLException {
        open().close();
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("store.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("later version");
    }

    @Test
    void whatIsLargeIsLoadedWithoutItsBytesAndReadOneByOne() throws Exception {
        open();
        byte[] payload = new byte[5000];
        Rumor rumor = new Rumor(new RumorId(7, 7, 7, 7), OTHER, 7, 7, 1, payload);
        Entry entry = entry("large", "x".repeat(6000), 5);
        Written written = new Written();
        store.listen(written);
        assertThat(commit(
                        A,
                        new RumorProtocol.Heard(new RelayedRumor(rumor, 1, List.of()), B, 1),
                        new StateProtocol.Learnt(entry)))
                .isNull();
        assertThat(written.things).containsExactly(rumor, entry);
        assertThat(written.lost).isEmpty();
        reopen();
        List<Bulky> loaded = new ArrayList<>();
        for (Fact fact : store.load(A, Store.Wanted.ALL)) {
            if (fact instanceof RumorProtocol.Heard heard) {
                loaded.add(heard.carried().rumor());
            } else if (fact instanceof StateProtocol.Learnt(Entry one, long _)) {
                loaded.add(one);
            }
        }
        assertThat(loaded).containsExactlyInAnyOrder(rumor, entry).allMatch(Bulky::isAway);
        CompletableFuture<List<Bulky>> read = new CompletableFuture<>();
        store.read(
                A,
                List.of(
                        rumor.away(),
                        entry.away(),
                        entry("gone", "x".repeat(600), 6).away()),
                read::complete);
        assertThat(read.join()).containsExactly(rumor, entry).noneMatch(Bulky::isAway);
        assertThat(read.join().get(1).bytes()).isEqualTo(entry.bytes());
    }

    @Test
    void whatCouldNotBeWrittenIsHandedBack() throws Exception {
        open();
        Written written = new Written();
        store.listen(written);
        Rumor rumor = new Rumor(new RumorId(7, 7, 7, 7), OTHER, 7, 7, 1, new byte[50_000]);
        store.limitPages(1);
        store.writeBehind(A, List.of(new RumorProtocol.Heard(new RelayedRumor(rumor, 1, List.of()), B, 1)));
        Await.until("it is lost", () -> written.lost.size() == 1);
        store.limitPages(1 << 20);
        store.close();
        store.writeBehind(A, List.of(new RumorProtocol.Heard(new RelayedRumor(rumor, 1, List.of()), B, 1)));
        assertThat(written.lost).as("a store that is closed loses it, too").containsExactly(rumor, rumor);
        assertThat(written.things).isEmpty();
    }

    private static final class Written implements Store.Listener {
        final Queue<Bulky> things = new ConcurrentLinkedQueue<>();
        final Queue<Bulky> lost = new ConcurrentLinkedQueue<>();

        @Override
        public void written(NodeId node, Bulky thing) {
            things.add(thing);
        }

        @Override
        public void lost(NodeId node, Bulky thing) {
            lost.add(thing);
        }
    }

    @Test
    void theOldestAreForgottenWhereThereAreMoreThanAreWanted() throws Exception {
        open();
        for (int i = 1; i <= 10; i++) {
            assertThat(commit(A, new RumorProtocol.Accepted(carried(OWN, i)))).isNull();
        }
        Store.Wanted three = new Store.Wanted() {
            @Override
            public boolean isSound(Rumor rumor) {
                return true;
            }

            @Override
            public int rumorsMax() {
                return 3;
            }
        };
        for (int time = 0; time < 2; time++) {
            assertSame(
                    store.load(A, three),
                    new RumorProtocol.Accepted(carried(OWN, 8)),
                    new RumorProtocol.Accepted(carried(OWN, 9)),
                    new RumorProtocol.Accepted(carried(OWN, 10)),
                    new RumorProtocol.Forgot(OWN, 7, Ranges.of(1, 7)));
            reopen();
        }
    }

    @Test
    void whatTheDiskHasSpoiltIsDeletedSoThatItCanBeWrittenAgain() throws Exception {
        open();
        RumorProtocol.Heard heard = new RumorProtocol.Heard(carried(OTHER, 1), B, 1);
        store.writeBehind(A, List.of(heard));
        reopen();
        assertThat(store.load(A, rumor -> false)).isEmpty();
        assertThat(store.load(A, Store.Wanted.ALL)).isEmpty();
        store.writeBehind(A, List.of(heard));
        reopen();
        assertSame(store.load(A, Store.Wanted.ALL), heard);
    }
}
