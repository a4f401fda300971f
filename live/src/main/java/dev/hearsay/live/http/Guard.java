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
        if (origin != null && !READING.contains(request.method()) && !isOwnPage(request, origin, ownHost)) {
            return Problem.forbidden(
                    "A page of another origin may not change anything here.",
                    "Send without an Origin header; a proxy in front passes X-Forwarded-Host, or has https.");
        }
        return null;
    }

    /**
     * Whether a page of here has that origin. Behind a proxy the host is another one than the page was loaded from; then either the browser
     * says that both are the same, which it does only where nobody can re-bind the name (https, this machine), or the proxy says where the
     * page was loaded from. A page of somebody else's can write neither header.
     */
    private static boolean isOwnPage(HttpServerRequest request, String origin, String ownHost) {
        HostAndPort authority = request.authority();
        if ("same-origin".equals(request.getHeader("sec-fetch-site"))
                || (authority != null && isAt(authority.toString(), origin))) {
            return true;
        }
        String forwarded = request.getHeader("x-forwarded-host");
        if (forwarded == null) {
            return false;
        }
        HostAndPort proxy = HostAndPort.parseAuthority(forwarded, -1);
        return proxy != null && isOwnName(proxy.host(), ownHost) && isAt(forwarded, origin);
    }

    private static boolean isAt(String authority, String origin) {
        return origin.equalsIgnoreCase("http://" + authority) || origin.equalsIgnoreCase("https://" + authority);
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
