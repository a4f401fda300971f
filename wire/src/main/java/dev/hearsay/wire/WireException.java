package dev.hearsay.wire;

/** What came over the wire, or out of a file, is not what it should be. The message is one sentence for people. */
public final class WireException extends Exception {

    public WireException(String message) {
        super(message);
    }

    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
