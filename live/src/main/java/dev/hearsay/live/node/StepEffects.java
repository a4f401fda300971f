package dev.hearsay.live.node;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.List;

/** What a node wants in one step, gathered: it happens when the step is over, and not at all if the step fails. Used on the node's loop only. */
final class StepEffects implements Effects {

    private record Delayed(long nanos, Timer timer) {}

    private final List<NodeId> receivers = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Delayed> timers = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    @Override
    public void send(NodeId to, Message message) {
        receivers.add(to);
        messages.add(message);
    }

    @Override
    public void after(long delayNanos, Timer timer) {
        timers.add(new Delayed(delayNanos, timer));
    }

    @Override
    public void save(Fact fact) {
        facts.add(fact);
    }

    @Override
    public void tell(Event event) {
        events.add(event);
    }

    /** Lets it all happen, in the order in which it was wanted within each kind. If something of it fails, the rest is dropped: the next step must not fail on it too. */
    void carryOut(Effects execution) {
        try {
            pass(execution);
        } finally {
            drop();
        }
    }

    private void pass(Effects execution) {
        for (int i = 0; i < timers.size(); i++) {
            execution.after(timers.get(i).nanos, timers.get(i).timer);
        }
        for (int i = 0; i < facts.size(); i++) {
            execution.save(facts.get(i));
        }
        // Told first: whoever receives a message must not tell of it before.
        for (int i = 0; i < events.size(); i++) {
            execution.tell(events.get(i));
        }
        for (int i = 0; i < messages.size(); i++) {
            execution.send(receivers.get(i), messages.get(i));
        }
    }

    /** Nothing of it is wanted any more. */
    void drop() {
        receivers.clear();
        messages.clear();
        timers.clear();
        facts.clear();
        events.clear();
    }
}
