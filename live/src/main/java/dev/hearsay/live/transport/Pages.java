package dev.hearsay.live.transport;

import io.vertx.core.http.HttpServerRequest;

/** What a node answers to requests that are not from nodes. */
@FunctionalInterface
public interface Pages {
    /**
     * Answers a request.
     *
     * @param host where it comes from, whatever its connection says: it may have been passed on
     */
    void handle(HttpServerRequest request, String host);
}
