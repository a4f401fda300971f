package dev.hearsay.live.transport;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What is spoken on a connection; its first bytes tell. */
enum Language {
    /** Not enough has come to tell. */
    UNKNOWN,
    LINES,
    HTTP,
    NEITHER;

    private static final List<String> METHODS =
            List.of("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "TRACE ", "CONNECT ");

    static Language of(Buffer head) {
        if (head.length() == 0) {
            return UNKNOWN;
        }
        byte first = head.getByte(0);
        if (first == '{' || first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            return LINES;
        }
        boolean isBegun = false;
        for (String method : METHODS) {
            int length = Math.min(method.length(), head.length());
            if (method.startsWith(head.getString(0, length, "ISO-8859-1"))) {
                if (length == method.length()) {
                    return HTTP;
                }
                isBegun = true;
            }
        }
        return isBegun ? UNKNOWN : NEITHER;
    }
}
