package dev.hearsay.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a node writes on a connection that others send it lines on: once that it takes them, or why it does not and closes the
 * connection. Answers to messages are messages themselves, and go to the address that the message was from; only to a node that is not
 * known here they may come back on the same connection.
 *
 * @param error one sentence; empty if the lines are taken
 * @param isRetry whether the same lines may be taken a little later
 */
public record LineAnswer(String error, boolean isRetry) {

    /** The first message on this connection was taken. */
    public static final LineAnswer ACCEPTED = new LineAnswer("", false);

    /** An answer has at most so many bytes. */
    public static final int BYTES_MAX = 4096;

    private static final int ERROR_MAX = 400;

    public LineAnswer {
        // What strangers sent may be quoted in it.
        error = WireException.oneLine(error.length() <= ERROR_MAX ? error : error.substring(0, ERROR_MAX) + "…");
    }

    /** The lines are not taken, nor would they be another time. */
    public static LineAnswer refused(String reason) {
        return new LineAnswer(reason, false);
    }

    public boolean isAccepted() {
        return error.isEmpty();
    }

    /** The answer with its line break. */
    public byte[] toLine() {
        String line = Json.line(json -> {
            json.writeStartObject();
            json.writeStringField("type", isAccepted() ? "ACCEPTED" : "ERROR");
            if (!isAccepted()) {
                json.writeStringField("reason", error);
            }
            if (isRetry) {
                json.writeBooleanField("retry", true);
            }
            json.writeEndObject();
        });
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an answer.
     *
     * @throws WireException with one sentence for people, if it is none
     */
    public static LineAnswer read(byte[] line) throws WireException {
        LineAnswer answer = find(line);
        if (answer == null) {
            throw new WireException("an answer is either ACCEPTED or ERROR");
        }
        return answer;
    }

    /**
     * Reads an answer; null if the line is of another type, as messages are.
     *
     * @throws WireException with one sentence for people, if it is no JSON object with a type
     */
    public static @Nullable LineAnswer find(byte[] line) throws WireException {
        JsonObject object = JsonObject.parse(line);
        String type = object.text("type");
        return switch (type) {
            case "ACCEPTED" -> ACCEPTED;
            case "ERROR" -> {
                String reason = object.text("reason");
                boolean isRetry = object.has("retry") && object.flag("retry");
                yield new LineAnswer(reason.isBlank() ? "no reason given" : reason, isRetry);
            }
            default -> null;
        };
    }
}
