package dev.hearsay.live.api;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.http.Readers;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.wire.TraceJson;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /ballots}: how membership was decided, as far as this node remembers: its events about suspicions, reports, votes and outcomes, one JSON
 * object per line in the form of the trace; with {@code ?peer=ADDRESS} those about one peer.
 */
final class BallotsPage {

    private static final String LINES = "application/x-ndjson";

    private BallotsPage() {}

    static void send(NodeView view, NodeDriver driver, HttpServerRequest request, String host, Readers readers) {
        String wanted = request.getParam("peer");
        NodeId peer;
        try {
            peer = wanted == null ? null : NodeId.parse(wanted);
        } catch (IllegalArgumentException e) {
            Problem.badRequest("The peer cannot be read: " + e.getMessage() + ".", "?peer=127.0.0.1:7000")
                    .answer(request.response());
            return;
        }
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, LINES);
        PagedResponse.sendEvents(
                request,
                driver.ring(),
                (atMicros, event) -> {
                    NodeId subject = subject(event);
                    return subject != null && (peer == null || subject.equals(peer))
                            ? TraceJson.write(atMicros, view.address(), event)
                            : null;
                },
                host,
                readers);
    }

    /** Whose membership an event is about; null if it is about none. */
    private static @Nullable NodeId subject(Event event) {
        if (event instanceof VotingProtocol.Events vote) {
            return vote.statement().peer();
        } else if (event instanceof RemovalProtocol.Reported reported) {
            return reported.statement().peer();
        } else if (event instanceof PeerListProtocol.ListChanged changed) {
            return changed.statement().peer();
        } else if (event instanceof SuspicionProtocol.SuspicionDecided decided) {
            return decided.accused();
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            return removed.member();
        } else if (event instanceof HeartbeatProtocol.Suspected suspected) {
            return suspected.neighbour();
        }
        return event instanceof HeartbeatProtocol.Cleared cleared ? cleared.neighbour() : null;
    }
}
