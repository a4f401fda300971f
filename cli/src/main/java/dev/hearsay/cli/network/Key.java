package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.state.State;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A key of the key/value state as people give it, checked before any node is asked. */
final class Key {

    static final State.Settings LIMITS = State.Settings.DEFAULT;

    /** What it is in the help of every command. */
    static final String HELP = "The key, up to 512 bytes, without control characters.";

    /** What must stand in the path as it is: the unreserved characters of RFC 3986, section 2.3, but the dot, for which clients have ideas of their own. */
    private static final String UNRESERVED = "-_~";

    /**
     * What was written last under a key.
     *
     * @param base64 empty if the value is UTF-8
     * @param writer the node at which it was written
     * @param at when, ISO 8601
     */
    record Entry(String key, String value, String base64, String writer, String at) {

        Entry with(NodeNames names) {
            return new Entry(key, value, base64, names.of(writer), at);
        }

        /** The value as it was written. */
        byte[] bytes() {
            return base64.isEmpty()
                    ? value.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(base64);
        }
    }

    /**
     * What was written.
     *
     * @param at when, ISO 8601
     */
    record Written(String key, String node, String at) {

        /** What a node answers. */
        static Written read(JsonObject json, Contact contact) {
            return contact.read(() -> new Written(json.text("key"), contact.name(), json.text("at")));
        }
    }

    static final RecordJson JSON = new RecordJson().usual(Entry.class, "base64", "");

    private Key() {}

    /**
     * Where a node shows the key.
     *
     * @param valueBytes how long its value shall be; 0 if it is only asked for
     * @throws Failure if no node would have such an entry
     */
    static String path(String key, int valueBytes) {
        String objection = LIMITS.objection(key, valueBytes);
        if (objection != null) {
            throw Failure.usage("This cannot be: " + objection + ".", "");
        }
        return "/keys/" + encoded(key);
    }

    /** The text for a place in a path or a query. */
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            // Bytes of characters beyond ASCII are negative.
            boolean isPlain = (each > 0 && Character.isLetterOrDigit(each)) || UNRESERVED.indexOf(each) >= 0;
            if (isPlain) {
                encoded.append((char) each);
            } else {
                encoded.append('%')
                        .append(Character.forDigit(each >> 4 & 15, 16))
                        .append(Character.forDigit(each & 15, 16));
            }
        }
        return encoded.toString();
    }
}
