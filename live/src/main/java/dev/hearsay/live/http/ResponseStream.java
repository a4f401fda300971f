package dev.hearsay.live.http;

import dev.hearsay.live.loop.Loop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionException;

/** A long answer, written by a thread that waits while its reader is slower. The response is chunked; nothing of it is sent before 64 KiB are there, or its end. */
public final class ResponseStream extends OutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Loop loop;
    private final HttpServerResponse response;
    private Buffer buffer = Buffer.buffer(BUFFER_BYTES);

    /** Into a response of that loop. */
    public ResponseStream(Loop loop, HttpServerResponse response) {
        this.loop = loop;
        this.response = response;
    }

    @Override
    public void write(int b) throws IOException {
        buffer.appendByte((byte) b);
        sendIfFull();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        buffer.appendBytes(bytes, offset, length);
        sendIfFull();
    }

    private void sendIfFull() throws IOException {
        if (buffer.length() >= BUFFER_BYTES) {
            Buffer full = buffer;
            buffer = Buffer.buffer(BUFFER_BYTES);
            await(loop.call(() -> response.write(full)));
        }
    }

    private static void await(Future<Future<Void>> done) throws IOException {
        try {
            done.compose(written -> written)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IOException("the reader has gone", e);
        }
    }

    /** Breaks off, so that the answer cannot be taken for a whole one; if nothing was sent yet, the problem is the answer. */
    public void breakOff(Problem problem) {
        loop.execute(() -> {
            if (response.headWritten()) {
                response.reset();
            } else {
                response.setChunked(false);
                problem.answer(response);
            }
        });
    }

    @Override
    public void close() throws IOException {
        await(loop.call(() -> response.end(buffer)));
    }
}
