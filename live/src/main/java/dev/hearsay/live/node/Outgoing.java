package dev.hearsay.live.node;

import dev.hearsay.core.DurabilityGate;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.recording.Sizes;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the {@link DurabilityGate} of a node between its steps and its store and links. Used on the node's loop only. */
final class Outgoing {

    /** Somebody who waits until all that he may rely on is durable, on the loop. */
    interface AfterCommit {
        /**
         * The wait is over.
         *
         * @param failure null if it is durable
         */
        void run(@Nullable StoreException failure);
    }

    /** A message until it leaves. */
    private static final class Send {
        final NodeId to;

        @Nullable
        Message message;

        /** What it is counted with while it waits for a commit; 0 if it does not. */
        long bytes;

        Send(NodeId to, Message message) {
            this.to = to;
            this.message = message;
        }
    }

    private static final long SEND_BYTES = 100;

    private final NodeId self;
    private final Consumer<Runnable> turns;
    private final Store store;
    private final BiConsumer<NodeId, Message> way;
    private final BiConsumer<List<Fact>, StoreException> whenUnsaved;
    private final DurabilityGate<Send, AfterCommit> gate = new DurabilityGate<>(new Driver());
    private final List<Send> sends = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final MemoryBudget.Account queues;
    private final ObjIntConsumer<NodeId> whenOverflowed;

    /** What waits for commits, the oldest first; some have left already. */
    private final ArrayDeque<Send> waiting = new ArrayDeque<>(0);

    private long waitingBytes;

    /** Why the last facts that were lost could not be saved. */
    private @Nullable StoreException failure;

    /**
     * The exit of one node.
     *
     * @param turns runs a task on the node's loop, soon; called from any thread
     * @param way where messages go
     * @param whenUnsaved told of the binding facts that could not be made durable, the last one first
     * @param queues where what waits for commits is counted; when that is too much, the older half of it is dropped
     * @param whenOverflowed told how many messages to whom were dropped
     */
    Outgoing(
            NodeId self,
            Consumer<Runnable> turns,
            Store store,
            BiConsumer<NodeId, Message> way,
            BiConsumer<List<Fact>, StoreException> whenUnsaved,
            MemoryBudget.Account queues,
            ObjIntConsumer<NodeId> whenOverflowed) {
        this.self = self;
        this.turns = turns;
        this.store = store;
        this.way = way;
        this.whenUnsaved = whenUnsaved;
        this.queues = queues;
        this.whenOverflowed = whenOverflowed;
    }

    void send(NodeId to, Message message) {
        sends.add(new Send(to, message));
    }

    /** Where nothing outlives the process, nothing is kept, and so nothing waits. */
    void save(Fact fact) {
        if (store.isDurable()) {
            facts.add(fact);
        }
    }

    /** Whether something waits for a commit. */
    boolean isWaiting() {
        return gate.awaited() > 0;
    }

    /** Ends a step for which nobody waits. */
    void endStep() {
        end(null);
    }

    /** Ends a step; whoever waits for it hears at once if nothing must become durable before. */
    void endStep(AfterCommit after) {
        end(after);
    }

    private void end(@Nullable AfterCommit after) {
        List<Send> those = facts.isEmpty() && !isWaiting() ? List.of() : List.copyOf(sends);
        gate.endStep(facts, sends, after);
        if (!those.isEmpty() && isWaiting()) {
            those.forEach(this::hold);
            dropOverLimit();
        }
    }

    private void hold(Send send) {
        Message message = Objects.requireNonNull(send.message);
        send.bytes = SEND_BYTES + Sizes.of(message);
        waitingBytes += send.bytes;
        queues.add(send.bytes);
        waiting.addLast(send);
    }

    /** A commit may hang for ever. What is dropped others get by anti-entropy, as they get what a link loses. */
    private void dropOverLimit() {
        if (queues.hasRoom(0) || waiting.size() <= 1) {
            return;
        }
        Map<NodeId, Integer> dropped = new LinkedHashMap<>();
        long half = waitingBytes / 2;
        while (waitingBytes > half && waiting.size() > 1) {
            Send oldest = waiting.removeFirst();
            if (let(oldest) != null) {
                dropped.merge(oldest.to, 1, Integer::sum);
            }
        }
        dropped.forEach(whenOverflowed::accept);
    }

    /** Counts it no longer; answers what it was. */
    private @Nullable Message let(Send send) {
        Message message = send.message;
        send.message = null;
        waitingBytes -= send.bytes;
        queues.add(-send.bytes);
        send.bytes = 0;
        return message;
    }

    /** Those that could not be sent count no longer, either. */
    private void tidy() {
        if (!isWaiting()) {
            waiting.forEach(this::let);
            waiting.clear();
        }
    }

    private void committed(long step, @Nullable StoreException whyNot) {
        try {
            if (whyNot == null) {
                gate.durable(step);
            } else {
                failure = whyNot;
                gate.lost(step);
            }
        } finally {
            tidy();
        }
    }

    /** The node stops: whoever waits is told that it was too late. */
    void abandon(StoreException reason) {
        failure = reason;
        gate.abandon();
        tidy();
    }

    private final class Driver implements DurabilityGate.Driver<Send, AfterCommit> {
        @Override
        public void commit(long step, List<Fact> those) {
            store.commit(self, those, whyNot -> turns.accept(() -> committed(step, whyNot)));
        }

        @Override
        public void writeBehind(List<Fact> those) {
            store.writeBehind(self, those);
        }

        @Override
        public void send(Send send) {
            Message message = let(send);
            while (!waiting.isEmpty() && waiting.getFirst().message == null) {
                waiting.removeFirst();
            }
            if (message != null) {
                way.accept(send.to, message);
            }
        }

        @Override
        public void drop(Send send) {
            let(send);
        }

        @Override
        public void answer(AfterCommit after, boolean isDurable) {
            after.run(isDurable ? null : failure);
        }

        @Override
        public void takeBack(List<Fact> those) {
            whenUnsaved.accept(those, Objects.requireNonNull(failure));
        }
    }
}
