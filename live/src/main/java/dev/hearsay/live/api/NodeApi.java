package dev.hearsay.live.api;

import dev.hearsay.core.Command;
import dev.hearsay.core.Machine;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.live.http.BearerToken;
import dev.hearsay.live.http.Guard;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.http.Routes;
import dev.hearsay.live.node.EventText;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.PublishException;
import dev.hearsay.live.transport.Pages;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.Utf8;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pages of one node; {@code openapi.json} describes them. Everything runs on the node's loop. */
public final class NodeApi implements Pages {

    /** A text in JSON may be six times as long as it is, if it consists of escapes. */
    private static final int JSON_BODY_FACTOR = 6;

    private static final int JSON_ENVELOPE_BYTES = 1024;
    private static final int IDS_BODY_BYTES_MAX = 8 << 20;
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final byte[] OPENAPI = resource("openapi.json");

    private static final Routes<NodeApi> ROUTES = new Routes<NodeApi>()
            .on(HttpMethod.PUT, "/gossip", NodeApi::putGossip)
            .on(HttpMethod.POST, "/messages", NodeApi::postMessage)
            .on(HttpMethod.GET, "/messages", NodeApi::getMessages)
            .on(HttpMethod.POST, "/messages/read", NodeApi::postRead)
            .on(HttpMethod.GET, "/keys", large(KeyPages::list))
            .on(HttpMethod.GET, KeyPages.PATH, large(KeyPages::get))
            .on(HttpMethod.PUT, KeyPages.PATH, gossiping(KeyPages::put))
            .on(HttpMethod.DELETE, KeyPages.PATH, gossiping(KeyPages::delete))
            .on(HttpMethod.GET, "/peers", large(NodeApi::getPeers))
            .on(HttpMethod.GET, "/members", large(MembersPage::send))
            .on(HttpMethod.GET, "/ballots", large(BallotsPage::send))
            .on(HttpMethod.GET, "/state", large(StatePage::send))
            .on(HttpMethod.GET, "/log", large(NodeApi::getLog))
            .on(HttpMethod.GET, "/metrics", large(MetricsPage::send))
            .on(HttpMethod.GET, "/events", NodeApi::getEvents)
            .on(HttpMethod.GET, "/faults", NodeApi::handleFaults)
            .on(HttpMethod.POST, "/faults", NodeApi::handleFaults)
            .on(HttpMethod.DELETE, "/faults/{id}", NodeApi::handleFaults)
            .on(HttpMethod.GET, "/healthz", NodeApi::getHealth)
            .on(HttpMethod.GET, "/readyz", NodeApi::getReadiness)
            .on(HttpMethod.GET, "/openapi.json", NodeApi::getOpenApi);

    private static final Routes.Handler<NodeApi> VERSIONS =
            running((view, driver, request) -> VersionPage.put(driver, request));

    /** Answers a request to a node that runs. */
    interface Page {
        void handle(NodeView node, NodeDriver driver, HttpServerRequest request);
    }

    /** The same of one that gossips. */
    interface GossipPage {
        void handle(NodeView view, NodeDriver driver, Node node, HttpServerRequest request);
    }

    /** The same with an answer that may be large: it takes one of the places for those. */
    interface LargePage {
        void handle(NodeView node, NodeDriver driver, HttpServerRequest request, String host, Readers readers);
    }

    private static final int READERS_MAX = 64;

    private final NodeView node;
    private final Readers readers = new Readers(READERS_MAX);
    private final Readers pageReaders = new Readers(READERS_MAX);

    /** Where the request comes from that is just being handled. */
    private String caller = "";

    public NodeApi(NodeView node) {
        this.node = node;
    }

    static List<String> routes() {
        return ROUTES.list();
    }

