package dev.hearsay.core;

/**
 * One concern of a node. It says in its {@link Role} which families it takes and which it hears, and is given nothing else. Parts do not know each other: they tell
 * events, and the node routes to each part the inputs and the events that are its own.
 *
 * <p>All times are monotonic times of this node; only differences mean anything.
 */
public interface Part {

    Role role();

    /** The node has a memory of earlier lives, which is handed back next. */
    default void resume() {}

    /** The node begins; what it remembers has been handed back. */
    default void start(long nowNanos, Effects effects) {}

    /** A message of a family that this part takes. */
    default void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        throw isNotMine(message);
    }

    /** A timer of a family that this part takes. */
    default void fire(long nowNanos, Timer timer, Effects effects) {
        throw isNotMine(timer);
    }

    /** A command of a family that this part takes. */
    default void ask(long nowNanos, Command command, Effects effects) {
        throw isNotMine(command);
    }

    /** A fact of an earlier life. */
    default void remember(long nowNanos, Fact fact, Effects effects) {
        throw isNotMine(fact);
    }

    /** A fact of this life that could not be saved, see {@link Input.Unsaved}. */
    default void takeBack(long nowNanos, Fact fact, Effects effects) {
        throw isNotMine(fact);
    }

    /** The part that takes this message has taken it. */
    default void follow(long nowNanos, NodeId from, Message message, Effects effects) {}

    /** The part that takes this timer has taken it. */
    default void follow(long nowNanos, Timer timer, Effects effects) {}

    /** Hears an event that another part of the same node, or this one, has told. */
    default void hear(long nowNanos, Event event, Effects effects) {
        throw isNotMine(event);
    }

    /** Takes an input, as the node would hand it on. */
    default void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() -> start(nowNanos, effects);
            case Input.Received(NodeId from, Message message) -> receive(nowNanos, from, message, effects);
            case Input.Fired(Timer timer) -> fire(nowNanos, timer, effects);
            case Input.Asked(Command command) -> ask(nowNanos, command, effects);
            case Input.Unsaved(Fact fact) -> takeBack(nowNanos, fact, effects);
        }
    }

    /** What a part is given that it has not asked for. */
    private IllegalArgumentException isNotMine(Object thing) {
        return new IllegalArgumentException(role() + ": does not take " + thing);
    }
}
