package dev.hearsay.wire;

import static dev.hearsay.wire.MessageJson.expect;
import static dev.hearsay.wire.MessageJson.present;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a rumor with its hops and path: most of what nodes send each other, so no more objects are made than are kept. */
final class RumorReader {

    private static final int ID_DIGITS = 64;
    private static final int WORD_DIGITS = 16;

    /** Fields that hold a number, and their bits, in the order of {@link #read(String, JsonParser)}. */
    private static final String[] NUMBERS = {"epoch", "sequence", "createdMicros", "relays", "hops"};

    private static final int FIRST_NUMBER = 2;
    private static final int ALL_NUMBERS = 0x1f << FIRST_NUMBER;

    private static final byte[] NOTHING = {};

    private final MessageReader values;

    // The fields of the rumor that is being read; one at a time.
    private @Nullable RumorId id;
    private @Nullable NodeId origin;
    private long epoch;
    private long sequence;
    private long createdMicros;
    private long relays;
    private long hops;
    private List<NodeId> path = List.of();
    private NodeId[] pathSoFar = new NodeId[16];
    private byte @Nullable [] payload;
    private long size;

    /** The last origin read: rumors of one origin come in rows. */
    private @Nullable Origin lastOrigin;

    RumorReader(MessageReader values) {
        this.values = values;
    }

    RelayedRumor read(JsonParser parser) throws IOException, WireException {
        MessageReader.open(parser, "rumor");
        id = null;
        origin = null;
        path = List.of();
        payload = null;
        size = 0;
        int seen = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int bit = read(name, parser);
            MessageReader.once(seen, bit, name.equals("base64") || name.equals("bytes") ? "text" : name);
            seen |= bit;
        }
        return carried(seen);
    }

    /** Reads one field; answers with a bit of its own, or 0 if it is not known. */
    private int read(String name, JsonParser parser) throws IOException, WireException {
        switch (name) {
            case "id" -> {
                id = id(parser);
                return 1;
            }
            case "origin" -> {
                origin = values.address(parser, name);
                return 1 << 1;
            }
            case "epoch" -> {
                expect(parser.currentToken() == JsonToken.VALUE_STRING, "'epoch' must be a string");
                epoch = MessageReader.hex(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), name);
                return 1 << 2;
            }
            case "sequence" -> {
                sequence = MessageReader.whole(parser, name);
                return 1 << 3;
            }
            case "createdMicros" -> {
                createdMicros = MessageReader.whole(parser, name);
                return 1 << 4;
            }
            case "relays" -> {
                relays = MessageReader.whole(parser, name);
                return 1 << 5;
            }
            case "hops" -> {
                hops = MessageReader.whole(parser, name);
                return 1 << 6;
            }
            case "path" -> {
                path = path(parser);
                return 1 << 7;
            }
            case "text" -> {
                payload = text(parser);
                return 1 << 8;
            }
            case "base64" -> {
                expect(parser.currentToken() == JsonToken.VALUE_STRING, "'base64' must be a string");
                payload = parser.getBinaryValue();
                return 1 << 8;
            }
            case "bytes" -> {
                // Only recordings have rumors without their payload; a node takes none from others.
                size = MessageReader.whole(parser, name);
                expect(size >= 1 && size <= Integer.MAX_VALUE, "'bytes' must be a positive number of 32 bits");
                payload = NOTHING;
                return 1 << 8;
            }
            default -> {
                parser.skipChildren();
                return 0;
            }
        }
    }

    private RelayedRumor carried(int seen) throws WireException {
        NodeId node = present(origin, "origin");
        RumorId itsId = present(id, "id");
        byte[] content = present(payload, "text");
        if ((seen & ALL_NUMBERS) != ALL_NUMBERS) {
            int first = Integer.numberOfTrailingZeros(~seen & ALL_NUMBERS);
            throw new WireException("'" + NUMBERS[first - FIRST_NUMBER] + "' is missing");
        }
        expect(relays >= 1 && relays <= Rumor.RELAYS_MAX, "'relays' must be 1 to " + Rumor.RELAYS_MAX);
        expect(hops >= 1, "'hops' must be positive");
        expect(sequence >= 1, "'sequence' must be positive");
        Origin whole = lastOrigin;
        if (whole == null || whole.epoch() != epoch || !whole.node().equals(node)) {
            whole = new Origin(node, epoch);
            lastOrigin = whole;
        }
        Rumor rumor = new Rumor(
                itsId, whole, sequence, createdMicros, (int) relays, content, size == 0 ? content.length : (int) size);
        return new RelayedRumor(rumor, (int) Math.min(hops, RelayedRumor.HOPS_MAX), path);
    }

    private List<NodeId> path(JsonParser parser) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'path' must be a list");
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (size > RelayedRumor.PATH_MAX) {
                continue;
            }
            if (size == pathSoFar.length) {
                pathSoFar = Arrays.copyOf(pathSoFar, 2 * size);
            }
            pathSoFar[size++] = values.address(parser, "path");
        }
        return size > RelayedRumor.PATH_MAX ? List.of() : List.of(Arrays.copyOf(pathSoFar, size));
    }

    private static RumorId id(JsonParser parser) throws IOException, WireException {
        expect(
                parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() == ID_DIGITS,
                "'id' must be a string of 64 hexadecimal digits");
        char[] chars = parser.getTextCharacters();
        int at = parser.getTextOffset();
        return new RumorId(
                MessageReader.hex(chars, at, WORD_DIGITS, "id"),
                MessageReader.hex(chars, at + WORD_DIGITS, WORD_DIGITS, "id"),
                MessageReader.hex(chars, at + 2 * WORD_DIGITS, WORD_DIGITS, "id"),
                MessageReader.hex(chars, at + 3 * WORD_DIGITS, WORD_DIGITS, "id"));
    }

    private static byte[] text(JsonParser parser) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "'text' must be a string");
        int length = parser.getTextLength();
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        byte[] ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = chars[from + i];
            if (c >= 128) {
                return Utf8.encode(CharBuffer.wrap(chars, from, length), "text");
            }
            ascii[i] = (byte) c;
        }
        return ascii;
    }
}
