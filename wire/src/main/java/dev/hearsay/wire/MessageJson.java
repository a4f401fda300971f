package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON: one object each, told apart by {@code "type"}, alone on a line or many in a batch. Numbers that need all
 * 64 bits (epochs, hashes) are strings of hexadecimal digits, for most readers of JSON would round them.
 *
 * <p>Fields it does not know are passed over, so that later versions may add some; anything else out of order is refused with
 * one sentence. Not thread-safe: each event loop has its own.
 */
public final class MessageJson {

    /**
     * A message's JSON has at most so many bytes: room for a payload of 1 MiB in base64, beside a repair's others and their
     * paths.
     */
    public static final int MESSAGE_BYTES_MAX = 8 << 20;

    /** The content type of a batch. */
    public static final String CONTENT_TYPE = "application/vnd.hearsay.gossip+json";

    private static final byte[] BATCH_END = {']', '}'};

    /** Several messages from one node. */
    public record Batch(NodeId from, List<Message> messages) {}

    /** One message, and who it is from, as a line of its own has it. */
    public record Line(NodeId from, Message message) {}

    private final MessageReader reader = new MessageReader();
    private final MessageWriter writer = new MessageWriter();

    /** The message as one JSON object, without a line break. */
    public byte[] write(Message message) {
        return writer.write(null, message);
    }

    /** The message as one JSON object that says who it is from, with a line break. */
    public byte[] writeLine(NodeId from, Message message) {
        return writer.write(from, message);
    }

    /** What stands before the messages of a batch; they follow with commas between them, and {@link #batchEnd}. */
    public static byte[] batchStart(NodeId from) {
        return ("{\"from\":\"" + from + "\",\"messages\":[").getBytes(StandardCharsets.UTF_8);
    }

    /** What stands after the messages of a batch. */
    public static byte[] batchEnd() {
        return BATCH_END.clone();
    }

    /**
     * Reads one message.
     *
     * @throws WireException with one sentence for people, whatever is wrong
     */
    public Message read(byte[] utf8) throws WireException {
        return parse(utf8, parser -> {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "a message is a JSON object");
            return reader.message(parser);
        });
    }

    /**
     * Reads one line, without its line break. Unlike an HTTP request it says nothing about how it is encoded, so anything but
     * UTF-8 is refused before the parser guesses.
     *
     * @throws WireException with one sentence for people, whatever is wrong
     */
    public Line readLine(byte[] line) throws WireException {
        expect(Utf8.isValid(line), "a line must be UTF-8");
        for (byte b : line) {
            expect(b != 0, "a line must not contain a zero byte");
        }
        return parse(line, parser -> {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "a message is a JSON object");
            return reader.line(parser);
        });
    }

    /**
     * Reads a batch.
     *
     * @throws WireException with one sentence for people, whatever is wrong
     */
    public Batch readBatch(byte[] utf8) throws WireException {
        return parse(utf8, this::batch);
    }

    private Batch batch(JsonParser parser) throws IOException, WireException {
        expect(parser.nextToken() == JsonToken.START_OBJECT, "a batch is a JSON object");
        NodeId from = null;
        List<Message> messages = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "from" -> {
                    expect(from == null, "'from' is there twice");
                    from = reader.address(parser, name);
                }
                case "messages" -> {
                    expect(messages == null, "'messages' is there twice");
                    messages = messages(parser);
                }
                default -> parser.skipChildren();
            }
        }
        return new Batch(present(from, "from"), present(messages, "messages"));
    }

    private List<Message> messages(JsonParser parser) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'messages' must be a list");
        List<Message> messages = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            expect(token == JsonToken.START_OBJECT, "a message is a JSON object");
            messages.add(reader.message(parser));
        }
        return messages;
    }

    static void expect(boolean condition, String complaint) throws WireException {
        if (!condition) {
            throw new WireException(complaint);
        }
    }

    static <T> T present(@Nullable T value, String name) throws WireException {
        if (value == null) {
            throw new WireException("'" + name + "' is missing");
        }
        return value;
    }

    private interface Read<T> {
        T from(JsonParser parser) throws IOException, WireException;
    }

    private <T> T parse(byte[] utf8, Read<T> read) throws WireException {
        reader.begin(new ReadingBudget(utf8.length));
        try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
            T value = read.from(parser);
            expect(parser.nextToken() == null, "something follows the JSON object");
            return value;
        } catch (JsonProcessingException e) {
            throw new WireException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }
}
