package dev.hearsay.live.api;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
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
        return switch (event) {
            case RemovalProtocol.Reported reported -> reported.statement().peer();
            case VotingProtocol.Proposed proposed -> proposed.statement().peer();
            case VotingProtocol.Voted voted -> voted.statement().peer();
            case VotingProtocol.VoteReceived vote -> vote.statement().peer();
            case VotingProtocol.Decided decided -> decided.statement().peer();
            case PeerListProtocol.ListChanged(Statement statement, var members) -> statement.peer();
            case HeartbeatProtocol.Suspected suspected -> suspected.neighbour();
            case HeartbeatProtocol.Cleared cleared -> cleared.neighbour();
            case SuspicionProtocol.SuspicionDecided decided -> decided.accused();
            case MembershipProtocol.MemberRemoved removed -> removed.member();
            default -> null;
        };
    }
}
