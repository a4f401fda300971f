package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.http.Guard;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.http.Routes;
import dev.hearsay.wire.Json;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the dashboard answers; everything runs on its loop. */
final class DashboardApi {

    /** A message of 1 MiB, should all of it be escapes. */
    private static final int BODY_BYTES_MAX = 7 << 20;

    private static final Routes<DashboardApi> ROUTES = Page.addTo(new Routes<DashboardApi>()
            .on(HttpMethod.GET, "/api/network", (api, request) -> answer(request, 200, api.updates.snapshot()))
            .on(HttpMethod.GET, "/api/events", (api, request) -> api.updates.open(request))
            .on(HttpMethod.GET, "/api/messages", DashboardApi::getMessages)
            .on(HttpMethod.POST, "/api/messages", DashboardApi::postMessage)
            .on(HttpMethod.GET, "/api/faults", (api, request) -> api.faults.list(request))
            .on(HttpMethod.POST, "/api/faults", (api, request) -> api.faults.begin(request))
            .on(HttpMethod.DELETE, "/api/faults/{id}", (api, request) -> api.faults.end(request))
            .on(HttpMethod.POST, "/api/nodes/{i}/restart", (api, request) -> api.faults.restart(request))
            .on(HttpMethod.GET, "/healthz", (api, request) -> answer(request, 200, "{\"status\":\"alive\"}")));

    private final DashboardOptions options;
    private final NetworkPicture picture;
    private final PictureJson json;
    private final Updates updates;
    private final NodeClient client;
    private final Permission permission;
    private final FaultRequests faults;

    DashboardApi(
            DashboardOptions options,
            NetworkPicture picture,
            PictureJson json,
            Updates updates,
            NodeClient client,
            FaultRequests faults) {
        this.options = options;
        this.picture = picture;
        this.json = json;
        this.updates = updates;
        this.client = client;
        this.permission = new Permission(options);
        this.faults = faults;
    }

    void handle(HttpServerRequest request) {
        Problem objection = Guard.objection(request, options.listener().host());
        if (objection != null) {
            objection.answer(request.response());
            return;
        }
        ROUTES.handle(this, request);
    }

    static void answer(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }

    private void getMessages(HttpServerRequest request) {
        String number = request.getParam("number", "");
        if (number.isEmpty()) {
            answer(request, 200, json.messages());
            return;
        }
        if (!number.matches("\\d{1,9}")) {
            Problem.badRequest("'number' must be the number of a message.", "See /api/messages.")
                    .answer(request.response());
            return;
        }
        MessageSight message = picture.message(Integer.parseInt(number));
        if (message == null) {
            new Problem(
                            404,
                            "No such message",
                            "Message " + number + " is not among the last " + NetworkPicture.MESSAGES_MAX + ".",
                            "See /api/messages.")
                    .answer(request.response());
        } else {
            answer(request, 200, json.message(message));
        }
    }

    // --- Sending ----------------------------------------------------------------------------------------------------

    private void postMessage(HttpServerRequest request) {
        Problem refusal = permission.refusal(request);
        if (refusal != null) {
            refusal.answer(request.response());
            return;
        }
        RequestBody.read(request, BODY_BYTES_MAX, body -> {
            String text;
            String node;
            try {
                JsonObject message = JsonObject.parse(body);
                text = message.text("text");
                node = message.has("node") ? message.text("node") : "";
            } catch (WireException e) {
                Problem.badRequest(
                                "The message cannot be read: " + e.getMessage() + ".",
                                "{\"text\":\"apple\",\"node\":\"127.0.0.1:7004\"}")
                        .answer(request.response());
                return;
            }
            if (text.isEmpty()) {
                Problem.badRequest("The message is empty.", "Write something.").answer(request.response());
                return;
            }
            send(request, node, text);
        });
    }

    private void send(HttpServerRequest request, String wanted, String text) {
        NodeSight node = wanted.isEmpty() ? anyNode() : find(wanted);
        if (node == null) {
            noNode(wanted).answer(request.response());
            return;
        }
        String body = Json.line(writer -> {
            writer.writeStartObject();
            writer.writeStringField("text", text);
            writer.writeEndObject();
        });
        client.post(node.address, "/messages", body)
                .onSuccess(answer -> relay(request, answer, text))
                .onFailure(failure -> new Problem(
                                502,
                                "No answer",
                                "The node at " + node.address + " does not answer.",
                                "Choose another one, or let one be chosen.")
                        .answer(request.response()));
    }

    private static Problem noNode(String wanted) {
        return wanted.isEmpty()
                ? Problem.unavailable("No node that gossips reports at the moment.", "Start one: gossip start-network")
                : new Problem(
                        404, "No such node", "There is no node '" + brief(wanted) + "'.", "See /api/network for all.");
    }

    /** The node's own answer, good or bad, is the answer. */
    private void relay(HttpServerRequest request, NodeClient.Answer answer, String text) {
        if (answer.status() == 201) {
            try {
                JsonObject done = JsonObject.parse(answer.body().getBytes());
                picture.text(RumorId.parse(done.text("id")), text);
            } catch (WireException | IllegalArgumentException e) {
                // Then the text is read from the node, as that of any other message.
            }
        }
        request.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(answer.body());
    }

    private @Nullable NodeSight anyNode() {
        long now = picture.nowMicros();
        List<NodeSight> able = picture.nodes().stream()
                .filter(node -> !node.isSeed() && node.isReporting(now) && !node.isPaused)
                .toList();
        return able.isEmpty() ? null : able.get(ThreadLocalRandom.current().nextInt(able.size()));
    }

    /** By address, or by the name that the node has itself. */
    private @Nullable NodeSight find(String wanted) {
        try {
            NodeSight node = picture.node(NodeId.parse(wanted));
            if (node != null) {
                return node;
            }
        } catch (IllegalArgumentException e) {
            // It is no address, so it may be a name.
        }
        List<NodeSight> called = picture.nodes().stream()
                .filter(node -> node.name.equals(wanted))
                .toList();
        return called.size() == 1 ? called.getFirst() : null;
    }

    private static String brief(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
