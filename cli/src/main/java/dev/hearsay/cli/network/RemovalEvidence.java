package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What nodes remember of how a peer was suspected, accused and removed. */
final class RemovalEvidence {

    private static final int READ_MILLIS = 3_000;

    private RemovalEvidence() {}

    /** What these witnesses remember, in the order in which it happened; whoever does not answer is left out. */
    static List<TraceJson.Line> of(NodeId peer, List<Contact> witnesses) {
        Queue<TraceJson.Line> lines = new ConcurrentLinkedQueue<>();
        Contact.eachAtOnce(witnesses, witness -> ask(witness, peer, lines));
        return lines.stream()
                .filter(line -> isEvidence(line.event()))
                .sorted(Comparator.comparingLong(TraceJson.Line::atMicros))
                .toList();
    }

    private static void ask(Contact witness, NodeId peer, Queue<TraceJson.Line> lines) {
        try {
            String answer = witness.call("/ballots?peer=" + URLEncoder.encode(peer.toString(), StandardCharsets.UTF_8))
                    .withReadMillis(READ_MILLIS)
                    .getText();
            for (String line : answer.lines().toList()) {
                lines.add(TraceJson.read(line));
            }
        } catch (Failure | WireException ignored) {
            // One witness less.
        }
    }

    /** Registrations are another story, except that one ends a removal. */
    private static boolean isEvidence(Event event) {
        if (event instanceof VotingProtocol.Events vote) {
            return isRemoval(vote.statement());
        } else if (event instanceof RemovalProtocol.Reported reported) {
            return isRemoval(reported.statement());
        }
        return event instanceof HeartbeatProtocol.Suspected
                || event instanceof HeartbeatProtocol.Cleared
                || event instanceof SuspicionProtocol.SuspicionDecided
                || isRemoval(event);
    }

    private static boolean isRemoval(Statement statement) {
        return statement.change() == Statement.Change.REMOVE;
    }

    /** Whether an event says that the peer is removed. */
    static boolean isRemoval(Event event) {
        return event instanceof MembershipProtocol.MemberRemoved
                || (event instanceof PeerListProtocol.ListChanged changed && isRemoval(changed.statement()));
    }
}
