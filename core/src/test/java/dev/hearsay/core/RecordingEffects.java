package dev.hearsay.core;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a node or a part wants, in order, to look at. */
public final class RecordingEffects implements Effects {

    public record Sent(NodeId to, Message message) {}

    public record Delayed(long delayNanos, Timer timer) {}

    public final List<Sent> sent = new ArrayList<>();
    public final List<Delayed> delayed = new ArrayList<>();
    public final List<Fact> saved = new ArrayList<>();
    public final List<Event> told = new ArrayList<>();

    @Override
    public void send(NodeId to, Message message) {
        sent.add(new Sent(to, message));
    }

    @Override
    public void after(long delayNanos, Timer timer) {
        delayed.add(new Delayed(delayNanos, timer));
    }

    @Override
    public void save(Fact fact) {
        saved.add(fact);
    }

    @Override
    public void tell(Event event) {
        told.add(event);
    }

    /** The events of one kind. */
    public <T extends Event> List<T> told(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Who was sent messages of one kind, in order. */
    public List<NodeId> receivers(Class<? extends Message> kind) {
        return sent.stream()
                .filter(one -> kind.isInstance(one.message()))
                .map(Sent::to)
                .toList();
    }

    /** The last message of a kind. */
    public <T extends Message> T last(Class<T> kind) {
        return sent.reversed().stream()
                .map(Sent::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The last timer of a kind. */
    public <T extends Timer> T timer(Class<T> kind) {
        return delayed.reversed().stream()
                .map(Delayed::timer)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    public void clear() {
        sent.clear();
        delayed.clear();
        saved.clear();
        told.clear();
    }
}
