package dev.hearsay.live.transport;

import io.vertx.core.http.HttpServerRequest;

/** What a node answers to requests that are not from nodes. */
@FunctionalInterface
public interface Pages {
    void handle(HttpServerRequest request);
}
