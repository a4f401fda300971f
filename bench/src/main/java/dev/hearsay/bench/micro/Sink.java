package dev.hearsay.bench.micro;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Timer;
import org.jspecify.annotations.Nullable;

/** Where a node's effects end. Keeps the latest of each, so that the compiler cannot do without the making of them. */
final class Sink implements Effects {

    private @Nullable Message message;
    private @Nullable Timer timer;
    private @Nullable Fact fact;
    private @Nullable Event event;

    @Override
    public void send(NodeId to, Message sent) {
        message = sent;
    }

    @Override
    public void after(long delayNanos, Timer due) {
        timer = due;
    }

    @Override
    public void save(Fact saved) {
        fact = saved;
    }

    @Override
    public void tell(Event told) {
        event = told;
    }

    @Override
    public String toString() {
        return "latest: " + message + ", " + timer + ", " + fact + ", " + event;
    }
}
