package dev.hearsay.web.faults;

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
import dev.hearsay.wire.RecordJson;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/faults}: those in force, read at most once a second however many ask. */
final class FaultList {

    private static final long FRESH_NANOS = 1_000_000_000L;

    /** One fault, as the page gets it. */
    record Shown(
            String id,
            String what,
            String kind,
            List<Integer> nodes,
            long begun,
            @Nullable Long ends) {}

    private record Listing(boolean can, String why, String hint, List<Shown> faults) {}

    private static final RecordJson JSON =
            new RecordJson().absent(Listing.class, "why", "").absent(Listing.class, "hint", "");

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
        List<Shown> shown = faults.stream().map(fault -> shown(fault, names)).toList();
        return JSON.line(
                bar == null ? new Listing(true, "", "", shown) : new Listing(false, bar.detail(), bar.hint(), shown));
    }

    /** One fault. */
    Shown shown(FaultDesk.InForce one, Function<NodeId, String> names) {
        FaultOrder order = one.order();
        List<Integer> nodes = named(order.fault()).stream()
                .map(picture::node)
                .filter(Objects::nonNull)
                .map(node -> node.index)
                .toList();
        Long ends = order.forNanos() == 0 ? null : one.beganMicros() + order.forNanos() / 1000;
        return new Shown(order.id(), order.fault().words(names), order.fault().kind(), nodes, one.beganMicros(), ends);
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