    private static byte[] resource(String name) {
        try (InputStream resource = NodeApi.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpServerRequest request, String host) {
        caller = host;
        // A browser must not take a message for a page.
        request.response().putHeader("x-content-type-options", "nosniff");
        Problem objection = Guard.objection(request, node.address().host());
        if (objection != null) {
            objection.answer(request.response());
            return;
        }
        ROUTES.handle(this, request);
    }

    private static Routes.Handler<NodeApi> running(Page page) {
        return (api, request) -> {
            NodeDriver driver = api.node.driver();
            if (driver == null || !driver.isRunning()) {
                notRunning(driver).answer(request.response());
            } else {
                page.handle(api.node, driver, request);
            }
        };
    }

    private static Routes.Handler<NodeApi> large(LargePage page) {
        return (api, request) -> running(
                        (view, driver, asked) -> page.handle(view, driver, asked, api.caller, api.pageReaders))
                .handle(api, request);
    }

    private static Routes.Handler<NodeApi> gossiping(GossipPage page) {
        return running((view, driver, request) -> {
            if (driver.machine() instanceof Node gossiping) {
                page.handle(view, driver, gossiping, request);
            } else {
                doesNotGossip().answer(request.response());
            }
        });
    }

    static Problem doesNotGossip() {
        return new Problem(
                409, "A seed", "A seed holds the Peer List and does not gossip.", "Ask a peer; /members lists them.");
    }

    private static Problem notRunning(@Nullable NodeDriver driver) {
        return driver != null && driver.isPaused()
                ? Problem.unavailable("The node is paused.", "Its pause ends by itself; see: gossip fault list")
                : Problem.unavailable("The node is starting or stopping.", "Try again in a moment.");
    }

    private void handleFaults(HttpServerRequest request) {
        BearerToken token = node.faultToken();
        if (token == null) {
            Problem.forbidden(
                            "This node takes no faults over its own port, as it was started without a token.",
                            "Start it with --token-file FILE or GOSSIP_TOKEN.")
                    .answer(request.response());
        } else if (!token.isIn(request)) {
            new Problem(
                            401,
                            "Not authorized",
                            "The token is missing or wrong.",
                            "It is the one the node was started with.")
                    .answer(request.response());
        } else {
            node.faults().handle(request, true);
        }
    }

    static void answer(HttpServerRequest request, int status, Record body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(RecordJson.PLAIN.line(body));
    }

    private record Published(RumorId id, NodeId node, long sequence) {}

    private record Ids(List<RumorId> ids) {}

    private record Status(String status, NodeId node) {}

    // --- Messages of people ------------------------------------------------------------------------------------------

    private void putGossip(HttpServerRequest request) {
        if (node.takesVersions()) {
            VERSIONS.handle(this, request);
        } else {
            RequestBody.read(request, node.payloadBytesMax(), body -> publish(request, body, 0, 202));
        }
    }

    private void getMessages(HttpServerRequest request) {
        gossiping((view, driver, gossiping, asked) ->
                        MessagePage.send(view, driver, gossiping, asked, caller, pageReaders))
                .handle(this, request);
    }

    private void postMessage(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith(JSON)) {
            RequestBody.read(request, node.payloadBytesMax(), body -> publish(request, body, 0, 201));
            return;
        }
        int limit = JSON_BODY_FACTOR * node.payloadBytesMax() + JSON_ENVELOPE_BYTES;
        RequestBody.read(request, limit, body -> {
            try {
                JsonObject json = JsonObject.parse(body);
                int relays = json.has("relays") ? json.integer("relays") : 0;
                if (relays < 0 || relays > Rumor.RELAYS_MAX || (relays == 0 && json.has("relays"))) {
                    throw new WireException("'relays' must be 1 to " + Rumor.RELAYS_MAX);
                }
                publish(request, Utf8.encode(json.text("text"), "text"), relays, 201);
            } catch (WireException e) {
                Problem.badRequest(
                                "The message cannot be read: " + e.getMessage() + ".",
                                "{\"text\":\"apple\",\"relays\":1}")
                        .answer(request.response());
            }
        });
    }

    private void publish(HttpServerRequest request, byte[] payload, int relays, int status) {
        gossiping((view, driver, gossiping, asked) -> {
                    if (!Utf8.isValid(payload)) {
                        Problem.badRequest("The message is not valid UTF-8.", "Send text encoded in UTF-8.")
                                .answer(request.response());
                        return;
                    }
                    driver.commands()
                            .publish(payload, relays)
                            .onSuccess(done ->
                                    answer(request, status, new Published(done.id(), node.address(), done.sequence())))
                            .onFailure(failure -> problem(failure).answer(request.response()));
                })
                .handle(this, request);
    }

