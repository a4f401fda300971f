package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.live.http.Guard;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.http.Routes;
import dev.hearsay.web.faults.FaultRequests;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.journal.EventLogApi;
import dev.hearsay.web.members.MembersJson;
import dev.hearsay.web.picture.MessageModel;
import dev.hearsay.web.picture.MessageModelJson;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
import dev.hearsay.web.picture.Updates;
import dev.hearsay.web.recordings.RecordingRequests;
import dev.hearsay.web.watch.NetworkWatch;
import dev.hearsay.web.watch.NodeClient;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.Utf8;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the dashboard answers; everything runs on its loop. */
final class DashboardApi {

    /** A message of 1 MiB, should all of it be escapes. */
    private static final int BODY_BYTES_MAX = 7 << 20;

    private static final Routes<DashboardApi> ROUTES = Page.addTo(new Routes<DashboardApi>()
            .on(
                    HttpMethod.GET,
                    "/api/network",
                    (api, request) -> HttpAnswers.json(request.response(), 200, api.updates.snapshot()))
            .on(HttpMethod.GET, "/api/events", (api, request) -> api.updates.open(request))
            .on(HttpMethod.GET, "/api/history", (api, request) -> api.journal.history(request))
            .on(HttpMethod.GET, "/api/log", (api, request) -> api.journal.log(request))
            .on(HttpMethod.GET, "/api/trace", (api, request) -> api.journal.trace(request))
            .on(HttpMethod.GET, "/api/members", DashboardApi::getMembers)
            .on(HttpMethod.GET, "/api/messages", DashboardApi::getMessages)
            .on(HttpMethod.POST, "/api/messages", DashboardApi::postMessage)
            .on(HttpMethod.GET, "/api/faults", (api, request) -> api.faults.list(request))
            .on(HttpMethod.POST, "/api/faults", (api, request) -> api.faults.begin(request))
            .on(HttpMethod.DELETE, "/api/faults/{id}", (api, request) -> api.faults.end(request))
            .on(HttpMethod.GET, "/api/recording", (api, request) -> api.recordings.describe(request))
            .on(HttpMethod.POST, "/api/recording", (api, request) -> api.recordings.write(request))
            .on(HttpMethod.POST, "/api/recording/verification", (api, request) -> api.recordings.verify(request))
            .on(HttpMethod.GET, "/api/nodes/{i}/members", DashboardApi::getMembersOfNode)
            .on(HttpMethod.POST, "/api/nodes/{i}/restart", (api, request) -> api.faults.restart(request))
            .on(
                    HttpMethod.GET,
                    "/healthz",
                    (api, request) -> HttpAnswers.json(request.response(), 200, "{\"status\":\"alive\"}")));

    private final DashboardOptions options;
    private final NetworkModel picture;
    private final MessageModelJson messages;
    private final Updates updates;
    private final NodeClient client;
    private final NetworkWatch watch;
    private final MembersJson members;
    private final EventLogApi journal;
    private final Permission permission;
    private final FaultRequests faults;
    private final RecordingRequests recordings;
    private final @Nullable Recording shown;

    DashboardApi(
            DashboardOptions options,
            NetworkModel picture,
            MessageModelJson messages,
            Updates updates,
            NodeClient client,
            NetworkWatch watch,
            MembersJson members,
            EventLogApi journal,
            Permission permission,
            FaultRequests faults,
            RecordingRequests recordings,
            @Nullable Recording shown) {
        this.options = options;
        this.picture = picture;
        this.messages = messages;
        this.updates = updates;
        this.client = client;
        this.watch = watch;
        this.members = members;
        this.journal = journal;
        this.permission = permission;
        this.faults = faults;
        this.recordings = recordings;
        this.shown = shown;
    }

    void handle(HttpServerRequest request) {
        Problem objection = Guard.objection(request, options.listener().host());
        if (objection != null) {
            objection.answer(request.response());
            return;
        }
        ROUTES.handle(this, request);
    }

    private void getMembers(HttpServerRequest request) {
        watch.freshMembers().onSuccess(nodes -> {
            if (!request.response().closed()) {
                HttpAnswers.json(request.response(), 200, members.members(nodes));
            }
        });
    }

