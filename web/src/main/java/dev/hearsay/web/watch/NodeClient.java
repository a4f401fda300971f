package dev.hearsay.web.watch;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.transport.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Requests to nodes. */
public final class NodeClient {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;
    /** Nodes send at least a comment more often than this; a longer silence means that the connection is dead. */
    private static final int SILENCE_MILLIS = 60_000;

    private static final int ANSWER_BYTES_MAX = 8 << 20;

    /** One for events, the others for the rest. */
    private static final int CONNECTIONS_PER_NODE = 4;

    /** What a node has answered. */
    public record Answer(int status, String contentType, Buffer body) {}

    private final Vertx vertx;
    private final HttpClient client;
    private boolean isClosed;

    /** A client that nobody has used yet. */
    public NodeClient(Vertx vertx) {
        this.vertx = vertx;
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_NODE));
    }

    /** From now on nobody may be asked. */
    public void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Asks for a page. Fails if no answer comes within seconds. */
    public Future<Answer> get(NodeId node, String path) {
        return ask(options(node, HttpMethod.GET, path), Buffer.buffer());
    }

    /** Sends JSON. Fails if no answer comes within seconds. */
    public Future<Answer> post(NodeId node, String path, String json) {
        return ask(
                options(node, HttpMethod.POST, path).putHeader("content-type", "application/json"),
                Buffer.buffer(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The events of a node after the one with that id; all that it remembers if that is 0. */
    Future<HttpClientResponse> events(NodeId node, String lastId) {
        RequestOptions options = options(node, HttpMethod.GET, "/events")
                .setIdleTimeout(SILENCE_MILLIS)
                .putHeader("accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            options.putHeader("last-event-id", lastId);
        }
        return request(options).compose(request -> request.send());
    }

    /** The lines of a page that may be long, one after another. */
    void lines(NodeId node, String path, Consumer<String> use) {
        if (isClosed) {
            return;
        }
        request(options(node, HttpMethod.GET, path).setIdleTimeout(ANSWER_MILLIS))
                .compose(request -> request.send())
                .onSuccess(response -> {
                    RecordParser lines = RecordParser.newDelimited("\n", line -> use.accept(line.toString()))
                            .maxRecordSize(ANSWER_BYTES_MAX);
                    // What has come before it breaks is better than nothing.
                    response.exceptionHandler(broken -> {});
                    response.handler(response.statusCode() == 200 ? lines : ignored -> {});
                });
    }

    private static RequestOptions options(NodeId node, HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(node.host())
                .setPort(node.port())
                .setURI(path)
                .setConnectTimeout(CONNECT_MILLIS);
    }

    private Future<HttpClientRequest> request(RequestOptions options) {
        return Addresses.tryAll(
                vertx,
                options.getHost(),
                options.getPort(),
                client.request(options),
                address -> client.request(new RequestOptions(options).setServer(address)));
    }

    private Future<Answer> ask(RequestOptions options, Buffer body) {
        if (isClosed) {
            return Future.failedFuture("the dashboard ends");
        }
        return request(options.setTimeout(ANSWER_MILLIS))
                .compose(request -> request.send(body).compose(NodeClient::read));
    }

    /** Reads an answer, unless it is larger than any that makes sense. */
    private static Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            body.appendBuffer(piece);
            if (body.length() > ANSWER_BYTES_MAX
                    && answer.tryFail(new IOException("the answer is larger than " + ANSWER_BYTES_MAX + " bytes"))) {
                response.request().reset();
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(ignored -> answer.tryComplete(
                new Answer(response.statusCode(), String.valueOf(response.getHeader("content-type")), body)));
        return answer.future();
    }
}
