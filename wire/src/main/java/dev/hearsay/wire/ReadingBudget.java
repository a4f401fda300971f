package dev.hearsay.wire;

import java.util.HashSet;
import java.util.Set;

/**
 * How much memory the values of one document may take: a few bytes of JSON can be an object of a hundred in the heap. Strings of
 * some length, and objects of some fields, stay far below.
 */
final class ReadingBudget {

    /** Short documents may be as dense as they like. */
    private static final long BYTES_MIN = 4 << 20;

    private static final int BYTES_PER_BYTE = 4;

    static final int OBJECT = 40;
    static final int LIST = 80;
    static final int FIELD = 8;

    /** A field of an object that has many. */
    static final int MAP_FIELD = 64;

    static final int ITEM = 8;
    static final int NUMBER = 24;
    static final int STRING = 48;

    private static final int NEW_NAME = 128;

    private final Set<String> names = new HashSet<>();
    private final long bytesMax;
    private long bytes;

    /** For a document of so many bytes. */
    ReadingBudget(int length) {
        bytesMax = BYTES_MIN + (long) BYTES_PER_BYTE * length;
    }

    void spend(long more) throws WireException {
        bytes += more;
        if (bytes > bytesMax) {
            throw new WireException("so many small values would take more than " + (bytesMax >> 20)
                    + " MiB of memory; send them in several parts");
        }
    }

    /** The parser has one string for each name, however often it comes. */
    void spendOnName(String name) throws WireException {
        if (names.add(name)) {
            spend(NEW_NAME);
        }
    }
}
