package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
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
        List<Thread> asking = witnesses.stream()
                .map(witness -> Thread.ofVirtual().start(() -> ask(witness, peer, lines)))
                .toList();
        try {
            for (Thread each : asking) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lines.stream()
                .filter(line -> isEvidence(line.signal()))
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
    private static boolean isEvidence(Signal signal) {
        return switch (signal) {
            case Signal.Suspected _, Signal.Cleared _, Signal.JurySpoke _, Signal.MemberRemoved _ -> true;
            case Signal.Reported reported -> isRemoval(reported.statement());
            case Signal.Proposed proposed -> isRemoval(proposed.statement());
            case Signal.Voted voted -> isRemoval(voted.statement());
            case Signal.VoteReceived vote -> isRemoval(vote.statement());
            case Signal.Decided decided -> isRemoval(decided.statement());
            case Signal.ListChanged changed -> isRemoval(changed.statement());
            default -> false;
        };
    }

    private static boolean isRemoval(Statement statement) {
        return statement.change() == Statement.Change.REMOVE;
    }

    /** Whether a signal says that the peer is removed. */
    static boolean isRemoval(Signal signal) {
        return switch (signal) {
            case Signal.ListChanged changed -> isRemoval(changed.statement());
            case Signal.MemberRemoved removed -> true;
            default -> false;
        };
    }
}
