package dev.hearsay.live.host;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Stamp;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.PublishException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The handle of one node of a {@link Host}. Its methods may be called from any thread. */
public interface HostedNode extends AutoCloseable {

    /** Hears the events of a node, on the node's event loop: it must not block. */
    @FunctionalInterface
    interface EventListener {
        /**
         * Something has happened at the node.
         *
         * @param atMicros when, microseconds since 1970
         */
        void onEvent(long atMicros, Event event);
    }

    NodeName name();

    /** Its number among those of its role, from 1. */
    default int number() {
        return name().number();
    }

    NodeId address();

    boolean isRunning();

    /** Whether it runs and can do its work: it is linked to its neighbours, and registered where seeds decide. */
    boolean isReady();

    /**
     * Publishes a message. Completes once it is durable (or accepted, if the node keeps its messages in memory), with its
     * id; or exceptionally with a {@link PublishException}, whose message is one sentence for people.
     *
     * @param payload handed over, not copied
     */
    default CompletionStage<RumorId> publish(byte[] payload) {
        return publish(payload, 0);
    }

    /**
     * Publishes a message.
     *
     * @param relays how many times each node passes it on; 0 for the network's default
     * @see #publish(byte[])
     */
    CompletionStage<RumorId> publish(byte[] payload, int relays);

    /**
     * Writes an entry of the key/value state that all nodes come to have. Completes once it is durable here, with its stamp; or
     * exceptionally with a {@link PublishException}, whose message is one sentence for people.
     *
     * @param value handed over, not copied
     */
    CompletionStage<Stamp> put(String key, byte[] value);

    /** Deletes an entry; completes as {@link #put}, exceptionally if there is none. */
    CompletionStage<Stamp> delete(String key);

    /** What the node has for a key; empty if there is nothing. Completes exceptionally if the node does not run. */
    CompletionStage<Optional<Entry>> get(String key);

    /**
     * Calls the listener for every message that comes from another node, on the node's event loop: it must not block. Stays
     * in force over {@link #stop} and {@link #start}.
     */
    void onDelivered(Consumer<Delivery> listener);

    /** Calls the listener for every event. Stays in force over {@link #stop} and {@link #start}. */
    void onEvent(EventListener listener);

    /** Says goodbye to the neighbours and stops the node, alone; returns when its port is free. */
    void stop() throws HostException;

    /** Stops the node as a crash would: without a word, and without what has not been written yet. */
    void kill() throws HostException;

    /** Starts a stopped node again, with what its store remembers; returns when it listens. */
    void start() throws HostException;

    /** {@link #stop} without a complaint if it was stopped already. */
    @Override
    void close();
}
