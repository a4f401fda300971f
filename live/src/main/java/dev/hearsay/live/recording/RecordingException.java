package dev.hearsay.live.recording;

/** A recording cannot be read; the message is one sentence for people. */
public final class RecordingException extends Exception {

    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
