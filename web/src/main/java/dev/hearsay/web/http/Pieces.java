package dev.hearsay.web.http;

import dev.hearsay.live.loop.Loop;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Supplier;

/** A long answer that is written down piece by piece: one in each turn of the loop, as fast as they are taken. */
public final class Pieces {

    private final Loop loop;
    private final HttpServerResponse response;
    private final List<Supplier<String>> pieces;
    private int next;
    private boolean isDue;

    private Pieces(Loop loop, HttpServerResponse response, List<Supplier<String>> pieces) {
        this.loop = loop;
        this.response = response;
        this.pieces = pieces;
    }

    /**
     * Begins to send it.
     *
     * @param pieces make the parts of the answer, each when it is needed
     * @param onOver is called when none of it is needed any more
     */
    public static void send(Loop loop, HttpServerResponse response, List<Supplier<String>> pieces, Runnable onOver) {
        Pieces answer = new Pieces(loop, response, pieces);
        response.setChunked(true);
        response.exceptionHandler(gone -> {});
        response.drainHandler(ignored -> answer.goOn());
        // It is called after the end as well as when somebody goes before.
        response.endHandler(ignored -> onOver.run());
        answer.write();
    }

    private void goOn() {
        if (!isDue) {
            isDue = true;
            loop.execute(this::write);
        }
    }

    private void write() {
        isDue = false;
        if (response.closed() || response.ended() || response.writeQueueFull()) {
            return;
        }
        if (next == pieces.size()) {
            response.end();
            return;
        }
        response.write(pieces.get(next++).get());
        goOn();
    }
}
