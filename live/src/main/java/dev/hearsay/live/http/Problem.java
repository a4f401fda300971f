package dev.hearsay.live.http;

import dev.hearsay.live.log.RateLimit;
import dev.hearsay.wire.RecordJson;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error as {@code application/problem+json} (RFC 9457), with a hint at what to do about it.
 *
 * @param status of HTTP
 * @param title what kind of error
 * @param detail what was wrong this time, one sentence
 * @param hint what to do; empty if there is nothing to say
 */
public record Problem(int status, String title, String detail, String hint) {

    public static final String CONTENT_TYPE = "application/problem+json";

    private static final RecordJson JSON = new RecordJson().absent(Body.class, "hint", "");
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);
    private static final RateLimit FAILURES = RateLimit.strict();

    public static Problem badRequest(String detail, String hint) {
        return new Problem(400, "Bad request", detail, hint);
    }

    public static Problem forbidden(String detail, String hint) {
        return new Problem(403, "Forbidden", detail, hint);
    }

    public static Problem tooLarge(long limit) {
        return new Problem(
                413, "Too large", "The body is larger than " + limit + " bytes.", "Send less, or in several messages.");
    }

    public static Problem unavailable(String detail, String hint) {
        return new Problem(503, "Not available", detail, hint);
    }

    /** Something in here failed. */
    public static Problem internal() {
        return new Problem(
                500,
                "Internal error",
                "The node failed on it, and nothing of it was done.",
                "The log of its host says more.");
    }

    /** Runs what answers a request; if that fails, the problem is the answer. */
    public static void guard(HttpServerRequest request, Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | StackOverflowError e) {
            FAILURES.next(System.nanoTime(), "A request failed: " + request.method() + " " + request.path())
                    .ifPresent(words -> LOG.error(words, e));
            if (request.response().headWritten()) {
                request.response().reset();
            } else {
                internal().answer(request.response());
            }
        }
    }

    /** Sends it as the answer, if there is still somebody to answer. */
    public void answer(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader("content-type", CONTENT_TYPE)
                .putHeader("x-content-type-options", "nosniff")
                .end(toJson());
    }

    String toJson() {
        return JSON.line(new Body("about:blank", title, status, detail, hint));
    }

    private record Body(String type, String title, int status, String detail, String hint) {}
}
