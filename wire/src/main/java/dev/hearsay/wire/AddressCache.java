package dev.hearsay.wire;

import dev.hearsay.core.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Node addresses as they are read: the same few come again and again, and are found by their characters without making a
 * string of them. Bounded, whatever strangers send.
 */
final class AddressCache {

    private static final int SLOT_BITS = 14;

    /** An address that finds its slot and the next ones taken replaces the one in its slot. */
    private static final int SLOTS = 1 << SLOT_BITS;

    private static final int PROBES = 8;

    /** A host name has 253 characters at most, and there are brackets, a colon and a port. */
    private static final int TEXT_MAX = 262;

    private record Known(String text, NodeId node) {}

    private final @Nullable Known[] slots = new Known[SLOTS];

    NodeId read(char[] chars, int from, int length) throws WireException {
        if (length > TEXT_MAX) {
            throw new WireException("an address of " + length + " characters; the limit is " + TEXT_MAX);
        }
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        // Fibonacci hashing: ports in a row must not end up in a row.
        int home = (hash * 0x9E3779B9) >>> (Integer.SIZE - SLOT_BITS);
        int free = home;
        for (int i = 0; i < PROBES; i++) {
            int slot = (home + i) & SLOTS - 1;
            Known known = slots[slot];
            if (known == null) {
                free = slot;
                break;
            }
            if (isSame(known.text, chars, from, length)) {
                return known.node;
            }
        }
        String text = new String(chars, from, length);
        try {
            NodeId node = NodeId.parse(text);
            slots[free] = new Known(text, node);
            return node;
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isSame(String text, char[] chars, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (text.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