    static Problem problem(Throwable failure) {
        String detail = String.valueOf(failure.getMessage()) + ".";
        if (!(failure instanceof PublishException publish)) {
            return Problem.internal();
        }
        return switch (publish.code()) {
            case EMPTY -> Problem.badRequest("The message is empty.", "Write something.");
            case TOO_LARGE -> new Problem(413, "Too large", detail, "Send less, or in several messages.");
            case STATE_FULL ->
                new Problem(507, "Insufficient storage", detail, "What was deleted makes room when it is forgotten.");
            case CLOCK_IS_BEHIND ->
                Problem.unavailable(detail, "Of two values of a key the one that was written later wins.");
            case MEMORY_FULL ->
                new Problem(507, "Insufficient storage", detail, "Send it to another node, or again later.");
            case STORE_FULL -> new Problem(507, "Insufficient storage", detail, "Make room, and send it again.");
            case STORE_FAILED -> Problem.unavailable(detail, "The log of the host says more; then send it again.");
            case STOPPED -> Problem.unavailable(detail, "Send it to another node, or again later.");
            case FAILED -> Problem.internal();
        };
    }

    private void postRead(HttpServerRequest request) {
        RequestBody.read(request, IDS_BODY_BYTES_MAX, body -> {
            List<RumorId> ids;
            try {
                ids = RecordJson.PLAIN.read(Ids.class, body).ids();
            } catch (WireException e) {
                Problem.badRequest("The ids cannot be read: " + e.getMessage() + ".", "{\"ids\":[\"…\"]}")
                        .answer(request.response());
                return;
            }
            NodeDriver driver = node.driver();
            if (driver == null || !driver.commands().ask(new Command.MarkRead(ids))) {
                notRunning(driver).answer(request.response());
            } else {
                request.response().setStatusCode(204).end();
            }
        });
    }

    // --- What there is to see ----------------------------------------------------------------------------------------

    private static void getPeers(
            NodeView node, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        PagedResponse.sendJson(
                request,
                "{\"node\":\"" + node.address() + "\",\"peers\":[",
                PagedResponse.items(peers(driver.machine()), peer -> "\"" + peer + "\""),
                "]}",
                host,
                readers);
    }

    /** A node's are its neighbours, a seed's those that it has registered. */
    private static List<NodeId> peers(Machine machine) {
        return switch (machine) {
            case Node gossiping -> gossiping.neighbours();
            case Seed seed -> seed.peerList().members();
            default -> List.of();
        };
    }

    private static void getLog(
            NodeView node, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT);
        PagedResponse.sendEvents(
                request,
                driver.ring(),
                (atMicros, event) ->
                        EventText.isTransfer(event) ? EventText.line(atMicros, node.address(), event) : null,
                host,
                readers);
    }

    private void getEvents(HttpServerRequest request) {
        running((view, driver, asked) -> EventStream.open(view, driver, asked, caller, readers))
                .handle(this, request);
    }

    private void getHealth(HttpServerRequest request) {
        NodeDriver driver = node.driver();
        if (driver == null || driver.isWorking()) {
            status(request, "alive");
        } else {
            Problem.unavailable("The store of this node has ended, so it can promise nothing.", "Start it again.")
                    .answer(request.response());
        }
    }

    private void getReadiness(HttpServerRequest request) {
        NodeDriver driver = node.driver();
        if (driver != null && driver.isReady()) {
            status(request, "ready");
        } else if (driver != null && driver.isPaused()) {
            notRunning(driver).answer(request.response());
        } else {
            Problem.unavailable(
                            "The node is not ready yet: it waits for its neighbours, or to be registered.",
                            "Try again in a moment.")
                    .answer(request.response());
        }
    }

    private void status(HttpServerRequest request, String word) {
        answer(request, 200, new Status(word, node.address()));
    }

    private void getOpenApi(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(io.vertx.core.buffer.Buffer.buffer(OPENAPI));
    }
}
