package dev.hearsay.cli.http;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a node or to a host. */
public final class HttpCall {

    private static final int READ_MILLIS = 15_000;

    /** Larger answers are not of this world. */
    private static final int ANSWER_BYTES_MAX = 1 << 30;

    private final String whom;
    private final String address;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int readMillis = READ_MILLIS;

    /**
     * @param whom who is asked, for people, such as {@code Node 5}
     * @param address {@code host:port}
     * @param path with its query
     */
    public HttpCall(String whom, String address, String path) {
        this.whom = whom;
        this.address = address;
        this.path = path;
    }

    public HttpCall withToken(String token) {
        headers.put("Authorization", "Bearer " + token);
        return this;
    }

    public HttpCall withReadMillis(int millis) {
        readMillis = millis;
        return this;
    }

    /**
     * The JSON object that this path shows.
     *
     * @throws Failure if nobody answers, or with an error
     */
    public JsonObject get() {
        return json(bytes("GET", "", null));
    }

    /** The text that this path shows. */
    public String getText() {
        return new String(bytes("GET", "", null), StandardCharsets.UTF_8);
    }

    /** Takes a body as it comes, however long it is. */
    public interface Reader {
        void read(InputStream body) throws IOException;
    }

    /**
     * Reads what this path shows as it comes.
     *
     * @throws Failure if nobody answers, or with an error
     * @throws IOException if the connection breaks, or the reader cannot go on
     */
    public void stream(Reader reader) throws IOException {
        try (HttpStream answer = send("GET", "", null)) {
            reader.read(answer.body());
        }
    }

    /** Posts a JSON object and hands back the one that is answered, an empty one if there is none. */
    public JsonObject post(String body) {
        return json(bytes("POST", "application/json", body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Puts bytes there, and hands back the JSON object that is answered. */
    public JsonObject put(byte[] body) {
        return json(bytes("PUT", "application/octet-stream", body));
    }

    /** Deletes what is there, and hands back the JSON object that is answered, an empty one if there is none. */
    public JsonObject delete() {
        return json(bytes("DELETE", "", null));
    }

    private JsonObject json(byte[] answer) {
        try {
            return JsonObject.parse(answer.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : answer);
        } catch (WireException e) {
            throw Failure.failed(
                    whom + " at " + address + " answered something that makes no sense: " + e.getMessage() + ".",
                    "Something else may be listening there.",
                    e);
        }
    }

    private byte[] bytes(String method, String type, byte @Nullable [] body) {
        try (HttpStream answer = send(method, type, body)) {
            return answer.body().readNBytes(ANSWER_BYTES_MAX);
        } catch (IOException e) {
            throw answers().silence(e);
        }
    }

    private Answers answers() {
        return new Answers(whom, address);
    }

    /** Sends it, and reads as far as it takes to know that it is no error. */
    private HttpStream send(String method, String type, byte @Nullable [] body) {
        if (!type.isEmpty()) {
            headers.put("Content-Type", type);
        }
        try {
            HttpStream answer = HttpStream.send(method, address, path, headers, body, readMillis, readMillis);
            if (answer.status() < 300) {
                return answer;
            }
            try (answer) {
                throw answers().refusal(answer.status(), answer.body());
            }
        } catch (IOException e) {
            throw answers().silence(e);
        }
    }
}
