package dev.hearsay.web.http;

import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What all answers of the dashboard have in common. */
public final class HttpAnswers {

    private HttpAnswers() {}

    /** Answers with JSON that is of this moment. */
    public static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }

    /**
     * A whole number among the parameters.
     *
     * @param otherwise what it is if it is not there
     * @throws WireException with one sentence for people
     */
    public static long number(HttpServerRequest request, String name, long least, long most, long otherwise)
            throws WireException {
        String text = request.getParam(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new WireException("'" + name + "' must be a whole number "
                + (most == Long.MAX_VALUE ? "from " + least : "from " + least + " to " + most));
    }
}
