package dev.hearsay.live.store;

/** The store does not do what it should. The message is one sentence for people. */
public final class StoreException extends Exception {

    /** What is to be done about it differs. */
    enum Kind {
        FULL,
        DAMAGED,
        OTHER
    }

    private final Kind kind;

    StoreException(String message, Kind kind, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public StoreException(String message) {
        super(message);
        this.kind = Kind.OTHER;
    }

    /** Whether the reason is that there is no room. */
    public boolean isFull() {
        return kind == Kind.FULL;
    }

    /** Whether the store's content is damaged. */
    public boolean isDamaged() {
        return kind == Kind.DAMAGED;
    }
}
