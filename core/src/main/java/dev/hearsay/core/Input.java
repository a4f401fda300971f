package dev.hearsay.core;

/** The one entrance of a node: everything that can happen to it. */
public sealed interface Input {

    /** The node begins, once, before anything else; what it remembered was handed to its constructor. */
    record Started() implements Input {}

    /** A message has arrived. */
    record Received(NodeId from, Message message) implements Input {}

    /** A delay asked for through {@link Effects#after} has passed. */
    record Fired(Timer timer) implements Input {}

    /** The node's owner wants something. */
    record Asked(Command command) implements Input {}

    /**
     * A {@linkplain Fact#isBinding() binding} fact could not be made durable. The driver has thrown away everything that the
     * node has sent since it saved the fact, so nobody else knows of it, and the node takes it back.
     */
    record Unsaved(Fact fact) implements Input {}
}
