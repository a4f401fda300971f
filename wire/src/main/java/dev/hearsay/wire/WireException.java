package dev.hearsay.wire;

/** What came over the wire, or out of a file, is not what it should be. The message is one sentence for people. */
public sealed class WireException extends Exception permits FieldException, VersionException {

    public WireException(String message) {
        super(oneLine(message));
    }

    public WireException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** What strangers sent may be quoted in it, and must not break out of its line in a log or a terminal. */
    static String oneLine(String message) {
        return message.replaceAll("[\\p{Cntrl}\\s]+", " ");
    }
}
