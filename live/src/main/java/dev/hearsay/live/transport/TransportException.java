package dev.hearsay.live.transport;

import org.jspecify.annotations.Nullable;

/** A node cannot listen at its address. The message is one sentence for people. */
public final class TransportException extends Exception {

    private final boolean isPortTaken;

    TransportException(String message, boolean isPortTaken, @Nullable Throwable cause) {
        super(message, cause);
        this.isPortTaken = isPortTaken;
    }

    /** Whether the reason is that somebody else listens there. */
    public boolean isPortTaken() {
        return isPortTaken;
    }
}