    /** Whom a node knows: its own page, as it is; in a recording what it has told. */
    private void getMembersOfNode(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String index = path.substring("/api/nodes/".length(), path.length() - "/members".length());
        if (!index.matches("\\d{1,4}")
                || Integer.parseInt(index) >= picture.nodes().size()) {
            noNode(index).answer(request.response());
            return;
        }
        NodeModel node = picture.nodes().get(Integer.parseInt(index));
        if (shown != null) {
            String recorded = shown.membersOf(node.address);
            if (recorded == null) {
                notRecorded(node).answer(request.response());
            } else {
                HttpAnswers.json(request.response(), 200, recorded);
            }
            return;
        }
        client.get(node.address, "/members")
                .onSuccess(answer -> relay(request, answer))
                .onFailure(failure -> noAnswer(node).answer(request.response()));
    }

    private void getMessages(HttpServerRequest request) {
        String number = request.getParam("number", "");
        String id = request.getParam("id", "");
        if (number.isEmpty() && id.isEmpty()) {
            HttpAnswers.json(request.response(), 200, messages.messages());
            return;
        }
        MessageModel message;
        try {
            message = number.isEmpty()
                    ? picture.message(RumorId.parse(id))
                    : picture.message((int) HttpAnswers.number(request, "number", 0, Integer.MAX_VALUE, 0));
        } catch (WireException | IllegalArgumentException e) {
            Problem.badRequest("That is not a message: " + e.getMessage() + ".", "See /api/messages.")
                    .answer(request.response());
            return;
        }
        if (message == null) {
            new Problem(
                            404,
                            "No such message",
                            "Message " + (number.isEmpty() ? id : number) + " is not among the last "
                                    + NetworkModel.MESSAGES_MAX + ".",
                            "See /api/messages.")
                    .answer(request.response());
        } else {
            HttpAnswers.json(request.response(), 200, messages.message(message));
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
            if (Utf8.isBlank(text)) {
                Problem.badRequest("The message is empty.", "Write something.").answer(request.response());
                return;
            }
            send(request, node, text);
        });
    }

    private void send(HttpServerRequest request, String wanted, String text) {
        NodeModel node = wanted.isEmpty() ? anyNode() : find(wanted);
        if (node == null) {
            noNode(wanted).answer(request.response());
            return;
        }
        String body = RecordJson.PLAIN.line(Map.of("text", text));
        client.post(node.address, "/messages", body)
                .onSuccess(answer -> {
                    note(answer, text);
                    relay(request, answer);
                })
                .onFailure(failure -> noAnswer(node).answer(request.response()));
    }

    private static Problem noAnswer(NodeModel node) {
        return new Problem(
                502,
                "No answer",
                "The node at " + node.address + " does not answer.",
                "Choose another one, or let one be chosen.");
    }

    private static Problem notRecorded(NodeModel node) {
        return new Problem(
                409,
                "Not recorded",
                "Whom the node at " + node.address
                        + " knew is not in the recording, as the beginning of its life is not.",
                "Its neighbours and whom it had given up are; with --record a life is there from its beginning.");
    }

    private static Problem noNode(String wanted) {
        return wanted.isEmpty()
                ? Problem.unavailable("No node that gossips reports at the moment.", "Start one: gossip start-network")
                : new Problem(
                        404, "No such node", "There is no node '" + brief(wanted) + "'.", "See /api/network for all.");
    }

    /** What a message says that was sent from here is known already. */
    private void note(NodeClient.Answer answer, String text) {
        if (answer.status() != 201) {
            return;
        }
        try {
            JsonObject done = JsonObject.parse(answer.body().getBytes());
            picture.text(RumorId.parse(done.text("id")), text);
        } catch (WireException | IllegalArgumentException e) {
            // Then it is read from the node, as that of any other message.
        }
    }

    /** The node's own answer, good or bad, is the answer. */
    private static void relay(HttpServerRequest request, NodeClient.Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .end(answer.body());
    }

    private @Nullable NodeModel anyNode() {
        long now = picture.nowMicros();
        List<NodeModel> able =
                picture.nodes().stream().filter(node -> node.takesMessages(now)).toList();
        return able.isEmpty() ? null : able.get(ThreadLocalRandom.current().nextInt(able.size()));
    }

    /** By address, or by the name that the node has itself. */
    private @Nullable NodeModel find(String wanted) {
        try {
            NodeModel node = picture.node(NodeId.parse(wanted));
            if (node != null) {
                return node;
            }
        } catch (IllegalArgumentException e) {
            // It is no address, so it may be a name.
        }
        List<NodeModel> called = picture.nodes().stream()
                .filter(node -> node.name().equals(wanted))
                .toList();
        return called.size() == 1 ? called.getFirst() : null;
    }

    private static String brief(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
