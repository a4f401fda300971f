package dev.hearsay.web.faults;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.Fault;
import dev.hearsay.live.fault.FaultControl;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.Traffic;
import dev.hearsay.live.http.Problem;
import dev.hearsay.web.http.Answers;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.picture.NetworkPicture;
import dev.hearsay.web.picture.NodeSight;
import dev.hearsay.wire.Json;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/faults}: those in force, read at most once a second however many ask. */
final class FaultList {

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final FaultScope scope;
    private final FaultErrands errands;
    private final Permission permission;
    private final NetworkPicture picture;
    private final List<HttpServerRequest> waiting = new ArrayList<>();
    private @Nullable String listing;
    private long readNanos;
    private boolean isReading;

    /** How often something was changed: what was read meanwhile is not kept. */
    private long changes;

    FaultList(FaultScope scope, FaultErrands errands, Permission permission, NetworkPicture picture) {
        this.scope = scope;
        this.errands = errands;
        this.permission = permission;
        this.picture = picture;
    }

    /** Somebody has changed something: what was read before is no longer true. */
    void forget() {
        changes++;
        listing = null;
    }

    void answer(HttpServerRequest request) {
        Problem bar = scope.bar();
        if (bar != null) {
            Answers.json(request.response(), 200, text(bar, List.of()));
        } else if (listing != null && System.nanoTime() - readNanos < FRESH_NANOS) {
            Answers.json(request.response(), 200, listing);
        } else {
            waiting.add(request);
            if (!isReading) {
                read();
            }
        }
    }

    private void read() {
        isReading = true;
        long before = changes;
        FaultControl control = scope.control(scope.running());
        errands.send(
                control::inForce,
                faults -> done(before, text(permission.bar(), faults)),
                problem -> done(before, text(problem, List.of())));
    }

    private void done(long before, String text) {
        isReading = false;
        if (before == changes) {
            listing = text;
            readNanos = System.nanoTime();
        }
        List<HttpServerRequest> answered = List.copyOf(waiting);
        waiting.clear();
        for (HttpServerRequest request : answered) {
            if (!request.response().closed()) {
                Answers.json(request.response(), 200, text);
            }
        }
    }

    private String text(@Nullable Problem bar, List<FaultDesk.InForce> faults) {
        Function<NodeId, String> names = scope.names();
        return Json.object(json -> {
            json.writeBooleanField("can", bar == null);
            if (bar != null) {
                json.writeStringField("why", bar.detail());
                json.writeStringField("hint", bar.hint());
            }
            Json.array("faults", faults, json, fault -> write(fault, names, json));
        });
    }

    /** One fault. */
    void write(FaultDesk.InForce one, Function<NodeId, String> names, JsonGenerator json) throws IOException {
        FaultOrder order = one.order();
        json.writeStartObject();
        json.writeStringField("id", order.id());
        json.writeStringField("what", order.fault().words(names));
        json.writeStringField("kind", order.fault().kind());
        Json.array("nodes", named(order.fault()), json, address -> {
            NodeSight node = picture.node(address);
            if (node != null) {
                json.writeNumber(node.index);
            }
        });
        json.writeNumberField("begun", one.beganMicros());
        if (order.forNanos() == 0) {
            json.writeNullField("ends");
        } else {
            json.writeNumberField("ends", one.beganMicros() + order.forNanos() / 1000);
        }
        json.writeEndObject();
    }

    /** The nodes that a fault names; none if it is about all. */
    private static Collection<NodeId> named(Fault fault) {
        return switch (fault) {
            case Fault.Loss(Traffic traffic, double share) -> ends(traffic);
            case Fault.Duplicate(Traffic traffic, double share) -> ends(traffic);
            case Fault.Delay(Traffic traffic, long least, long most) -> ends(traffic);
            case Fault.Cut(Traffic traffic) -> ends(traffic);
            case Fault.Partition(List<Set<NodeId>> groups) ->
                groups.stream().flatMap(Set::stream).toList();
            case Fault.Pause(Set<NodeId> nodes) -> nodes;
            case Fault.Kill(Set<NodeId> nodes) -> nodes;
        };
    }

    private static Collection<NodeId> ends(Traffic traffic) {
        Set<NodeId> ends = new LinkedHashSet<>(traffic.from());
        ends.addAll(traffic.to());
        return ends;
    }
}
