package dev.hearsay.wire;

import static dev.hearsay.wire.MessageJson.expect;
import static dev.hearsay.wire.MessageJson.present;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reading half of {@link MessageJson}. Fields may come in any order, the type last if somebody likes; what a field holds
 * depends on its name alone, so each is read as it comes and the message is put together at the end.
 */
final class MessageReader {

    private static final int BOUNDS_MAX = 1 << 20;

    /** More neighbours than one node has, and more origins than it knows. */
    static final int ITEMS_MAX = 1 << 17;

    private static final int HEX_DIGITS = 16;
    private static final int BAD_RUMORS_MAX = 100;

    private final AddressCache addresses = new AddressCache();
    private final RumorReader rumorReader = new RumorReader(this);
    private ReadingBudget budget = new ReadingBudget(0);

    /** The fields of one message, whatever its type; null and 0 where there was none. */
    private static final class Fields {
        @Nullable
        NodeId from;

        @Nullable
        String type;

        @Nullable
        RelayedRumor rumor;

        @Nullable
        String hash;

        @Nullable
        List<AntiEntropyProtocol.Holding> holdings;

        @Nullable
        List<AntiEntropyProtocol.Want> wants;

        @Nullable
        List<RelayedRumor> rumors;

        @Nullable
        Boolean more;

        @Nullable
        List<NodeId> neighbours;

        @Nullable
        Boolean everybody;

        @Nullable
        Boolean answer;

        @Nullable
        Long number;

        /** Those of the messages about membership, which are too rare and too many to be read one by one. */
        final Map<String, @Nullable Object> others = new LinkedHashMap<>(0);
    }

    /** What all that is read from here on may take. */
    void begin(ReadingBudget newBudget) {
        budget = newBudget;
    }

    /** Reads a message whose opening brace is the current token; leaves the parser at its closing one. */
    Message message(JsonParser parser) throws IOException, WireException {
        return message(fields(parser));
    }

    /** The same of a message that says who it is from. */
    MessageJson.Line line(JsonParser parser) throws IOException, WireException {
        Fields fields = fields(parser);
        return new MessageJson.Line(present(fields.from, "from"), message(fields));
    }

