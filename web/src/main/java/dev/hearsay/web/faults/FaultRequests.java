package dev.hearsay.web.faults;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultControl;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.RequestBody;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * {@code /api/faults}, and {@code POST /api/nodes/I/restart}: lets things go wrong, lists and ends it. Requests come in on the loop;
 * whoever carries them out is waited for on threads of their own.
 */
public final class FaultRequests {

    private static final int BODY_BYTES_MAX = 1 << 20;

    /** Random seeds that a JSON number holds exactly. */
    private static final long RANDOM_SEED_BOUND = 1L << 53;

    private final FaultScope scope;
    private final FaultCalls errands;
    private final Permission permission;
    private final NetworkModel picture;
    private final FaultList list;

    /** Of those who are permitted to. */
    public FaultRequests(Loop loop, FaultAccess access, Permission permission, NetworkModel picture) {
        this.scope = new FaultScope(access, picture);
        this.errands = new FaultCalls(loop);
        this.permission = permission;
        this.picture = picture;
        this.list = new FaultList(scope, errands, permission, picture);
    }

    /** Those in force. */
    public void list(HttpServerRequest request) {
        list.answer(request);
    }

    // --- Begin ------------------------------------------------------------------------------------------------------

    /** Lets one begin. */
    public void begin(HttpServerRequest request) {
        if (mayNot(request)) {
            return;
        }
        RequestBody.read(request, BODY_BYTES_MAX, body -> {
            FaultRequest wish;
            try {
                wish = FaultRequest.read(JsonObject.parse(body), scope::address);
                // Its bounds are those of any order.
                wish.order(1, 0);
                if (wish.fault() instanceof LiveFault.Partition partition) {
                    partition.demandParting(scope.present());
                }
            } catch (WireException | IllegalArgumentException e) {
                Problem.badRequest(
                                "The fault cannot be read: " + e.getMessage() + ".",
                                "For example {\"kind\":\"loss\",\"share\":\"10%\",\"for\":\"30s\"}")
                        .answer(request.response());
                return;
            } catch (FaultException e) {
                FaultCalls.problem(e).answer(request.response());
                return;
            }
            if (request.getParam("preview", "").equals("true")) {
                preview(request, wish);
            } else {
                begin(request, wish);
            }
        });
    }

    private void preview(HttpServerRequest request, FaultRequest wish) {
        List<NodeId> touched = scope.touched(wish.fault());
        FaultControl control = scope.control(scope.running());
        errands.send(
                () -> {
                    control.demandPossible(order(wish, control));
                    return true;
                },
                possible -> answer(
                        request, 200, RecordJson.PLAIN.line(new Preview(touched.size(), scope.command(wish, touched)))),
                problem -> problem.answer(request.response()));
    }

    private void begin(HttpServerRequest request, FaultRequest wish) {
        List<NodeId> touched = scope.touched(wish.fault());
        FaultControl control = scope.control(scope.running());
        change(request, () -> beginNumbered(wish, control), order -> {
            var fault = new FaultDesk.InForce(order, picture.nowMicros(), order.forNanos());
            var shown = list.shown(fault, scope.names());
            answer(request, 201, RecordJson.PLAIN.line(new Begun(shown, scope.command(wish, touched))));
        });
    }

    /** Somebody else may order one at the same time; whoever is later takes the next number. */
    private static FaultOrder beginNumbered(FaultRequest wish, FaultControl control) throws FaultException {
        while (true) {
            FaultOrder order = order(wish, control);
            try {
                control.begin(order);
                return order;
            } catch (FaultException e) {
                if (e.code() != FaultException.Code.TAKEN) {
                    throw e;
                }
            }
        }
    }

    private static FaultOrder order(FaultRequest wish, FaultControl control) throws FaultException {
        return wish.order(control.last() + 1, ThreadLocalRandom.current().nextLong(RANDOM_SEED_BOUND));
    }

    // --- End, restart -----------------------------------------------------------------------------------------------

    /** Ends one, or all. */
    public void end(HttpServerRequest request) {
        if (mayNot(request)) {
            return;
        }
        String id = String.valueOf(request.path()).substring("/api/faults/".length());
        if (!id.equals("all")) {
            try {
                FaultOrder.demandId(id);
            } catch (IllegalArgumentException e) {
                Problem.badRequest(e.getMessage() + ".", "See /api/faults; or: all")
                        .answer(request.response());
                return;
            }
        }
        List<NodeId> running = scope.running();
        FaultControl control = scope.control(running);
        change(
                request,
                () -> id.equals("all") ? endAll(control) : end(id, control),
                ended -> answer(
                        request,
                        200,
                        RecordJson.PLAIN.line(new Ended(ended, "gossip fault heal " + id + scope.where(running)))));
    }

    private static List<String> end(String id, FaultControl control) throws FaultException {
        control.heal(id);
        return List.of(id);
    }

    private static List<String> endAll(FaultControl control) throws FaultException {
        List<String> ended = new ArrayList<>();
        for (FaultDesk.InForce one : control.inForce()) {
            try {
                ended.addAll(end(one.order().id(), control));
            } catch (FaultException e) {
                // One that is over meanwhile need not be ended.
                if (e.code() != FaultException.Code.NO_SUCH_FAULT) {
                    throw e;
                }
            }
        }
        return ended;
    }

    /** Brings back a node that was killed. */
    public void restart(HttpServerRequest request) {
        if (mayNot(request)) {
            return;
        }
        String path = String.valueOf(request.path());
        String index = path.substring("/api/nodes/".length(), path.length() - "/restart".length());
        NodeId address;
        try {
            address = scope.address(index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1);
        } catch (FaultException e) {
            FaultCalls.problem(e).answer(request.response());
            return;
        }
        FaultControl control = scope.control(scope.running());
        change(
                request,
                () -> {
                    control.revive(address);
                    return address;
                },
                revived -> answer(
                        request,
                        200,
                        RecordJson.PLAIN.line(new Restarted(
                                Integer.parseInt(index),
                                "gossip restart-node " + scope.names().apply(address) + scope.where(List.of())))));
    }

    /** Says why the request may not change anything, if so. */
    private boolean mayNot(HttpServerRequest request) {
        Problem refusal = permission.refusal(request);
        if (refusal == null) {
            refusal = scope.bar();
        }
        if (refusal != null) {
            refusal.answer(request.response());
        }
        return refusal != null;
    }

    /** Does what changes something, and answers; what was listed before is no longer true. */
    private <T> void change(HttpServerRequest request, FaultCalls.Errand<T> errand, Consumer<T> then) {
        errands.send(
                errand,
                result -> {
                    list.forget();
                    then.accept(result);
                },
                problem -> {
                    list.forget();
                    problem.answer(request.response());
                });
    }

    /** Answers, if there is still somebody to answer. */
    private static void answer(HttpServerRequest request, int status, String body) {
        if (!request.response().closed()) {
            HttpAnswers.json(request.response(), status, body);
        }
    }

    // --- Answers -----------------------------------------------------------------------------------------------------

    /** How many nodes a fault would affect, and the same as a command. */
    record Preview(int affects, String command) {}

    record Begun(FaultList.Shown fault, String command) {}

    /** The numbers of those that were ended. */
    record Ended(List<String> ended, String command) {}

    record Restarted(int node, String command) {}
}
