package dev.hearsay.live.transport;

import dev.hearsay.live.http.Readers;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections that others have made to an HTTP server; bounded. Used on one loop. */
final class HttpConnections {

    private final Readers limit;
    private final Map<HttpConnection, Entry> entries = new HashMap<>();

    HttpConnections(int connectionsMax) {
        limit = new Readers(connectionsMax);
    }

    void add(HttpConnection connection) {
        Entry entry = new Entry(connection);
        entries.put(connection, entry);
        connection.closeHandler(ignored -> {
            entries.remove(connection);
            limit.remove(entry);
        });
        limit.add(connection.remoteAddress().hostAddress(), entry);
    }

    /** The head of a request has come. */
    void requested(HttpServerRequest request) {
        Entry entry = entries.get(request.connection());
        if (entry != null) {
            entry.last = request.response();
        }
    }

    private static final class Entry implements Readers.Reader {
        private final HttpConnection connection;
        private @Nullable HttpServerResponse last;

        Entry(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public boolean isStalled() {
            HttpServerResponse answer = last;
            return answer == null || !answer.headWritten() || (!answer.ended() && answer.writeQueueFull());
        }

        @Override
        public void dismiss(String reason) {
            HttpServerResponse answer = last;
            if (answer != null && !answer.ended()) {
                // Closing would wait for what is not read.
                answer.reset();
            } else {
                connection.close();
            }
        }
    }
}