    private Fields fields(JsonParser parser) throws IOException, WireException {
        Fields fields = new Fields();
        int seen = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int bit = read(name, parser, fields);
            once(seen, bit, name);
            seen |= bit;
        }
        return fields;
    }

    /** Reads one field; answers with a bit of its own, or 0 if it is not known. */
    private int read(String name, JsonParser parser, Fields fields) throws IOException, WireException {
        switch (name) {
            case "type" -> {
                fields.type = text(parser, name);
                return 1;
            }
            case "rumor" -> {
                fields.rumor = rumorReader.read(parser);
                return 1 << 1;
            }
            case "hash" -> {
                fields.hash = text(parser, name);
                return 1 << 2;
            }
            case "holdings" -> {
                fields.holdings = list(parser, name, this::holding);
                return 1 << 3;
            }
            case "wants" -> {
                fields.wants = list(parser, name, this::want);
                return 1 << 4;
            }
            case "rumors" -> {
                fields.rumors = rumors(parser, name);
                return 1 << 5;
            }
            case "more" -> {
                fields.more = flag(parser, name);
                return 1 << 6;
            }
            case "neighbours" -> {
                fields.neighbours = list(parser, name, p -> address(p, name));
                return 1 << 7;
            }
            case "answer" -> {
                fields.answer = flag(parser, name);
                return 1 << 8;
            }
            case "everybody" -> {
                fields.everybody = flag(parser, name);
                return 1 << 11;
            }
            case "number" -> {
                fields.number = whole(parser, name);
                return 1 << 9;
            }
            case "from" -> {
                fields.from = address(parser, name);
                return 1 << 10;
            }
            default -> {
                if (MembershipReader.FIELDS.contains(name) || StateJson.FIELDS.contains(name)) {
                    fields.others.put(name, JsonObject.value(parser, budget));
                } else {
                    parser.skipChildren();
                }
                return 0;
            }
        }
    }

    private static Message message(Fields fields) throws WireException {
        String type = present(fields.type, "type");
        try {
            return switch (type) {
                case "GOSSIP" -> new RumorProtocol.Gossip(present(fields.rumor, "rumor"));
                case "SUMMARY" ->
                    new AntiEntropyProtocol.Summary(
                            hex(present(fields.hash, "hash"), "hash"),
                            hexOrZero(fields.others, "versions"),
                            hexOrZero(fields.others, "state"),
                            hexOrZero(fields.others, "challenge"));
                case "DIGEST" -> digest(fields);
                case "PULL" -> new AntiEntropyProtocol.Pull(present(fields.wants, "wants"));
                case "REPAIR" ->
                    new AntiEntropyProtocol.Repair(present(fields.rumors, "rumors"), present(fields.more, "more"));
                case "LINK" ->
                    new LinkProtocol.Link(
                            present(fields.neighbours, "neighbours"),
                            present(fields.answer, "answer"),
                            Boolean.TRUE.equals(fields.everybody));
                case "LEAVE" -> new LinkProtocol.Leave();
                case "PING" -> new HeartbeatProtocol.Ping(present(fields.number, "number"));
                case "PONG" -> {
                    JsonObject json = new JsonObject(fields.others);
                    yield new HeartbeatProtocol.Pong(
                            present(fields.number, "number"),
                            json.has("life") ? CoreJson.signature(json.text("life")) : null);
                }
                default -> {
                    fields.others.put("more", fields.more);
                    fields.others.put("answer", fields.answer);
                    JsonObject json = new JsonObject(fields.others);
                    Message message = MembershipReader.read(type, json);
                    if (message == null) {
                        message = StateJson.read(type, json);
                    }
                    if (message == null) {
                        throw new WireException("'" + brief(type) + "' is not a type of message");
                    }
                    yield message;
                }
            };
        } catch (WireException e) {
            throw type.length() > 10 ? e : new WireException(type + ": " + e.getMessage(), e);
        }
    }

    /** One that makes no sense is left out, so that it does not keep the others from coming. */
    private List<RelayedRumor> rumors(JsonParser parser, String name) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'" + name + "' must be a list");
        JsonStreamContext list = parser.getParsingContext();
        List<RelayedRumor> rumors = new ArrayList<>();
        WireException complaint = null;
        int bad = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                rumors.add(rumorReader.read(parser));
            } catch (WireException | IllegalArgumentException e) {
                complaint = new WireException(String.valueOf(e.getMessage()), e);
                expect(
                        ++bad <= BAD_RUMORS_MAX,
                        "'" + name + "' has more than " + BAD_RUMORS_MAX + " that make no sense");
                while (parser.getParsingContext() != list) {
                    expect(parser.nextToken() != null, "'" + name + "' does not end");
                }
            }
        }
        if (rumors.isEmpty() && complaint != null) {
            throw complaint;
        }
        return rumors;
    }

    private static AntiEntropyProtocol.Digest digest(Fields fields) throws WireException {
        JsonObject others = new JsonObject(fields.others);
        boolean isAll = !fields.others.containsKey("buckets");
        return new AntiEntropyProtocol.Digest(
                present(fields.holdings, "holdings"),
                isAll ? AntiEntropyProtocol.Digest.ALL : hex(others.text("buckets"), "buckets"),
                fields.others.containsKey("hashes") ? StateJson.hashes(others) : List.of(),
                hexOrZero(fields.others, "challenge"));
    }

    private AntiEntropyProtocol.Holding holding(JsonParser parser) throws IOException, WireException {
        OriginFields origin = new OriginFields();
        Long floor = null;
        Ranges ranges = null;
        Ranges gone = new Ranges();
        open(parser, "holdings");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "floor" -> floor = whole(parser, name);
                case "seen" -> ranges = ranges(parser, name);
                case "gone" -> gone = ranges(parser, name);
                default -> readOrigin(name, parser, origin);
            }
        }
        long least = present(floor, "floor");
        expect(least >= 1, "'floor' must be at least 1, not " + least);
        return new AntiEntropyProtocol.Holding(origin.toOrigin(), least, present(ranges, "seen"), gone);
    }

    private AntiEntropyProtocol.Want want(JsonParser parser) throws IOException, WireException {
        OriginFields origin = new OriginFields();
        Ranges ranges = null;
        open(parser, "wants");
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("numbers")) {
                ranges = ranges(parser, name);
            } else {
                readOrigin(name, parser, origin);
            }
        }
        return new AntiEntropyProtocol.Want(origin.toOrigin(), present(ranges, "numbers"));
    }

    private static final class OriginFields {
        @Nullable
        NodeId node;

        @Nullable
        String epoch;

        Origin toOrigin() throws WireException {
            return new Origin(present(node, "origin"), hex(present(epoch, "epoch"), "epoch"));
        }
    }

    private void readOrigin(String name, JsonParser parser, OriginFields into) throws IOException, WireException {
        switch (name) {
            case "origin" -> into.node = address(parser, name);
            case "epoch" -> into.epoch = text(parser, name);
            default -> parser.skipChildren();
        }
    }

    // --- Values, the current token being theirs ----------------------------------------------------------------------

    static void open(JsonParser parser, String name) throws WireException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new WireException("'" + name + "' must hold JSON objects");
        }
    }

    static void once(int seen, int bit, String name) throws WireException {
        if ((seen & bit) != 0) {
            throw new WireException("'" + name + "' is there twice");
        }
    }

    private static void expectString(JsonParser parser, String name) throws WireException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new WireException("'" + name + "' must be a string");
        }
    }

    static String text(JsonParser parser, String name) throws IOException, WireException {
        expectString(parser, name);
        return parser.getText();
    }

    NodeId address(JsonParser parser, String name) throws IOException, WireException {
        expectString(parser, name);
        char[] chars = parser.getTextCharacters();
        return addresses.read(chars, parser.getTextOffset(), parser.getTextLength());
    }

    private static boolean flag(JsonParser parser, String name) throws IOException, WireException {
        JsonToken token = parser.currentToken();
        expect(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, "'" + name + "' must be true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    static long whole(JsonParser parser, String name) throws IOException, WireException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new WireException("'" + name + "' must be a whole number of 64 bits");
        }
        return parser.getLongValue();
    }

    private static long hexOrZero(Map<String, @Nullable Object> fields, String name) throws WireException {
        return fields.containsKey(name) ? hex(new JsonObject(fields).text(name), name) : 0;
    }

    static long hex(String digits, String name) throws WireException {
        return hex(digits.toCharArray(), 0, digits.length(), name);
    }

    /** Reads 16 hexadecimal digits where they stand. */
    static long hex(char[] chars, int from, int length, String name) throws WireException {
        if (length != HEX_DIGITS) {
            throw notHex(name);
        }
        long value = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            char c = chars[i];
            int digit;
            if (c >= '0' && c <= '9') {
                digit = c - '0';
            } else if (c >= 'a' && c <= 'f') {
                digit = c - 'a' + 10;
            } else {
                throw notHex(name);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static WireException notHex(String name) {
        return new WireException("'" + name + "' must have hexadecimal digits in lower case, 16 for each 64 bits");
    }

    private static Ranges ranges(JsonParser parser, String name) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'" + name + "' must be a list of numbers");
        long[] bounds = new long[8];
        int size = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(size < BOUNDS_MAX, "'" + name + "' has more than " + BOUNDS_MAX + " numbers");
            bounds = size == bounds.length ? Arrays.copyOf(bounds, 2 * size) : bounds;
            bounds[size++] = whole(parser, name);
        }
        return Ranges.of(Arrays.copyOf(bounds, size));
    }

    interface Item<T> {
        T read(JsonParser parser) throws IOException, WireException;
    }

    static <T> List<T> list(JsonParser parser, String name, Item<T> item) throws IOException, WireException {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "'" + name + "' must be a list");
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(items.size() < ITEMS_MAX, "'" + name + "' has more than " + ITEMS_MAX + " items");
            items.add(item.read(parser));
        }
        return items;
    }

    private static String brief(String text) {
        return text.length() <= 32 ? text : text.substring(0, 32) + "…";
    }
}
