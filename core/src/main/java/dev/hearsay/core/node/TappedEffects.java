package dev.hearsay.core.node;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.List;

/** The driver's effects for one step, with an ear for the events that parts of the same node want to hear. */
final class TappedEffects implements Effects {

    /** The one place in a node that says which part hears which event. */
    interface Routing {
        boolean isHeard(Event event);

        void passOn(long nowNanos, Event event, TappedEffects tapped);
    }

    private static final List<Event> NONE = List.of();

    private final Routing routing;
    private final Effects outer;
    private List<Event> pending = NONE;

    TappedEffects(Routing routing, Effects outer) {
        this.routing = routing;
        this.outer = outer;
    }

    void passOnEvents(long nowNanos) {
        for (int i = 0; i < pending.size(); i++) {
            routing.passOn(nowNanos, pending.get(i), this);
        }
    }

    @Override
    public void send(NodeId to, Message message) {
        outer.send(to, message);
    }

    @Override
    public void after(long delayNanos, Timer timer) {
        outer.after(delayNanos, timer);
    }

    @Override
    public void save(Fact fact) {
        outer.save(fact);
    }

    @Override
    public void tell(Event event) {
        outer.tell(event);
        if (routing.isHeard(event)) {
            if (pending.isEmpty()) {
                pending = new ArrayList<>(2);
            }
            pending.add(event);
        }
    }
}
