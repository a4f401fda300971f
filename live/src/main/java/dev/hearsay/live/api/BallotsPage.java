package dev.hearsay.live.api;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.node.SignalRing;
import dev.hearsay.wire.TraceJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /ballots}: how membership was decided, as far as this node remembers: its signals about suspicions, reports, votes and outcomes, one JSON
 * object per line in the form of the trace; with {@code ?peer=ADDRESS} those about one peer.
 */
final class BallotsPage {

    private static final String LINES = "application/x-ndjson";

    private BallotsPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request) {
        NodeId peer;
        try {
            String wanted = request.getParam("peer");
            peer = wanted == null ? null : NodeId.parse(wanted);
        } catch (IllegalArgumentException e) {
            Problem.badRequest("The peer cannot be read: " + e.getMessage() + ".", "?peer=127.0.0.1:7000")
                    .answer(request.response());
            return;
        }
        SignalRing ring = driver.ring();
        StringBuilder lines = new StringBuilder();
        for (long number = ring.first(); number <= ring.last(); number++) {
            NodeId subject = subject(ring.signal(number));
            if (subject != null && (peer == null || subject.equals(peer))) {
                lines.append(TraceJson.write(ring.atMicros(number), view.address(), ring.signal(number)))
                        .append('\n');
            }
        }
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, LINES).end(lines.toString());
    }

    /** Whose membership a signal is about; null if it is about none. */
    private static @Nullable NodeId subject(Signal signal) {
        return switch (signal) {
            case Signal.Reported reported -> reported.statement().peer();
            case Signal.Proposed proposed -> proposed.statement().peer();
            case Signal.Voted voted -> voted.statement().peer();
            case Signal.VoteReceived vote -> vote.statement().peer();
            case Signal.Decided decided -> decided.statement().peer();
            case Signal.ListChanged(Statement statement, var members) -> statement.peer();
            case Signal.Suspected suspected -> suspected.neighbour();
            case Signal.Cleared cleared -> cleared.neighbour();
            case Signal.JurySpoke jury -> jury.accused();
            case Signal.MemberRemoved removed -> removed.member();
            default -> null;
        };
    }
}
