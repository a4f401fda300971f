package dev.hearsay.live.api;

import dev.hearsay.core.Event;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.EventRing;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A long answer, made piece by piece as fast as its reader reads, so that there is never more of it in memory than one piece; the node does other things in between. Used on
 * the node's loop only.
 */
final class PagedResponse implements Readers.Reader {

    /** About how long a piece is to be. */
    static final int PIECE_CHARS = 64 << 10;

    static final String JSON = "application/json";

    /** How an event is shown. */
    interface Lines {
        @Nullable
        String of(long atMicros, Event event);
    }

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
     * Answers with all that the pieces are, one after the other; as it keeps memory until it is read, one of those who do not read may have to go for it.
     *
     * @param pieces makes the next one; null if there are no more
     * @param host where it is read
     */
    static void send(
            HttpServerRequest request,
            String beginning,
            String end,
            Supplier<Future<@Nullable String>> pieces,
            String host,
            Readers readers) {
        HttpServerResponse response = request.response().setChunked(true);
        response.exceptionHandler(gone -> {});
        if (!beginning.isEmpty()) {
            response.write(beginning);
        }
        PagedResponse page = new PagedResponse(response, end, pieces);
        response.closeHandler(ignored -> readers.remove(page));
        page.whenOver = () -> readers.remove(page);
        if (page.isOver()) {
            return;
        }
        readers.add(host, page);
        page.go();
    }

    /** The same with the events that there are now, each as a line; null for those that are left out, as those are that make room meanwhile. */
    static void sendEvents(HttpServerRequest request, EventRing ring, Lines lines, String host, Readers readers) {
        long end = ring.last();
        long[] next = {ring.first()};
        Supplier<Future<@Nullable String>> pieces = () -> {
            StringBuilder piece = new StringBuilder();
            long number = Math.max(next[0], ring.first());
            for (; number <= end && piece.length() < PIECE_CHARS; number++) {
                String line = lines.of(ring.atMicros(number), ring.event(number));
                if (line != null) {
                    piece.append(line).append('\n');
                }
            }
            next[0] = number;
            return Future.succeededFuture(piece.isEmpty() ? null : piece.toString());
        };
        send(request, "", "", pieces, host, readers);
    }

    /** The same with JSON whose parts are made as they are wanted. */
    static void sendJson(
            HttpServerRequest request,
            String beginning,
            Stream<String> parts,
            String end,
            String host,
            Readers readers) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        send(request, beginning, end, pieces(parts), host, readers);
    }

    /** As many of the parts at a time as make a piece. */
    static Supplier<Future<@Nullable String>> pieces(Stream<String> parts) {
        Iterator<String> rest = parts.iterator();
        return () -> {
            StringBuilder piece = new StringBuilder();
            while (piece.length() < PIECE_CHARS && rest.hasNext()) {
                piece.append(rest.next());
            }
            return Future.succeededFuture(piece.isEmpty() ? null : piece.toString());
        };
    }

    /** The first pieces, and then the others. */
    static Supplier<Future<@Nullable String>> concat(
            Supplier<Future<@Nullable String>> first, Supplier<Future<@Nullable String>> others) {
        boolean[] isFirstOver = {false};
        return () -> isFirstOver[0]
                ? others.get()
                : first.get().compose(piece -> {
                    isFirstOver[0] = piece == null;
                    return piece == null ? others.get() : Future.succeededFuture(piece);
                });
    }

    /** The items of an array, each made when it is wanted; those of which nothing is left by then are left out. */
    static <T> Stream<String> items(List<T> items, Function<? super T, @Nullable String> json) {
        boolean[] isBegun = {false};
        return items.stream().map(json).filter(Objects::nonNull).map(item -> {
            String comma = isBegun[0] ? "," : "";
            isBegun[0] = true;
            return comma + item;
        });
    }

    static void sendWhole(HttpServerRequest request, String type, String whole, String host, Readers readers) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, type);
        int[] next = {0};
        Supplier<Future<@Nullable String>> pieces = () -> {
            int from = next[0];
            int to = Math.min(from + PIECE_CHARS, whole.length());
            // Never half a character.
            next[0] = to < whole.length() && Character.isHighSurrogate(whole.charAt(to - 1)) ? to - 1 : to;
            return Future.succeededFuture(from == to ? null : whole.substring(from, next[0]));
        };
        // Written in pieces, for what the connection has been given is not taken back from it.
        send(request, "", "", pieces, host, readers);
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
