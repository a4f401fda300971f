package dev.hearsay.web.picture;

import dev.hearsay.live.http.Readers;
import dev.hearsay.live.loop.Loop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/events}: tells browsers what has changed, as server-sent events that can be resumed. Changes are gathered for a
 * tenth of a second and written down once for all browsers. One that reads too slowly, or was away for too long, gets everything
 * anew; nothing is kept for it but its place.
 */
public final class Updates {

    private static final long GATHER_NANOS = 100_000_000L;
    private static final int KEPT = 64;
    private static final int READERS_MAX = 64;
    /** A page that hears nothing for much longer says that the connection is lost. */
    private static final int SIGN_OF_LIFE_TICKS = 50;

    private final Loop loop;
    private final NetworkModel picture;
    private final NetworkModelJson json;

    /** Tells this run of the dashboard from others, whose numbers mean nothing here. */
    private final String epoch;

    private final String[] kept = new String[KEPT];
    private final Set<Reader> readers = new LinkedHashSet<>();
    private final Readers limit = new Readers(READERS_MAX);
    private long last;
    private long ticks;
    private @Nullable String snapshot;
    private boolean isClosed;

    /**
     * Updates about that picture.
     *
     * @param epoch tells this run of the dashboard from others
     */
    public Updates(Loop loop, NetworkModel picture, NetworkModelJson json, String epoch) {
        this.loop = loop;
        this.picture = picture;
        this.json = json;
        this.epoch = epoch;
    }

    /** From now on changes are gathered. */
    public void begin() {
        loop.after(GATHER_NANOS, this::tick);
    }

    /** Ends all streams. */
    public void close() {
        isClosed = true;
        readers.forEach(reader -> reader.response.end());
    }

    private void tick() {
        if (isClosed) {
            return;
        }
        Changes changes = picture.takeChanges();
        if (!changes.isNothing()) {
            // Who is so far behind gets everything.
            last += changes.isAnew ? KEPT : 1;
            kept[(int) (last % KEPT)] = json.changes(changes);
            snapshot = null;
        }
        boolean isSignDue = ++ticks % SIGN_OF_LIFE_TICKS == 0;
        for (Reader reader : List.copyOf(readers)) {
            reader.pump();
            if (isSignDue && !reader.response.writeQueueFull()) {
                reader.response.write("event: alive\ndata: {}\n\n");
            }
        }
        loop.after(GATHER_NANOS, this::tick);
    }

    /** Everything, as of the last update. */
    public String snapshot() {
        if (snapshot == null) {
            // What has changed since comes with the next update as well, which does no harm.
            snapshot = json.snapshot();
        }
        return snapshot;
    }

    /** Begins a stream. */
    public void open(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                // A proxy must not wait for more: nginx's name for it.
                .putHeader("x-accel-buffering", "no")
                .setChunked(true);
        Reader reader = new Reader(response, place(request.getHeader("last-event-id")));
        response.exceptionHandler(gone -> {});
        response.closeHandler(ignored -> remove(reader));
        response.drainHandler(ignored -> reader.pump());
        response.write("retry: 1000\n\n");
        readers.add(reader);
        limit.add(request.remoteAddress().hostAddress(), reader);
        reader.pump();
    }

    private void remove(Reader reader) {
        readers.remove(reader);
        limit.remove(reader);
    }

    /** The update that was seen last; -1 if there is none, or it is of another run. */
    private long place(@Nullable String lastId) {
        if (lastId == null || !lastId.matches("[0-9a-z]+-\\d{1,18}") || !lastId.startsWith(epoch + "-")) {
            return -1;
        }
        return Long.parseLong(lastId.substring(epoch.length() + 1));
    }

    /** One browser. */
    private final class Reader implements Readers.Reader {
        private final HttpServerResponse response;
        private long seen;

        Reader(HttpServerResponse response, long seen) {
            this.response = response;
            this.seen = seen;
        }

        @Override
        public boolean isStalled() {
            return response.writeQueueFull();
        }

        @Override
        public void dismiss(String reason) {
            readers.remove(this);
            if (isStalled()) {
                response.reset();
            } else if (!response.closed() && !response.ended()) {
                response.end();
            }
        }

        void pump() {
            if (response.closed() || response.ended() || response.writeQueueFull()) {
                return;
            }
            if (seen < 0 || seen > last || last - seen >= KEPT) {
                seen = last;
                response.write(event("snapshot", snapshot()));
                return;
            }
            while (seen < last && !response.writeQueueFull()) {
                seen++;
                response.write(event("update", Objects.requireNonNull(kept[(int) (seen % KEPT)])));
            }
        }

        private String event(String name, String data) {
            return "id: " + epoch + "-" + seen + "\nevent: " + name + "\ndata: " + data + "\n\n";
        }
    }
}
