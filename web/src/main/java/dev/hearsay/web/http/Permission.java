package dev.hearsay.web.http;

import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Who may change something through a dashboard. */
public final class Permission {

    /** Who that is. */
    public enum Control {
        /** Whoever comes: only this machine can. */
        OPEN,
        /** Whoever brings the token. */
        TOKEN,
        /** Nobody. */
        NONE
    }

    private final Control control;
    private final @Nullable Problem bar;
    private final @Nullable String token;

    /**
     * The permission to change something.
     *
     * @param isReadOnly whether nobody has it
     * @param isLoopback whether only this machine can come
     * @param token what others must bring; null if there is none
     */
    public Permission(boolean isReadOnly, boolean isLoopback, @Nullable String token) {
        this(
                isReadOnly || (!isLoopback && token == null) ? Control.NONE : isLoopback ? Control.OPEN : Control.TOKEN,
                isReadOnly
                        ? Problem.forbidden("This dashboard only shows.", "It was started with --read-only.")
                        : Problem.forbidden(
                                "This dashboard only shows, as others than this machine can reach it and it has no"
                                        + " token.",
                                "Start it with GOSSIP_TOKEN, or with --bind 127.0.0.1."),
                token);
    }

    private Permission(Control control, Problem bar, @Nullable String token) {
        this.control = control;
        this.bar = control == Control.NONE ? bar : null;
        this.token = token;
    }

    /** That nobody has where a recording is shown. */
    public static Permission ofReplay() {
        return new Permission(
                Control.NONE,
                Problem.forbidden(
                        "This is a recording; what happened in it cannot be changed.",
                        "See the network that runs: gossip dashboard"),
                null);
    }

    /** Who has it. */
    public Control control() {
        return control;
    }

    /** Why nobody may; null if somebody may. */
    public @Nullable Problem bar() {
        return bar;
    }

    /** Why this request may not; null if it may. */
    public @Nullable Problem refusal(HttpServerRequest request) {
        if (control != Control.TOKEN || token == null) {
            return bar;
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
