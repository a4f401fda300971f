package dev.hearsay.wire;

import dev.hearsay.core.NodeId;
import java.util.HashMap;
import java.util.Map;

/** Node addresses as they are read: the same few come again and again, and are kept. Bounded, whatever strangers send. */
final class Addresses {

    private static final int KEPT_MAX = 16384;

    /** A host name has 253 characters at most, and there are brackets, a colon and a port. */
    private static final int TEXT_MAX = 262;

    private final Map<String, NodeId> known = new HashMap<>();

    NodeId read(String text) throws WireException {
        NodeId found = known.get(text);
        if (found != null) {
            return found;
        }
        if (text.length() > TEXT_MAX) {
            throw new WireException("an address of " + text.length() + " characters; the limit is " + TEXT_MAX);
        }
        NodeId node;
        try {
            node = NodeId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
        if (known.size() == KEPT_MAX) {
            known.clear();
        }
        known.put(text, node);
        return node;
    }
}
