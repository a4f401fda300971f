package dev.hearsay.live.node;

import dev.hearsay.core.DurabilityGate;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

    private record Send(NodeId to, Message message) {}

    private final NodeId self;
    private final Consumer<Runnable> turns;
    private final Store store;
    private final BiConsumer<NodeId, Message> way;
    private final BiConsumer<List<Fact>, StoreException> whenUnsaved;
    private final DurabilityGate<Send, AfterCommit> gate = new DurabilityGate<>(new Driver());
    private final List<Send> sends = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();

    /** Why the last facts that were lost could not be saved. */
    private @Nullable StoreException failure;

    /**
     * The exit of one node.
     *
     * @param turns runs a task on the node's loop, soon; called from any thread
     * @param way where messages go
     * @param whenUnsaved told of the binding facts that could not be made durable, the last one first
     */
    Outgoing(
            NodeId self,
            Consumer<Runnable> turns,
            Store store,
            BiConsumer<NodeId, Message> way,
            BiConsumer<List<Fact>, StoreException> whenUnsaved) {
        this.self = self;
        this.turns = turns;
        this.store = store;
        this.way = way;
        this.whenUnsaved = whenUnsaved;
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
        gate.endStep(facts, sends, null);
    }

    /** Ends a step; whoever waits for it hears at once if nothing must become durable before. */
    void endStep(AfterCommit after) {
        gate.endStep(facts, sends, after);
    }

    private void committed(long step, @Nullable StoreException whyNot) {
        if (whyNot == null) {
            gate.durable(step);
        } else {
            failure = whyNot;
            gate.lost(step);
        }
    }

    /** The node stops: whoever waits is told that it was too late. */
    void abandon(StoreException reason) {
        failure = reason;
        gate.abandon();
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
            way.accept(send.to, send.message);
        }

        @Override
        public void drop(Send send) {}

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
