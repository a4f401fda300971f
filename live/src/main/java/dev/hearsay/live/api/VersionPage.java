package dev.hearsay.live.api;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.node.NodeDriver;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** {@code PUT /gossip} in a network of versions: the body is a whole number and nothing else. */
final class VersionPage {

    private static final int BODY_BYTES_MAX = 1024;
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final int SHOWN_MAX = 40;

    private record Taken(long version, String state) {}

    private VersionPage() {}

    static void put(NodeDriver driver, HttpServerRequest request) {
        RequestBody.read(request, BODY_BYTES_MAX, body -> {
            // One line break at the end is what many tools add by themselves.
            String text = new String(body, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", "");
            long version = version(text);
            if (version < 1) {
                Problem.badRequest(
                                "A version is a whole number from 1 to " + Long.MAX_VALUE + ", not "
                                        + (text.isEmpty() ? "nothing" : "'" + brief(text) + "'") + ".",
                                "curl -X PUT --data 7 http://" + request.authority() + "/gossip")
                        .answer(request.response());
                return;
            }
            driver.commands()
                    .publishVersion(version)
                    .onSuccess(isNew ->
                            NodeApi.answer(request, isNew ? 202 : 200, new Taken(version, isNew ? "new" : "seen")))
                    .onFailure(failure -> NodeApi.problem(failure).answer(request.response()));
        });
    }

    /** 0 if it is none. */
    private static long version(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String brief(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
