package dev.hearsay.live.fault;

import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /faults}, {@code GET /faults} and {@code DELETE /faults/{id}}, for requests that may do that. */
public final class FaultApi {

    private static final Logger LOG = LoggerFactory.getLogger(FaultApi.class);
    private static final String PATH = "/faults";
    private static final int BODY_BYTES_MAX = 1 << 20;

    private interface Act {
        void run() throws FaultException;
    }

    private final FaultDesk desk;
    private final Loop loop;

    /**
     * Orders to a desk.
     *
     * @param loop where requests come in
     */
    public FaultApi(FaultDesk desk, Loop loop) {
        this.desk = desk;
        this.loop = loop;
    }

    /** Whether a path is one of these. */
    public static boolean isAbout(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /**
     * Answers a request.
     *
     * @param isOnNodePort whether it came in on a port that a killed node closes
     */
    public void handle(HttpServerRequest request, boolean isOnNodePort) {
        String path = String.valueOf(request.path());
        HttpMethod method = request.method();
        if (path.equals(PATH) && HttpMethod.GET.equals(method)) {
            request.response()
                    .putHeader("content-type", "application/json")
                    .end(FaultJson.write(new FaultJson.Listing(desk.last(), desk.inForce())));
        } else if (path.equals(PATH) && HttpMethod.POST.equals(method)) {
            RequestBody.read(request, BODY_BYTES_MAX, body -> begin(request.response(), body, isOnNodePort));
        } else if (path.startsWith(PATH + "/") && HttpMethod.DELETE.equals(method)) {
            carryOut(request.response(), () -> desk.heal(path.substring(PATH.length() + 1)));
        } else {
            new Problem(405, "Method not allowed", "Faults take GET and POST at /faults, DELETE at /faults/ID.", "")
                    .answer(request.response());
        }
    }

    private void begin(HttpServerResponse response, byte[] body, boolean isOnNodePort) {
        FaultOrder order;
        try {
            order = FaultJson.read(JsonObject.parse(body));
        } catch (WireException e) {
            Problem.badRequest("The fault cannot be read: " + e.getMessage() + ".", "See: gossip fault --help")
                    .answer(response);
            return;
        }
        if (!isOnNodePort || !(order.fault() instanceof LiveFault.Kill)) {
            carryOut(response, () -> desk.begin(order));
        } else if (order.forNanos() == 0) {
            Problem.badRequest(
                            "A node that is killed over its own port needs a time, as its port is closed until then.",
                            "Say for how long, with --for.")
                    .answer(response);
        } else {
            killAfterAnswering(response, order);
        }
    }

    /** The answer would come to a connection that the kill has closed. */
    private void killAfterAnswering(HttpServerResponse response, FaultOrder order) {
        try {
            desk.demandPossible(order);
        } catch (FaultException e) {
            problem(e).answer(response);
            return;
        }
        response.setStatusCode(202)
                .end()
                .onComplete(ignored -> Thread.ofVirtual().start(() -> {
                    try {
                        desk.begin(order);
                    } catch (FaultException e) {
                        // It has stopped meanwhile, which is what was wanted.
                        return;
                    }
                }));
    }

    private void carryOut(HttpServerResponse response, Act act) {
        Thread.ofVirtual().start(() -> {
            try {
                act.run();
                loop.execute(() -> response.setStatusCode(204).end());
            } catch (FaultException e) {
                loop.execute(() -> problem(e).answer(response));
            } catch (RuntimeException e) {
                LOG.error("An order about faults failed", e);
                loop.execute(() ->
                        new Problem(500, "Internal error", "The host failed.", "Its log says more.").answer(response));
            }
        });
    }

    /** Why a fault could not begin, or end, as the one who asked for it sees it. */
    public static Problem problem(FaultException e) {
        String detail = e.getMessage() + ".";
        return switch (e.code()) {
            case NO_SUCH_FAULT, NO_SUCH_NODE -> new Problem(404, "Not found", detail, "See: gossip fault list");
            case TAKEN, CONFLICT -> new Problem(409, "Conflict", detail, "See: gossip fault list");
            case FAILED -> new Problem(502, "Not done", detail, "");
        };
    }
}
