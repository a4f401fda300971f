package dev.hearsay.live.transport;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.MessageJson;
import dev.hearsay.wire.WireException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One node's end of the HTTP transport: its server, and its links to peers. */
final class HttpEndpoint implements Transport.Endpoint, LoopShares.Swept {

    private static final int BATCH_BYTES_MAX = MessageJson.MESSAGE_BYTES_MAX + (64 << 10);

    /** What is sent when a batch was taken. */
    private static final int TAKEN_BYTES = "HTTP/1.1 204 No Content\r\n\r\n".length();

    private final Transport.Receiver receiver;
    private final Pages pages;
    private final MessageJson json;
    private final HttpConnections connections;
    private final Runnable whenClosed;
    private final PeerLinks links;
    private @Nullable HttpServer server;
    private boolean isClosed;

    HttpEndpoint(
            Loop loop,
            NodeId self,
            Transport.Receiver receiver,
            Pages pages,
            NetClient client,
            MessageJson json,
            HttpConnections connections,
            Runnable whenClosed) {
        this.receiver = receiver;
        this.pages = pages;
        this.links = new PeerLinks(receiver, json::write, to -> new HttpLink(loop, client, self, to, receiver));
        this.json = json;
        this.connections = connections;
        this.whenClosed = whenClosed;
    }

    Future<Transport.Endpoint> listen(Loop loop, NodeId listener) {
        return PortBinding.bind(
                        loop,
                        listener,
                        () -> loop.vertx()
                                .createHttpServer(HttpTransport.serverOptions())
                                .connectionHandler(connections::add)
                                .requestHandler(this::handle)
                                .invalidRequestHandler(HttpEndpoint::refuse)
                                .exceptionHandler(broken -> {})
                                .listen(listener.port(), listener.host()))
                .map(listening -> {
                    server = listening;
                    return this;
                });
    }

    @Override
    public void send(NodeId to, Message message) {
        if (!isClosed) {
            // HTTP has no way back for messages.
            links.send(to, message, null);
        }
    }

    @Override
    public long queued() {
        return links.queued();
    }

    @Override
    public void sweep(long nowNanos) {
        links.sweep(nowNanos);
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public Future<Void> close() {
        isClosed = true;
        links.close();
        HttpServer open = server;
        server = null;
        // Whoever waits for this may open the same port at once, so it must not be told before the port is given back.
        Future<Void> closed = open == null ? Future.succeededFuture() : open.shutdown(0, TimeUnit.SECONDS);
        return closed.andThen(ignored -> whenClosed.run());
    }

    // --- What comes in -----------------------------------------------------------------------------------------------

    private void handle(HttpServerRequest request) {
        if (isClosed) {
            request.connection().close();
            return;
        }
        connections.requested(request);
        if (isBatch(request)) {
            onBatch(request);
        } else {
            pages.handle(request, request.remoteAddress().hostAddress());
        }
    }

    /** Whether a node sends messages with it. */
    static boolean isBatch(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.startsWith(MessageJson.CONTENT_TYPE)
                && HttpMethod.PUT.equals(request.method())
                && "/gossip".equals(request.path());
    }

    private void onBatch(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.ORIGIN)) {
            Problem.forbidden("A web page is not a node.", "Messages of people go to /messages.")
                    .answer(request.response());
            return;
        }
        RequestBody.read(request, BATCH_BYTES_MAX, body -> take(request, body));
    }

    private void take(HttpServerRequest request, byte[] body) {
        if (isClosed) {
            return;
        }
        receiver.traffic().received(headBytes("PUT /gossip HTTP/1.1", request.headers()) + body.length);
        MessageJson.Batch batch;
        try {
            batch = json.readBatch(body);
        } catch (WireException e) {
            refuse(
                    request.response(),
                    Problem.badRequest("This is no batch of messages: " + e.getMessage() + ".", "See /openapi.json."));
            receiver.refused(
                    "a batch of " + body.length + " bytes from " + request.remoteAddress() + ": " + e.getMessage());
            return;
        }
        if (!receiver.received(batch.from(), batch.messages())) {
            refuse(
                    request.response(),
                    Problem.unavailable("The node is starting or paused.", "Try again in a moment."));
            return;
        }
        links.isUp(batch.from());
        if (!isClosed) {
            request.response().setStatusCode(204).end();
            receiver.traffic().sent(TAKEN_BYTES);
        }
    }

    private void refuse(HttpServerResponse response, Problem problem) {
        problem.answer(response);
        String status = "HTTP/1.1 " + response.getStatusCode() + " " + response.getStatusMessage();
        receiver.traffic().sent(headBytes(status, response.headers()) + response.bytesWritten());
    }

    /** The lines of a message before its body, as they go. */
    private static long headBytes(String firstLine, MultiMap headers) {
        long bytes = "\r\n\r\n".length();
        bytes += firstLine.length();
        for (Map.Entry<String, String> header : headers) {
            bytes +=
                    header.getKey().length() + ": ".length() + header.getValue().length() + "\r\n".length();
        }
        return bytes;
    }

    /** Something that is not HTTP costs its own connection. */
    static void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Problem problem = cause instanceof TooLongHttpLineException
                ? new Problem(
                        414,
                        "URI too long",
                        "The address of the request has more than " + HttpTransport.REQUEST_LINE_BYTES_MAX + " bytes.",
                        "What is large belongs into the body.")
                : cause instanceof TooLongFrameException
                        ? new Problem(431, "Too large", "The head of the request is too large.", "")
                        : Problem.badRequest("This is not HTTP.", "Nodes speak HTTP/1.1; see /openapi.json.");
        problem.answer(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
        request.connection().close();
    }
}
