package dev.hearsay.cli.http;

import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to a node or to a host. */
public final class HttpCall {

    static {
        // A POST whose connection broke may have done its work already; sending it again by itself would do it twice.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private static final int CONNECT_MILLIS = 3_000;
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

    public HttpCall withHeader(String name, String value) {
        headers.put(name, value);
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
        return json(bytes("GET", null));
    }

    /** Posts a JSON object and hands back the one that is answered, an empty one if there is none. */
    public JsonObject post(String body) {
        return json(bytes("POST", body));
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

    private byte[] bytes(String method, @Nullable String body) {
        HttpURLConnection connection = null;
        try {
            connection = open(method);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (var out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            int status = connection.getResponseCode();
            if (status >= 300) {
                throw refused(status, connection);
            }
            try (InputStream in = connection.getInputStream()) {
                return in.readNBytes(ANSWER_BYTES_MAX);
            }
        } catch (IOException e) {
            throw unreachable(e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    /** The connection, with everything set but the body. Also the beginning of an {@link EventStream}. */
    HttpURLConnection open(String method) throws IOException {
        var url = URI.create("http://" + address + path).toURL();
        // Nodes are reached directly, whatever proxy the environment names for the rest of the world.
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(readMillis);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        headers.forEach(connection::setRequestProperty);
        return connection;
    }

    /** What the node says about why it will not, as RFC 9457 has it. */
    Failure refused(int status, HttpURLConnection connection) throws IOException {
        String sentence = whom + " refused, with status " + status + ".";
        String hint = "";
        try (InputStream in = connection.getErrorStream()) {
            if (in != null) {
                JsonObject problem = JsonObject.parse(in.readNBytes(1 << 16));
                sentence = problem.has("detail") ? problem.text("detail") : problem.text("title");
                hint = problem.has("hint") ? problem.text("hint") : "";
            }
        } catch (WireException e) {
            hint = "Something else may be listening at " + address + ".";
        }
        return switch (status) {
            case 400, 413, 415, 422 -> Failure.usage(sentence, hint);
            case 404 -> new Failure(ExitCode.NO_SUCH_NODE, "no-such-node", sentence, hint);
            case 409 -> new Failure(ExitCode.TAKEN, "taken", sentence, hint);
            default -> Failure.failed(sentence, hint, null);
        };
    }

    Failure unreachable(IOException e) {
        return switch (e) {
            case ConnectException refused ->
                new Failure(
                        ExitCode.NOT_RUNNING,
                        "not-running",
                        whom + " does not answer at " + address + ".",
                        "See: gossip status",
                        refused);
            case SocketTimeoutException late ->
                new Failure(
                        ExitCode.PARTIAL,
                        "timeout",
                        whom + " at " + address + " did not answer in time.",
                        "It may be paused or overloaded; see: gossip status",
                        late);
            default ->
                Failure.failed(
                        "The connection to " + whom + " at " + address + " broke: " + e.getMessage() + ".",
                        "See: gossip status",
                        e);
        };
    }
}
