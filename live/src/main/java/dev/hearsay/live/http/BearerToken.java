package dev.hearsay.live.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What a request must carry to be obeyed: {@code Authorization: Bearer …} (RFC 6750). */
public final class BearerToken {

    private final byte[] authorization;

    public BearerToken(String token) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the request carries it. How long the comparison takes tells nothing of where they differ. */
    public boolean isIn(HttpServerRequest request) {
        String given = request.getHeader("authorization");
        return given != null && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }
}
