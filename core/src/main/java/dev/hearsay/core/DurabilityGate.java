package dev.hearsay.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may leave a node before what is durable; every driver asks it at the end of each step of the node, so what the simulator tests is what ships.
 *
 * <ul>
 *   <li>What a step sends, and what it answers to whoever asked for it, waits until the {@linkplain Fact#isBinding() binding} facts of that step
 *       <em>and of all steps before it</em> are durable, and then leaves in the order of the steps. Without such facts it leaves at once.
 *   <li>If the facts of a step cannot be made durable, the node takes them back. Nothing that it has sent since leaves, for it may rest on them; answers fail,
 *       except those of later steps with binding facts of their own, which stand or fall with these.
 *   <li>Recoverable facts are written behind and hold nothing up. Timers and events do not leave the node, and so do not wait either.
 * </ul>
 *
 * <p>A gate is for one node in one life, and not for several threads. Until the first binding fact it does nothing but pass on.
 *
 * @param <S> something to be sent
 * @param <A> an answer that somebody waits for
 */
public final class DurabilityGate<S, A> {

    /**
     * Carries out what the gate decides.
     *
     * @param <S> something to be sent
     * @param <A> an answer that somebody waits for
     */
    public interface Driver<S, A> {

        /** Makes the facts of a step durable, all or none, after those of earlier steps; then calls {@link #durable} or {@link #lost}, not from within this. */
        void commit(long step, List<Fact> facts);

        /** Makes facts durable some time soon, if it can. */
        void writeBehind(List<Fact> facts);

        /** Lets this leave now. */
        void send(S send);

        /** Forgets this: it never leaves. */
        void drop(S send);

        /** Answers now; if not durable, with the news that what was asked for is not accepted. */
        void answer(A answer, boolean isDurable);

        /** Hands binding facts that could not be made durable back to the node, in this order. */
        void takeBack(List<Fact> facts);
    }

    /** A step whose binding facts are not durable yet, with what waits for them. */
    private static final class Pending<S, A> {
        final long step;
        final List<Fact> facts;
        final List<S> sends;
        final @Nullable A answer;
        final List<A> laterAnswers = new ArrayList<>(0);
        boolean isDurable;

        Pending(long step, List<Fact> facts, List<S> sends, @Nullable A answer) {
            this.step = step;
            this.facts = facts;
            this.sends = sends;
            this.answer = answer;
        }
    }

    private final Driver<S, A> driver;
    private final ArrayDeque<Pending<S, A>> pendings = new ArrayDeque<>(1);
    private long steps;

    public DurabilityGate(Driver<S, A> driver) {
        this.driver = driver;
    }

    /**
     * Ends a step of the node.
     *
     * @param facts what it has saved; emptied
     * @param sends what it has sent; emptied
     * @param answer what whoever asked for the step waits for; null if nobody does
     */
    public void endStep(List<Fact> facts, List<S> sends, @Nullable A answer) {
        if (facts.isEmpty()) {
            leave(sends, answer);
            return;
        }
        List<Fact> saved = List.copyOf(facts);
        facts.clear();
        if (hasBinding(saved)) {
            Pending<S, A> pending = new Pending<>(++steps, saved, new ArrayList<>(sends), answer);
            sends.clear();
            pendings.addLast(pending);
            driver.commit(pending.step, saved);
        } else {
            driver.writeBehind(saved);
            leave(sends, answer);
        }
    }

    private static boolean hasBinding(List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact.isBinding()) {
                return true;
            }
        }
        return false;
    }

    private void leave(List<S> sends, @Nullable A answer) {
        Pending<S, A> last = pendings.peekLast();
        if (last == null) {
            try {
                sends.forEach(driver::send);
            } finally {
                // What cannot be sent would fail in each later step, too.
                sends.clear();
                if (answer != null) {
                    driver.answer(answer, true);
                }
            }
        } else {
            last.sends.addAll(sends);
            sends.clear();
            if (answer != null) {
                last.laterAnswers.add(answer);
            }
        }
    }

    /** The binding facts of a step are durable. A step that is not waited for, or no longer, is ignored. */
    public void durable(long step) {
        Pending<S, A> its = find(step);
        if (its != null) {
            its.isDurable = true;
            release();
        }
    }

    /** Lets go what waits for nothing any more. If something cannot be sent, who waits is still answered, and the first failure is thrown at the end. */
    private void release() {
        RuntimeException failure = null;
        for (Pending<S, A> first = pendings.peekFirst();
                first != null && first.isDurable;
                first = pendings.peekFirst()) {
            pendings.removeFirst();
            try {
                first.sends.forEach(driver::send);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
            if (first.answer != null) {
                driver.answer(first.answer, true);
            }
            first.laterAnswers.forEach(later -> driver.answer(later, true));
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The facts of a step cannot be made durable. A step that is not waited for, or no longer, is ignored. */
    public void lost(long step) {
        Pending<S, A> its = find(step);
        if (its == null) {
            return;
        }
        List<A> failed = new ArrayList<>();
        if (its.answer != null) {
            failed.add(its.answer);
        }
        for (Pending<S, A> pending : pendings) {
            if (pending.step >= step) {
                pending.sends.forEach(driver::drop);
                pending.sends.clear();
                failed.addAll(pending.laterAnswers);
                pending.laterAnswers.clear();
            }
        }
        pendings.remove(its);
        try {
            driver.takeBack(
                    its.facts.reversed().stream().filter(Fact::isBinding).toList());
        } finally {
            failed.forEach(answer -> driver.answer(answer, false));
            release();
        }
    }

    /** The node stops: nothing that waits leaves any more. */
    public void abandon() {
        while (!pendings.isEmpty()) {
            Pending<S, A> first = pendings.removeFirst();
            first.sends.forEach(driver::drop);
            if (first.answer != null) {
                driver.answer(first.answer, false);
            }
            first.laterAnswers.forEach(later -> driver.answer(later, false));
        }
    }

    /** The first step that is waited for; 0 if nothing waits. */
    public long awaited() {
        return pendings.isEmpty() ? 0 : pendings.getFirst().step;
    }

    private @Nullable Pending<S, A> find(long step) {
        for (Pending<S, A> pending : pendings) {
            if (pending.step == step) {
                return pending;
            }
        }
        return null;
    }
}
