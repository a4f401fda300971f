package dev.hearsay.sim;

import dev.hearsay.core.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node has saved. Binding facts become durable after the latency of the disk, the others when they are written
 * behind, both in their own order; a crash loses what is not durable.
 */
final class Disk {

    /** In the order of saving; null where one was lost. */
    private List<@Nullable Fact> facts = new ArrayList<>();

    private int bindingUpTo;
    private int othersUpTo;
    private int bindingNeeded;
    private boolean isDirty;

    /** Saves a fact; what it returns is the place up to which a sync must come to make it durable. */
    int save(Fact fact) {
        facts.add(fact);
        if (fact.isBinding()) {
            bindingNeeded = facts.size();
        }
        return facts.size();
    }

    /** The place behind all that was saved. */
    int end() {
        return facts.size();
    }

    /** Whether all binding facts are durable. */
    boolean isSynced() {
        return bindingUpTo >= bindingNeeded;
    }

    /** Whether nobody has been asked yet to write behind what is to be written; the caller does it now. */
    boolean isToBeWritten() {
        boolean isFirst = !isDirty;
        isDirty = true;
        return isFirst;
    }

    /** Makes the binding facts up to this place durable; each that was not yet is handed over. */
    void sync(int upTo, Consumer<Fact> onDurable) {
        for (int i = bindingUpTo; i < upTo; i++) {
            Fact fact = facts.get(i);
            if (fact != null && fact.isBinding()) {
                onDurable.accept(fact);
            }
        }
        bindingUpTo = Math.max(bindingUpTo, upTo);
    }

    /** Fails to make them durable, and loses them. */
    List<Fact> fail(int upTo) {
        List<Fact> failed = new ArrayList<>();
        for (int i = bindingUpTo; i < upTo; i++) {
            Fact fact = facts.get(i);
            if (fact != null && fact.isBinding()) {
                failed.add(fact);
                facts.set(i, null);
            }
        }
        bindingUpTo = Math.max(bindingUpTo, upTo);
        return failed;
    }

    /** Writes the others behind. */
    void writeBehind() {
        othersUpTo = facts.size();
        isDirty = false;
    }

    /** Loses what is not durable; binding facts that go are handed over. */
    void crash(Consumer<Fact> onLost) {
        List<@Nullable Fact> kept = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact == null) {
                continue;
            }
            if (i < (fact.isBinding() ? bindingUpTo : othersUpTo)) {
                kept.add(fact);
            } else if (fact.isBinding()) {
                onLost.accept(fact);
            }
        }
        restart(kept);
    }

    /** Loses so many of the binding facts that were saved last, though it has said that they are durable. */
    void loseTail(int count) {
        List<@Nullable Fact> kept = new ArrayList<>(facts());
        int left = count;
        for (int i = kept.size() - 1; i >= 0 && left > 0; i--) {
            Fact fact = kept.get(i);
            if (fact != null && fact.isBinding()) {
                kept.remove(i);
                left--;
            }
        }
        restart(kept);
    }

    /** Loses everything. */
    void wipe() {
        restart(new ArrayList<>());
    }

    private void restart(List<@Nullable Fact> kept) {
        facts = kept;
        bindingUpTo = kept.size();
        othersUpTo = kept.size();
        bindingNeeded = kept.size();
        isDirty = false;
    }

    /** What a new life of the node is handed. */
    List<Fact> facts() {
        List<Fact> all = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            if (fact != null) {
                all.add(fact);
            }
        }
        return all;
    }
}
