package dev.hearsay.live.api;

import dev.hearsay.live.http.Readers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A long answer, made piece by piece as fast as its reader reads, so that there is never more of it in memory than one piece; the node does other things in between. Used on
 * the node's loop only.
 */
final class PagedResponse implements Readers.Reader {

    /** About how long a piece is to be. */
    static final int PIECE_CHARS = 64 << 10;

    private final HttpServerResponse response;
    private final String end;
    private final Supplier<Future<@Nullable String>> pieces;
    private Runnable whenOver = () -> {};
    private boolean isWaiting;
    private boolean isWriting;

    /** Pieces that are there, or written, at once are no calls within calls. */
    private boolean isGoing;

    private boolean isDismissed;

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
        begin(request, beginning, end, pieces).go();
    }

    /**
     * The same with an answer that keeps memory until it is read: one of those may have to go for it.
     *
     * @param host where it is read
     */
    static void send(
            HttpServerRequest request,
            String beginning,
            String end,
            Supplier<Future<@Nullable String>> pieces,
            String host,
            Readers readers) {
        PagedResponse page = begin(request, beginning, end, pieces);
        request.response().closeHandler(ignored -> readers.remove(page));
        page.whenOver = () -> readers.remove(page);
        readers.add(host, page);
        page.go();
    }

    private static PagedResponse begin(
            HttpServerRequest request, String beginning, String end, Supplier<Future<@Nullable String>> pieces) {
        HttpServerResponse response = request.response().setChunked(true);
        response.exceptionHandler(gone -> {});
        if (!beginning.isEmpty()) {
            response.write(beginning);
        }
        PagedResponse page = new PagedResponse(response, end, pieces);
        return page;
    }

    @Override
    public boolean isStalled() {
        return isWriting;
    }

    @Override
    public void dismiss(String reason) {
        isDismissed = true;
        if (!response.closed() && !response.ended()) {
            response.reset();
        }
    }

    private boolean isOver() {
        return isDismissed || response.closed() || response.ended();
    }

    private void go() {
        if (isGoing) {
            return;
        }
        isGoing = true;
        while (!isWaiting && !isWriting && !isOver()) {
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
        isGoing = false;
    }

    private void write(Future<@Nullable String> made) {
        String piece = made.result();
        if (isOver()) {
            return;
        }
        if (made.failed()) {
            // So that nobody takes it for a whole answer.
            response.reset();
        } else if (piece == null) {
            response.end(end);
            whenOver.run();
        } else {
            // Whether the queue is full is not known before the system has been asked to take it.
            isWriting = true;
            response.write(piece).onComplete(written -> {
                isWriting = false;
                go();
            });
        }
    }
}
