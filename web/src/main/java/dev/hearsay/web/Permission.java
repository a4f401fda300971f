package dev.hearsay.web;

import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Who may change something through a dashboard. */
final class Permission {

    private final DashboardOptions options;

    Permission(DashboardOptions options) {
        this.options = options;
    }

    /** Why nobody may; null if somebody may. */
    @Nullable
    Problem bar() {
        if (options.control() != DashboardOptions.Control.NONE) {
            return null;
        }
        return options.isReadOnly()
                ? Problem.forbidden("This dashboard only shows.", "It was started with --read-only.")
                : Problem.forbidden(
                        "This dashboard only shows, as others than this machine can reach it and it has no token.",
                        "Start it with GOSSIP_TOKEN, or with --bind 127.0.0.1.");
    }

    /** Why this request may not; null if it may. */
    @Nullable
    Problem refusal(HttpServerRequest request) {
        String token = options.token();
        boolean isFree = options.control() == DashboardOptions.Control.OPEN;
        if (isFree || options.control() == DashboardOptions.Control.NONE || token == null) {
            return bar();
        }
        return new BearerToken(token).isIn(request)
                ? null
                : new Problem(
                        401,
                        "Not authorized",
                        "The token is missing or wrong.",
                        "It is the one the dashboard was started with, in GOSSIP_TOKEN.");
    }
}
