package dev.hearsay.live.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a request's body, and never keeps more of it than allowed. */
public final class RequestBody {

    /** So much of a body that is too large is read and thrown away, to let the sender hear why; then the line is cut. */
    private static final long DISCARD_MAX = 16L << 20;

    private final HttpServerRequest request;
    private final int limit;
    private final Consumer<byte[]> whenRead;
    private @Nullable Buffer first;
    private @Nullable Buffer gathered;
    private long length;
    private boolean isTooLarge;

    private RequestBody(HttpServerRequest request, int limit, Consumer<byte[]> whenRead) {
        this.request = request;
        this.limit = limit;
        this.whenRead = whenRead;
    }

    /**
     * Reads the body and calls back with it, on the same loop. One that is larger than the limit is answered with 413; of one
     * that breaks off, nothing is heard.
     */
    public static void read(HttpServerRequest request, int limit, Consumer<byte[]> whenRead) {
        RequestBody body = new RequestBody(request, limit, whenRead);
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && announced.length() > 6 && Long.parseLong(announced) > limit) {
            body.refuse();
        }
        request.exceptionHandler(broken -> body.isTooLarge = true);
        request.handler(body::onChunk);
        request.endHandler(ignored -> body.onEnd());
    }

    private void onChunk(Buffer chunk) {
        length += chunk.length();
        if (isTooLarge) {
            if (length > DISCARD_MAX) {
                request.connection().close();
            }
        } else if (length > limit) {
            refuse();
        } else if (first == null) {
            first = chunk;
        } else {
            if (gathered == null) {
                gathered = Buffer.buffer().appendBuffer(first);
            }
            gathered.appendBuffer(chunk);
        }
    }

    private void refuse() {
        isTooLarge = true;
        first = null;
        gathered = null;
        Problem.tooLarge(limit).answer(request.response());
    }

    private void onEnd() {
        if (!isTooLarge) {
            Buffer whole = gathered != null ? gathered : first;
            whenRead.accept(whole == null ? new byte[0] : whole.getBytes());
        }
    }
}
