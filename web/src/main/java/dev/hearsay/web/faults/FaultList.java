package dev.hearsay.web.faults;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultControl;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.http.Problem;
import dev.hearsay.web.http.HttpAnswers;
import dev.hearsay.web.http.Permission;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
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
    private final FaultCalls errands;
    private final Permission permission;
    private final NetworkModel picture;
    private final List<HttpServerRequest> waiting = new ArrayList<>();
    private @Nullable String listing;
    private long readNanos;
    private boolean isReading;

    /** How often something was changed: what was read meanwhile is not kept. */
    private long changes;

    FaultList(FaultScope scope, FaultCalls errands, Permission permission, NetworkModel picture) {
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
            HttpAnswers.json(request.response(), 200, text(bar, List.of()));
        } else if (listing != null && System.nanoTime() - readNanos < FRESH_NANOS) {
            HttpAnswers.json(request.response(), 200, listing);
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
                HttpAnswers.json(request.response(), 200, text);
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
            NodeModel node = picture.node(address);
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
    private static Collection<NodeId> named(LiveFault fault) {
        return switch (fault) {
            case LiveFault.Loss(TrafficSelector traffic, double share) -> ends(traffic);
            case LiveFault.Duplicate(TrafficSelector traffic, double share) -> ends(traffic);
            case LiveFault.Delay(TrafficSelector traffic, long least, long most) -> ends(traffic);
            case LiveFault.Cut(TrafficSelector traffic) -> ends(traffic);
            case LiveFault.Partition(List<Set<NodeId>> groups) ->
                groups.stream().flatMap(Set::stream).toList();
            case LiveFault.Pause(Set<NodeId> nodes) -> nodes;
            case LiveFault.Kill(Set<NodeId> nodes) -> nodes;
        };
    }

    private static Collection<NodeId> ends(TrafficSelector traffic) {
        Set<NodeId> ends = new LinkedHashSet<>(traffic.from());
        ends.addAll(traffic.to());
        return ends;
    }
}
