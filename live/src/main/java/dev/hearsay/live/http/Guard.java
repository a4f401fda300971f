package dev.hearsay.live.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others out. A browser sends to loopback what any page tells it to, and a page whose name was re-bound
 * to 127.0.0.1 may even read the answer; but it cannot hide the name it came by, nor its origin when it wants to change
 * something.
 */
public final class Guard {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private Guard() {}

    /** What is wrong with the request; null if it may pass. */
    public static @Nullable Problem objection(HttpServerRequest request, String ownHost) {
        HostAndPort authority = request.authority();
        if (authority != null && !isOwnName(authority.host(), ownHost)) {
            return new Problem(
                    421,
                    "Misdirected request",
                    "Nothing here is called '" + brief(authority.host()) + "'.",
                    "Use its address, or localhost.");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null
                && !READING.contains(request.method())
                && (authority == null || !origin.equalsIgnoreCase("http://" + authority))) {
            return Problem.forbidden(
                    "A page of another origin may not change anything here.", "Send without an Origin header.");
        }
        return null;
    }

    /** A name can be re-bound, an address cannot. */
    private static boolean isOwnName(String host, String ownHost) {
        return host.equalsIgnoreCase(ownHost)
                || host.equalsIgnoreCase("localhost")
                || host.indexOf(':') >= 0
                || IPV4.matcher(host).matches();
    }

    private static String brief(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
