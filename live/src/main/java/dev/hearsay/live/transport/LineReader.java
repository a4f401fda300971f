package dev.hearsay.live.transport;

import dev.hearsay.wire.WireException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts lines together out of what a connection brings, and keeps no more than one line and one piece. */
final class LineReader {

    private static final byte[] NOTHING = {};

    private final int lineBytesMax;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    /** Up to here there is no line break. */
    private int searched;

    LineReader(int lineBytesMax) {
        this.lineBytesMax = lineBytesMax;
    }

    void add(Buffer piece) {
        if (start == end) {
            bytes = piece.getBytes();
            start = 0;
            searched = 0;
            end = bytes.length;
            return;
        }
        int kept = end - start;
        int needed = kept + piece.length();
        if (end + piece.length() > bytes.length) {
            // Doubling, so that a long line in many pieces is not copied as often as it has pieces.
            byte[] target = needed > bytes.length ? new byte[capacity(needed)] : bytes;
            System.arraycopy(bytes, start, target, 0, kept);
            bytes = target;
            searched -= start;
            start = 0;
        }
        piece.getBytes(bytes, start + kept);
        end = start + needed;
    }

    private int capacity(int needed) {
        return Math.max(needed, (int) Math.min(2L * needed, lineBytesMax));
    }

    /**
     * The next whole line without its line break; null if there is none yet.
     *
     * @throws WireException if the line is longer than allowed, whether it is whole or not
     */
    byte @Nullable [] next() throws WireException {
        while (searched < end && bytes[searched] != '\n') {
            searched++;
        }
        int length = searched - start;
        if (length > lineBytesMax) {
            throw new WireException("a line of more than " + lineBytesMax + " bytes");
        }
        if (searched == end) {
            if (start == end) {
                clear();
            }
            return null;
        }
        byte[] line = Arrays.copyOfRange(bytes, start, searched);
        searched++;
        start = searched;
        return line;
    }

    /** How many bytes it holds. */
    int held() {
        return bytes.length;
    }

    void clear() {
        bytes = NOTHING;
        start = 0;
        end = 0;
        searched = 0;
    }

    /** Whether something stands after the last line break that is more than white space. */
    boolean hasRest() {
        return !isBlank(Arrays.copyOfRange(bytes, start, end));
    }

    static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return false;
            }
        }
        return true;
    }
}
