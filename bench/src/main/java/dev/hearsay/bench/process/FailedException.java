package dev.hearsay.bench.process;

/** A process did not do what it was started for. The message is one sentence for people. */
public final class FailedException extends Exception {

    public FailedException(String message) {
        super(message);
    }

    public FailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
