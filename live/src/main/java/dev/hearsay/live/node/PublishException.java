package dev.hearsay.live.node;

import dev.hearsay.live.store.StoreException;

/** A message, or an entry of the key/value state, was not accepted. The message is one sentence for people. */
public final class PublishException extends RuntimeException {

    /** Why. */
    public enum Code {
        /** There is nothing in it. */
        EMPTY,
        /** It is larger than the network's limit. */
        TOO_LARGE,
        /** There are as many keys as there may be. */
        STATE_FULL,
        /** What it is to replace was written later than it is by the node's clock. */
        CLOCK_IS_BEHIND,
        /** The process has no memory left for it. */
        MEMORY_FULL,
        /** The store has no room. */
        STORE_FULL,
        /** The store cannot be written. */
        STORE_FAILED,
        /** The node does not run, or stopped before the message was durable. */
        STOPPED,
        /** The node failed on it; nothing of it was done. */
        FAILED
    }

    private final Code code;

    public PublishException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** The store has failed, perhaps only because the node was stopped. */
    static PublishException of(StoreException failure, boolean isStopped) {
        Code code = isStopped ? Code.STOPPED : failure.isFull() ? Code.STORE_FULL : Code.STORE_FAILED;
        return new PublishException(code, "it was not accepted: " + failure.getMessage());
    }

    static PublishException failed() {
        return new PublishException(Code.FAILED, "the node failed on it, and nothing of it was done");
    }

    public Code code() {
        return code;
    }
}
