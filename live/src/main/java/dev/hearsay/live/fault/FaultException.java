package dev.hearsay.live.fault;

/** A fault could not begin, or end. The message is one sentence for people, without its end. */
public final class FaultException extends Exception {

    /** Why. */
    public enum Code {
        /** There is none of that id. */
        NO_SUCH_FAULT,
        /** It is about nodes that are not here. */
        NO_SUCH_NODE,
        /** Its id was given to another one meanwhile; a higher one may do. */
        TAKEN,
        /** The nodes, or the faults that there are, do not allow it now. */
        CONFLICT,
        /** Whoever is to carry it out does not answer, or refuses. */
        FAILED
    }

    private final Code code;

    public FaultException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public FaultException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
