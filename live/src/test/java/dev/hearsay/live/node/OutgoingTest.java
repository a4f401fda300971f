package dev.hearsay.live.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.store.InMemoryStore;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves when, with a store that commits when the test says so. What decides it is tested by {@code DurabilityGateTest}. */
class OutgoingTest {

    private static final NodeId A = new NodeId("127.0.0.1", 1);
    private static final NodeId B = new NodeId("127.0.0.1", 2);
    private static final long UNSENDABLE = 666;
    private static final Fact RECOVERABLE = new MembershipProtocol.Admitted(B);

    /** Answers only when it is told to. */
    private static final class SlowStore implements Store {
        final ArrayDeque<Committed> commits = new ArrayDeque<>();
        final List<Fact> behind = new ArrayList<>();

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public List<Fact> load(NodeId node, Wanted wanted) {
            return List.of();
        }

        @Override
        public <T extends Bulky> void read(NodeId node, List<T> things, Consumer<List<T>> read) {
            read.accept(List.of());
        }

        @Override
        public void listen(Listener listener) {}

        @Override
        public void commit(NodeId node, List<Fact> facts, Committed committed) {
            commits.addLast(committed);
        }

        @Override
        public void writeBehind(NodeId node, List<Fact> facts) {
            behind.addAll(facts);
        }

        @Override
        public boolean isWorking() {
            return true;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private final SlowStore store = new SlowStore();
    private final Queue<Long> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Fact> unsaved = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> overflowed = new ConcurrentLinkedQueue<>();
    private final MemoryBudget.Account queues = new MemoryBudget.Account(10_000);
    private final Queue<String> after = new ConcurrentLinkedQueue<>();
    private Loops loops;
    private Loop loop;
    private Outgoing outgoing;

    @BeforeEach
    void start() {
        loops = Loops.start(1);
        loop = loops.of(0);
        outgoing = outgoing(store);
    }

    private Outgoing outgoing(Store withStore) {
        return new Outgoing(
                A,
                loop::execute,
                withStore,
                (to, message) -> {
                    long number = ((HeartbeatProtocol.Ping) message).number();
                    if (Math.abs(number) == UNSENDABLE) {
                        throw new IllegalStateException("a message that cannot be sent");
                    }
                    sent.add(number);
                },
                (facts, failure) -> unsaved.addAll(facts),
                queues,
                (to, messages) -> overflowed.add(messages));
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    private static Fact binding(long epoch) {
        return new RumorProtocol.Began(new Origin(A, epoch));
    }

    /** One step: a send before the facts, and one after them. */
    private void step(long number, Fact... facts) {
        loop.call(() -> {
                    outgoing.send(B, new HeartbeatProtocol.Ping(number));
                    for (Fact fact : facts) {
                        outgoing.save(fact);
                    }
                    outgoing.send(B, new HeartbeatProtocol.Ping(-number));
                    outgoing.endStep(failure -> after.add(number + (failure == null ? " done" : " failed")));
                    return null;
                })
                .await();
    }

    private void answer(StoreException failure) {
        store.commits.removeFirst().onCommitted(failure);
        loop.call(() -> null).await();
    }

    @Test
    void withoutABindingFactEverythingLeavesAtOnce() {
        step(1);
        step(2, RECOVERABLE);
        assertThat(sent).containsExactly(1L, -1L, 2L, -2L);
        assertThat(store.behind).containsExactly(RECOVERABLE);
        assertThat(after).containsExactly("1 done", "2 done");
    }

    @Test
    void nothingLeavesBeforeTheBindingFactsOfItsStepAndOfEarlierOnes() {
        step(1, binding(1), RECOVERABLE);
        step(2, RECOVERABLE);
        step(3, binding(3));
        step(4);
        assertThat(sent).isEmpty();
        answer(null);
        assertThat(sent).containsExactly(1L, -1L, 2L, -2L);
        answer(null);
        assertThat(sent).containsExactly(1L, -1L, 2L, -2L, 3L, -3L, 4L, -4L);
        step(5);
        assertThat(sent).endsWith(5L, -5L);
        assertThat(after).containsExactly("1 done", "2 done", "3 done", "4 done", "5 done");
    }

    @Test
    void whatRestsOnAFactThatIsLostNeverLeaves() {
        step(1, binding(1), binding(11), RECOVERABLE);
        step(2);
        step(3, binding(3));
        answer(new StoreException("no room"));
        assertThat(unsaved).containsExactly(binding(11), binding(1));
        step(4);
        answer(null);
        assertThat(sent).containsExactly(4L, -4L);
        assertThat(after).containsExactly("1 failed", "2 failed", "3 done", "4 done");
    }

    @Test
    void whatCannotBeSentIsNotTriedAgainWithTheNextStep() {
        assertThatThrownBy(() -> step(UNSENDABLE)).hasMessage("a message that cannot be sent");
        step(2);
        assertThat(sent).containsExactly(2L, -2L);
        assertThat(after).containsExactly(UNSENDABLE + " done", "2 done");
    }

    @Test
    void whoWaitsForACommitIsToldWhateverCannotBeSentThen() {
        step(UNSENDABLE, binding(1));
        answer(null);
        step(2);
        assertThat(after).containsExactly(UNSENDABLE + " done", "2 done");
        assertThat(sent).containsExactly(2L, -2L);
    }

    @Test
    void ofWhatWaitsForACommitThatHangsTheOldestIsDroppedWhereItIsTooMuch() {
        step(1, binding(1));
        for (int i = 2; i <= 1000; i++) {
            step(i);
            assertThat(queues.used()).isLessThanOrEqualTo(queues.max());
        }
        assertThat(queues.used()).isGreaterThan(queues.max() / 3);
        assertThat(overflowed).isNotEmpty();
        step(2000, binding(2));
        answer(null);
        assertThat(after).as("whoever asked is answered").hasSize(1000);
        assertThat(sent.size() + overflowed.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(2000);
        assertThat(sent).contains(1000L, -1000L).doesNotContain(1L, 2L);
        answer(new StoreException("no room"));
        assertThat(queues.used()).isZero();
        step(3000, binding(3));
        step(UNSENDABLE);
        answer(null);
        assertThat(queues.used()).as("what could not be sent").isZero();
    }

    @Test
    void whoWaitsWhenTheNodeStopsIsTold() {
        step(1, binding(1));
        loop.call(() -> {
                    outgoing.abandon(new StoreException("the node was stopped"));
                    return null;
                })
                .await();
        assertThat(after).containsExactly("1 failed");
        answer(null);
        assertThat(sent).isEmpty();
    }

    @Test
    void inMemoryNothingWaits() {
        outgoing = outgoing(new InMemoryStore());
        step(1, binding(1));
        Await.until("it left", () -> sent.size() == 2);
        assertThat(after).containsExactly("1 done");
    }
}
