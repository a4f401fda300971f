package dev.hearsay.live.host;

/** A host could not do what it was asked to. The message is one sentence for people. */
public final class HostException extends Exception {

    /** What went wrong, for a program to act on. */
    public enum Code {
        /** A port that a node, or the host itself, is to listen on belongs to somebody else. */
        PORT_TAKEN,
        /** The store cannot be opened or written. */
        STORE,
        /** There is no such node here. */
        NO_SUCH_NODE,
        /** Anything else. */
        FAILED
    }

    private final Code code;

    public HostException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public HostException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
