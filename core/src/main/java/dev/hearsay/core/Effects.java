package dev.hearsay.core;

/**
 * The one exit of a node: everything it can want. A driver carries it out after the step, in the order of the calls.
 *
 * <p>The rule of durability: what is sent in a step leaves only once every {@linkplain Fact#isBinding() binding} fact
 * saved in that step <em>or before it</em> is durable. Recoverable facts are written behind and hold nothing up.
 */
public interface Effects {

    /** Send a message; it may be lost, delayed, repeated or overtaken. */
    void send(NodeId to, Message message);

    /** Let the timer come back as {@link Input.Fired} after the delay. */
    void after(long delayNanos, Timer timer);

    /** Keep a fact, to be handed back when the node restarts. */
    void save(Fact fact);

    /** Say what happened: the only source for logs, metrics, traces and pictures. */
    void tell(Event event);
}
