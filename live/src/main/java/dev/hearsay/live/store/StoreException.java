package dev.hearsay.live.store;

/** The store does not do what it should. The message is one sentence for people. */
public final class StoreException extends Exception {

    private final boolean isFull;

    StoreException(String message, boolean isFull, Throwable cause) {
        super(message, cause);
        this.isFull = isFull;
    }

    public StoreException(String message) {
        super(message);
        this.isFull = false;
    }

    /** Whether the reason is that there is no room. */
    public boolean isFull() {
        return isFull;
    }
}
