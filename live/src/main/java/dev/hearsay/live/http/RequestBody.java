package dev.hearsay.live.http;

import dev.hearsay.live.memory.Incoming;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads a request's body, and never keeps more of it than allowed. */
public final class RequestBody {

    /** So much of a body that is too large is read and thrown away, to let the sender hear why; then the line is cut. */
    private static final long DISCARD_MAX = 16L << 20;

    private static final Problem CROWDED =
            Problem.unavailable("The node is reading as much as it has memory for.", "Send it again in a moment.");

    private static final int FIRST_BYTES = 8192;
    private static final long RESERVED_MAX = 256 << 10;

    private final Incoming.Reading reading;
    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<byte[]> whenRead;
    private byte[] bytes;
    private int length;
    private long discarded;
    private boolean isOver;

    private RequestBody(HttpServerRequest request, int limit, long announced, Consumer<byte[]> whenRead) {
        this.request = request;
        this.limit = limit;
        this.whenRead = whenRead;
        Context loop = Objects.requireNonNull(Vertx.currentContext(), "not on a loop");
        this.reading = Incoming.ofProcess().begin(() -> loop.runOnContext(ignored -> refuse(CROWDED)));
        // What is announced need never come, so no more than a little is set aside for it at once.
        this.bytes = new byte[0];
        reserve(announced < 0 ? 0 : (int) Math.min(announced, RESERVED_MAX));
    }

    /**
     * Reads the body and calls back with it, on the same loop. One that is larger than the limit is answered with 413; of one
     * that breaks off, nothing is heard.
     */
    public static void read(HttpServerRequest request, int limit, Consumer<byte[]> whenRead) {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long announced = header == null ? -1 : Long.parseLong(header);
        RequestBody body = new RequestBody(request, limit, announced > limit ? -1 : announced, whenRead);
        if (announced > limit) {
            body.refuse(Problem.tooLarge(limit));
        }
        request.exceptionHandler(broken -> body.giveUp());
        request.handler(body::onChunk);
        request.endHandler(ignored -> body.onEnd());
    }

    private void onChunk(Buffer chunk) {
        if (isOver) {
            discarded += chunk.length();
            if (discarded > DISCARD_MAX) {
                request.connection().close();
            }
            return;
        }
        if (length + chunk.length() > limit) {
            refuse(Problem.tooLarge(limit));
            return;
        }
        int needed = length + chunk.length();
        if (needed > bytes.length
                && !reserve(Math.max(needed, Math.min(limit, Math.max(FIRST_BYTES, 2 * bytes.length))))) {
            refuse(CROWDED);
            return;
        }
        chunk.getBytes(bytes, length);
        length = needed;
    }

    /** Makes room for so many bytes, unless too much is being read already, of all requests together. */
    private boolean reserve(int size) {
        if (!reading.holds(size)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    private void giveUp() {
        isOver = true;
        reading.holds(0);
        bytes = new byte[0];
    }

    private void refuse(Problem problem) {
        if (isOver) {
            return;
        }
        giveUp();
        problem.answer(request.response());
    }

    private void onEnd() {
        if (!isOver) {
            try {
                byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
                Problem.guard(request, () -> whenRead.accept(whole));
            } finally {
                giveUp();
            }
        }
    }
}
