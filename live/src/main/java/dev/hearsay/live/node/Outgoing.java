package dev.hearsay.live.node;

import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the promise of {@code Effects}: what a node sends leaves only once every binding fact that it saved before is durable.
 * Without such a fact under way everything leaves at once. Used on the node's loop only.
 */
final class Outgoing {

    /** What is done when a commit is over, on the loop. */
    interface AfterCommit {
        /**
         * The commit is over.
         *
         * @param failure null if the facts are durable
         */
        void run(@Nullable StoreException failure);
    }

    private record Send(NodeId to, Message message) {}

    /** A commit under way, and what waits for it. */
    private static final class Pending {
        final AfterCommit after;
        final List<Fact> facts;
        final List<Send> sends = new ArrayList<>();

        Pending(List<Fact> facts, AfterCommit after) {
            this.facts = facts;
            this.after = after;
        }
    }

    private final NodeId self;
    private final Consumer<Runnable> turns;
    private final Store store;
    private final BiConsumer<NodeId, Message> way;
    private final BiConsumer<List<Fact>, StoreException> whenUnsaved;
    private final ArrayDeque<Pending> pendings = new ArrayDeque<>(2);
    private final List<Send> sends = new ArrayList<>();
    private List<Fact> facts = new ArrayList<>();
    private boolean isBinding;

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
        if (store.isDurable()) {
            sends.add(new Send(to, message));
        } else {
            way.accept(to, message);
        }
    }

    void save(Fact fact) {
        if (store.isDurable()) {
            facts.add(fact);
            isBinding |= fact.isBinding();
        }
    }

    /** Whether something waits for a commit. */
    boolean isWaiting() {
        return !pendings.isEmpty();
    }

    /** Ends a step; what is to be done after it was saved is done at once if nothing had to be. */
    void endStep(AfterCommit after) {
        if (isBinding) {
            commit(after);
        } else {
            if (!facts.isEmpty()) {
                store.writeBehind(self, facts);
                facts = new ArrayList<>();
            }
            try {
                passOn();
            } finally {
                after.run(null);
            }
        }
    }

    private void commit(AfterCommit after) {
        Pending pending = new Pending(facts, after);
        facts = new ArrayList<>();
        isBinding = false;
        pending.sends.addAll(sends);
        sends.clear();
        pendings.addLast(pending);
        store.commit(self, pending.facts, failure -> turns.accept(() -> committed(pending, failure)));
    }

    private void passOn() {
        try {
            if (pendings.isEmpty()) {
                deliver(sends);
            } else {
                pendings.getLast().sends.addAll(sends);
            }
        } finally {
            // What cannot be sent would fail in each later step, too.
            sends.clear();
        }
    }

    private void deliver(List<Send> those) {
        for (Send send : those) {
            way.accept(send.to, send.message);
        }
    }

    /** The store calls back in the order in which it was asked, so this is about the first one. */
    private void committed(Pending pending, @Nullable StoreException failure) {
        if (!pendings.remove(pending)) {
            return;
        }
        try {
            if (failure == null) {
                deliver(pending.sends);
            } else {
                // What was sent since may rest on the facts that are lost, though it waits for later ones.
                pendings.forEach(later -> later.sends.clear());
                whenUnsaved.accept(
                        pending.facts.reversed().stream()
                                .filter(Fact::isBinding)
                                .toList(),
                        failure);
            }
        } finally {
            pending.after.run(failure);
        }
    }

    /** The node stops: whoever waits is told that it was too late. */
    void abandon(StoreException reason) {
        while (!pendings.isEmpty()) {
            pendings.removeFirst().after.run(reason);
        }
    }
}
