package dev.hearsay.live.node;

import java.util.Objects;

/** A message was not accepted. The message is one sentence for people. */
public final class PublishException extends RuntimeException {

    /** Why. */
    public enum Code {
        /** It is larger than the network's limit. */
        TOO_LARGE,
        /** The store has no room. */
        STORE_FULL,
        /** The store cannot be written. */
        STORE_FAILED,
        /** The node does not run, or stopped before the message was durable. */
        STOPPED
    }

    private final Code code;

    public PublishException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    public Code code() {
        return code;
    }
}
