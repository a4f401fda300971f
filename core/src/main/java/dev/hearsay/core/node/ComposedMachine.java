package dev.hearsay.core.node;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine made of parts: what comes in goes to those that the table of its {@link Composition} names. */
abstract class ComposedMachine implements Machine {

    final Composition composition;

    private List<Fact> remembered;

    ComposedMachine(Composition composition, List<Fact> remembered) {
        this.composition = composition;
        this.remembered = remembered;
    }

    final <P extends Part> P add(P part) {
        put(composition.slot(part.role()), part);
        return part;
    }

    /** The part in a slot; null where a spec leaves it out, or it is to be made on first use. */
    abstract @Nullable Part at(int slot);

    abstract void put(int slot, Part part);

    /** Makes a part that is made on first use. */
    abstract Part make(int slot);

    /** Whether a part that is not made yet has something to do with an event; with null, with the start of the machine. */
    abstract boolean isNeeded(int slot, @Nullable Event event);

    /** Who takes what is of this family; null if it is refused, or the part left out. */
    final @Nullable Part taker(Family family) {
        int slot = composition.taker(family);
        return slot == Composition.NOBODY ? null : part(slot);
    }

    final @Nullable Part part(int slot) {
        Part part = at(slot);
        return part == null && composition.isLazy(slot) ? make(slot) : part;
    }

    private @Nullable Part partFor(int slot, @Nullable Event event) {
        Part part = at(slot);
        return part == null && composition.isLazy(slot) && isNeeded(slot, event) ? make(slot) : part;
    }

    /** Hands back to the parts what was saved in earlier lives. */
    final void remember(long nowNanos, Effects effects) {
        if (!remembered.isEmpty()) {
            resume();
        }
        for (Fact fact : remembered) {
            byte[] slots = composition.rememberers(fact.family());
            if (slots.length == 0) {
                throw new IllegalStateException(composition + " has never saved " + fact);
            }
            for (byte slot : slots) {
                Part part = part(slot);
                if (part != null) {
                    part.remember(nowNanos, fact, effects);
                }
            }
        }
        remembered = List.of();
    }

    void resume() {
        for (int slot = 0; slot < composition.roles().size(); slot++) {
            Part part = at(slot);
            if (part != null) {
                part.resume();
            }
        }
    }

    final void startParts(long nowNanos, Effects effects) {
        for (int slot = 0; slot < composition.roles().size(); slot++) {
            Part part = partFor(slot, null);
            if (part != null) {
                part.start(nowNanos, effects);
            }
        }
    }

    final void takeBack(long nowNanos, Fact fact, Effects effects) {
        for (byte slot : composition.takersBack(fact.family())) {
            Part part = part(slot);
            if (part != null) {
                part.takeBack(nowNanos, fact, effects);
            }
        }
    }

    final void hear(long nowNanos, Event event, Effects effects) {
        for (byte slot : composition.listeners(event.family())) {
            Part part = partFor(slot, event);
            if (part != null) {
                part.hear(nowNanos, event, effects);
            }
        }
    }
}
