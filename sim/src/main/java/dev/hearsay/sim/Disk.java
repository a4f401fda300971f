package dev.hearsay.sim;

import dev.hearsay.core.DurabilityGate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Random64;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node has saved. Binding facts become durable after the latency of the disk, the others when they are written
 * behind, both in their own order; a crash loses what is not durable.
 */
final class Disk {

    /** How many binding facts a disk that lies loses at most. */
    private static final int TAIL_MAX = 8;

    /** In the order of saving; null where one was lost. */
    private List<@Nullable Fact> facts = new ArrayList<>();

    private int bindingUpTo;
    private int othersUpTo;
    private boolean isDirty;

    /** What waits for the binding facts; made at the first of them. */
    @Nullable
    DurabilityGate<Disks.Send, Event> gate;

    /** Saves a fact; what it returns is the place up to which a sync must come to make it durable. */
    int save(Fact fact) {
        facts.add(fact);
        return facts.size();
    }

    /** The place behind all that was saved. */
    int end() {
        return facts.size();
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

    /** Before a crash: of what is not durable yet the beginning gets to the disk, up to any place; binding facts among it are handed over. */
    void tear(Random64 random, Consumer<Fact> onDurable) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact != null && !isDurable(i, fact)) {
                open.add(i);
            }
        }
        int kept = random.nextInt(open.size() + 1);
        if (kept > 0) {
            int upTo = open.get(kept - 1) + 1;
            sync(upTo, onDurable);
            othersUpTo = Math.max(othersUpTo, upTo);
        }
    }

    private boolean isDurable(int place, Fact fact) {
        return place < (fact.isBinding() ? bindingUpTo : othersUpTo);
    }

    /** Loses what is not durable; binding facts that go are handed over. */
    void crash(Consumer<Fact> onLost) {
        List<@Nullable Fact> kept = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            if (fact == null) {
                continue;
            }
            if (isDurable(i, fact)) {
                kept.add(fact);
            } else if (fact.isBinding()) {
                onLost.accept(fact);
            }
        }
        restart(kept);
    }

    /** After a crash: loses what it had said was durable. */
    void damage(DiskLoss loss, Random64 random) {
        switch (loss) {
            case NONE, TORN_WRITE -> {}
            case LOST_TAIL -> loseTail(1 + random.nextInt(TAIL_MAX));
            case OLD_PAGE -> {
                int from = random.nextInt(facts.size() + 1);
                int left = facts.size() - from;
                int upTo = from + (random.nextInt(2) == 0 ? left : random.nextInt(left + 1));
                List<@Nullable Fact> kept = new ArrayList<>(facts.subList(0, from));
                kept.addAll(facts.subList(upTo, facts.size()));
                restart(kept);
            }
            case ALL -> restart(new ArrayList<>());
        }
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

    private void restart(List<@Nullable Fact> kept) {
        facts = kept;
        bindingUpTo = kept.size();
        othersUpTo = kept.size();
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
