package dev.hearsay.live.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A long answer, made piece by piece as fast as its reader reads, so that there is never more of it in memory than one piece; the node does other things in between. Used on
 * the node's loop only.
 */
final class PagedResponse {

    /** About how long a piece is to be. */
    static final int PIECE_CHARS = 64 << 10;

    private final HttpServerResponse response;
    private final String end;
    private final Supplier<Future<@Nullable String>> pieces;
    private boolean isWaiting;

    private PagedResponse(HttpServerResponse response, String end, Supplier<Future<@Nullable String>> pieces) {
        this.response = response;
        this.end = end;
        this.pieces = pieces;
    }

    /**
     * Answers with all that the pieces are, one after the other.
     *
     * @param pieces makes the next one; null if there are no more
     */
    static void send(
            HttpServerRequest request, String beginning, String end, Supplier<Future<@Nullable String>> pieces) {
        HttpServerResponse response = request.response().setChunked(true);
        response.exceptionHandler(gone -> {});
        if (!beginning.isEmpty()) {
            response.write(beginning);
        }
        PagedResponse page = new PagedResponse(response, end, pieces);
        response.drainHandler(ignored -> page.go());
        page.go();
    }

    private void go() {
        while (!isWaiting && !response.closed() && !response.ended() && !response.writeQueueFull()) {
            Future<@Nullable String> piece = pieces.get();
            if (piece.isComplete()) {
                write(piece);
            } else {
                isWaiting = true;
                piece.onComplete(made -> {
                    isWaiting = false;
                    write(piece);
                    go();
                });
            }
        }
    }

    private void write(Future<@Nullable String> made) {
        String piece = made.result();
        if (response.closed() || response.ended()) {
            return;
        }
        if (made.failed()) {
            // So that nobody takes it for a whole answer.
            response.reset();
        } else if (piece == null) {
            response.end(end);
        } else {
            response.write(piece);
        }
    }
}
