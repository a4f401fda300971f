package dev.hearsay.live.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers to a link's requests: of each, its status is all that matters. Made for the answer that nearly always
 * comes, a 204 of a few bytes in one piece, and correct for the others.
 */
final class ReceiptReader {

    /** Not an answer yet, or not a whole one. */
    static final int INCOMPLETE = 0;

    /** Not an answer at all. */
    static final int GARBAGE = -1;

    private static final int HEAD_BYTES_MAX = 16384;
    private static final byte[] STATUS_LINE = "HTTP/1.1 204".getBytes(StandardCharsets.US_ASCII);

    /** An answer as short as this has no header that matters. */
    private static final int PLAIN_BYTES_MAX = 32;

    private static final int VERSION_LENGTH = "HTTP/1.1 ".length();

    private @Nullable Buffer head;
    private int status;
    private long bodyLeft;
    private boolean isLast;

    /** Takes what has come; returns the status once the answer is whole. */
    int read(Buffer piece) {
        if (head == null && bodyLeft == 0 && isPlain(piece)) {
            return 204;
        }
        if (bodyLeft > 0) {
            return skipBody(piece.length());
        }
        head = head == null ? Buffer.buffer().appendBuffer(piece) : head.appendBuffer(piece);
        int end = endOfHead(head);
        if (end < 0) {
            return head.length() > HEAD_BYTES_MAX ? GARBAGE : INCOMPLETE;
        }
        String text = head.getString(0, end, "ISO-8859-1");
        int beyond = head.length() - end;
        head = null;
        status = status(text);
        if (status == GARBAGE) {
            return GARBAGE;
        }
        if (status < 200) {
            // Interim: the answer itself follows.
            status = 0;
            return INCOMPLETE;
        }
        bodyLeft = status == 204 || status == 304 ? 0 : contentLength(text);
        return bodyLeft == 0 ? status : skipBody(beyond);
    }

    /** Whether the peer closes the connection after this answer, or it must be closed because the answer's end is unknown. */
    boolean isLast() {
        return isLast;
    }

    private int skipBody(int bytes) {
        bodyLeft = Math.max(0, bodyLeft - bytes);
        return bodyLeft == 0 ? status : INCOMPLETE;
    }

    private static boolean isPlain(Buffer piece) {
        int length = piece.length();
        if (length < STATUS_LINE.length + 4 || endOfHead(piece) != length) {
            return false;
        }
        for (int i = 0; i < STATUS_LINE.length; i++) {
            if (piece.getByte(i) != STATUS_LINE[i]) {
                return false;
            }
        }
        return length <= PLAIN_BYTES_MAX;
    }

    private static int endOfHead(Buffer bytes) {
        for (int i = 3; i < bytes.length(); i++) {
            if (bytes.getByte(i) == '\n'
                    && bytes.getByte(i - 1) == '\r'
                    && bytes.getByte(i - 2) == '\n'
                    && bytes.getByte(i - 3) == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int status(String text) {
        if (!text.startsWith("HTTP/1.") || text.length() < VERSION_LENGTH + 3) {
            return GARBAGE;
        }
        int value = 0;
        for (int i = VERSION_LENGTH; i < VERSION_LENGTH + 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return GARBAGE;
            }
            value = 10 * value + digit;
        }
        isLast = text.startsWith("HTTP/1.0") || "close".equalsIgnoreCase(header(text, "connection"));
        return value < 100 ? GARBAGE : value;
    }

    private long contentLength(String text) {
        String length = header(text, "content-length");
        if (length == null || !length.matches("\\d{1,9}")) {
            isLast = true;
            return 0;
        }
        return Long.parseLong(length);
    }

    private static @Nullable String header(String text, String name) {
        int at = text.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
        if (at < 0) {
            return null;
        }
        int from = at + name.length() + 3;
        return text.substring(from, text.indexOf('\r', from)).strip();
    }
}
