package dev.hearsay.core.membership;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Lifecycle;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts about membership that could not be made durable. Nothing that rests on them has left, but the machine still acts on them; so they are saved
 * again with the next step, before anything in it can be sent.
 */
public final class UnsavedFacts {

    private static final List<Fact> NONE = List.of();

    private List<Fact> facts = NONE;

    /** Notes one. Drivers hand over the last one first. */
    public void add(Fact fact, Effects effects) {
        if (facts.isEmpty()) {
            facts = new ArrayList<>(1);
        }
        facts.addFirst(fact);
        effects.tell(new Lifecycle.Refused("could not be saved, and is saved again: " + fact));
    }

    public void saveAgain(Effects effects) {
        if (!facts.isEmpty()) {
            facts.forEach(effects::save);
            facts = NONE;
        }
    }
}
