package dev.hearsay.live.transport;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** Passes the bytes of one HTTP connection on to the node's pages, and theirs back, no faster than either side reads. */
final class HttpPassage {

    /** When one side has ended, the other may go on until nothing has come from the pages for so long. */
    private static final long SILENCE_NANOS_MAX = 60_000_000_000L;

    private final NetSocket outer;
    private final PagesDoor door;
    private @Nullable NetSocket inner;
    private boolean isClosed;
    private boolean isHalfOver;

    /** Whether what came last was from the pages. */
    private boolean isAnswered;

    private boolean hasAnswered;
    private long activeNanos;

    /**
     * Takes the connection over.
     *
     * @param head what has come on it so far
     */
    HttpPassage(NetSocket outer, Buffer head, PagesDoor door) {
        this.outer = outer;
        this.door = door;
        outer.pause();
        door.connect(outer.remoteAddress().hostAddress()).onComplete(attempt -> {
            if (attempt.failed()) {
                outer.close();
            } else if (isClosed) {
                door.forget(attempt.result().localAddress().port());
                attempt.result().close();
            } else {
                join(attempt.result(), head);
            }
        });
    }

    private void join(NetSocket pages, Buffer head) {
        inner = pages;
        pages.exceptionHandler(broken -> {});
        int port = pages.localAddress().port();
        pages.closeHandler(ignored -> {
            door.forget(port);
            endHalf();
        });
        pages.endHandler(ignored -> outer.end());
        pages.handler(piece -> {
            isAnswered = true;
            hasAnswered = true;
            activeNanos = System.nanoTime();
            pass(piece, pages, outer);
        });
        outer.handler(piece -> {
            isAnswered = false;
            pass(piece, outer, pages);
        });
        pages.write(head);
        outer.resume();
    }

    private static void pass(Buffer piece, NetSocket from, NetSocket to) {
        to.write(piece);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(ignored -> from.resume());
        }
    }

    /** The client ends its direction: one that has its answer is gone, one that has not may wait for it. */
    void onInputEnd() {
        endHalf();
        NetSocket pages = inner;
        if (isAnswered && pages != null) {
            Sockets.endOutput(pages);
        }
    }

    private void endHalf() {
        isHalfOver = true;
        activeNanos = System.nanoTime();
    }

    /** Whether the pages have ever had something to say to it. */
    boolean hasAnswered() {
        return hasAnswered;
    }

    void onClosed() {
        isClosed = true;
        if (inner != null) {
            Sockets.close(inner);
        }
    }

    void sweep(long nowNanos) {
        if (isHalfOver && nowNanos - activeNanos > SILENCE_NANOS_MAX) {
            Sockets.abort(outer);
        }
    }
}
