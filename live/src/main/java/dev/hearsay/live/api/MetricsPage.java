package dev.hearsay.live.api;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.metrics.NodeMetrics;
import dev.hearsay.live.node.NodeDriver;
import io.vertx.core.http.HttpServerRequest;

/** {@code GET /metrics}: what the node has counted, as Prometheus reads it. */
final class MetricsPage {

    private MetricsPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        NodeMetrics metrics = view.metrics();
        if (metrics == null) {
            new Problem(404, "Not counted", "This node was started without metrics.", "Start it without --no-metrics.")
                    .answer(request.response());
            return;
        }
        metrics.scrape(driver)
                .onSuccess(text -> PagedResponse.sendWhole(request, NodeMetrics.CONTENT_TYPE, text, host, readers))
                .onFailure(failure -> Problem.unavailable("The node is stopping.", "Try again in a moment.")
                        .answer(request.response()));
    }
}
