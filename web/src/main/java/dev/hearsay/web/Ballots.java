package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.live.node.SignalText;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How membership was decided: votes of seeds, put together from what each of them tells. Seeds are heard in any order, and the same may be
 * heard twice, from a seed's page and from its events; so all that is heard is found its place by who, what and when.
 */
final class Ballots {

    static final int BALLOTS_MAX = 500;

    /** Of so many nodes it is remembered what others said of them, as much of each. */
    private static final int ACCUSED_MAX = 500;

    private static final int EVIDENCE_MAX = 32;

    /** What a node says of another that matters for a change of membership. */
    record Evidence(Change change, NodeId node, long atMicros, Signal signal) {
        String text() {
            return SignalText.words(signal);
        }
    }

    /** Whose vote on what. */
    private record Question(NodeId proposer, Statement statement) {}

    private final Map<Question, List<Ballot>> ballots = new LinkedHashMap<>();
    private final Map<NodeId, ArrayDeque<Evidence>> evidence = new LinkedHashMap<>(16, 0.75f, true);
    private int count;
    private int kept;

    void observe(TraceJson.Line line) {
        NodeId node = line.node();
        long at = line.atMicros();
        switch (line.signal()) {
            case Signal.Proposed proposed -> {
                Ballot ballot = called(new Question(node, proposed.statement()), at);
                ballot.needed = proposed.needed();
                ballot.vote(node, new Ballot.Vote(proposed.ownVote(), "", at));
            }
            case Signal.Voted(Statement statement, NodeId proposer, boolean yes, String reason) ->
                during(new Question(proposer, statement), at).vote(node, new Ballot.Vote(yes, reason, at));
            case Signal.VoteReceived vote -> {
                Ballot ballot = during(new Question(node, vote.statement()), at);
                ballot.needed = vote.needed();
                ballot.vote(vote.seed(), new Ballot.Vote(vote.yes(), vote.reason(), at));
            }
            case Signal.Decided decided -> {
                Ballot ballot = during(new Question(node, decided.statement()), at);
                ballot.needed = decided.needed();
                ballot.voters = decided.voters();
                ballot.outcome = decided.approved() ? Ballot.Outcome.APPROVED : Ballot.Outcome.REFUSED;
                ballot.decidedMicros = at;
                ballot.reason = decided.reason();
            }
            case Signal.Suspected suspected -> witness(Change.REMOVE, suspected.neighbour(), line);
            case Signal.Cleared cleared -> witness(Change.REMOVE, cleared.neighbour(), line);
            case Signal.Silent silent -> witness(Change.REMOVE, silent.neighbour(), line);
            case Signal.JurySpoke jury -> witness(Change.REMOVE, jury.accused(), line);
            case Signal.Reported reported ->
                witness(Change.REMOVE, reported.statement().peer(), line);
            case Signal.Applied applied ->
                witness(Change.REGISTER, applied.statement().peer(), line);
            default -> {}
        }
    }

    /** The vote that began at that moment. */
    private Ballot called(Question question, long atMicros) {
        List<Ballot> known = ballots.getOrDefault(question, List.of());
        for (Ballot ballot : known) {
            if (ballot.isProposed && ballot.beginMicros == atMicros) {
                return ballot;
            }
        }
        Ballot ballot = known.stream()
                .filter(each -> !each.isProposed && !each.isDecidedBefore(atMicros))
                .findFirst()
                .orElseGet(() -> include(question, atMicros));
        ballot.isProposed = true;
        ballot.beginMicros = atMicros;
        return ballot;
    }

    /** The vote that was under way at that moment: the last one that had begun, or if clocks differ the first. */
    private Ballot during(Question question, long atMicros) {
        List<Ballot> known = ballots.getOrDefault(question, List.of());
        return known.stream()
                .filter(ballot -> ballot.beginMicros <= atMicros)
                .max(Comparator.comparingLong(ballot -> ballot.beginMicros))
                .or(() -> known.stream().min(Comparator.comparingLong(ballot -> ballot.beginMicros)))
                .orElseGet(() -> include(question, atMicros));
    }

    private Ballot include(Question question, long atMicros) {
        Ballot ballot = new Ballot(++count, question.statement, question.proposer, atMicros);
        ballots.computeIfAbsent(question, q -> new ArrayList<>(1)).add(ballot);
        if (++kept > BALLOTS_MAX) {
            forget(latest().getLast());
        }
        return ballot;
    }

    private void forget(Ballot oldest) {
        Question question = new Question(oldest.proposer, oldest.statement);
        List<Ballot> same = ballots.getOrDefault(question, List.of());
        same.remove(oldest);
        if (same.isEmpty()) {
            ballots.remove(question);
        }
        kept--;
    }

    private void witness(Change change, NodeId accused, TraceJson.Line line) {
        Evidence said = new Evidence(change, line.node(), line.atMicros(), line.signal());
        ArrayDeque<Evidence> known = evidence.computeIfAbsent(accused, a -> new ArrayDeque<>());
        if (known.contains(said)) {
            return;
        }
        if (known.size() == EVIDENCE_MAX) {
            known.removeFirst();
        }
        known.addLast(said);
        if (evidence.size() > ACCUSED_MAX) {
            evidence.remove(evidence.keySet().iterator().next());
        }
    }

    /** All that are kept, the latest first. */
    List<Ballot> latest() {
        return ballots.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.<Ballot>comparingLong(ballot -> ballot.beginMicros)
                        .thenComparingInt(ballot -> ballot.number)
                        .reversed())
                .toList();
    }

    /** What was said of the peer after the last decision about it before this vote, and before this one was decided. */
    List<Evidence> evidence(Ballot ballot) {
        @Nullable ArrayDeque<Evidence> said = evidence.get(ballot.statement.peer());
        if (said == null) {
            return List.of();
        }
        long since = decidedBefore(ballot);
        long until = ballot.outcome == Ballot.Outcome.OPEN ? Long.MAX_VALUE : ballot.decidedMicros;
        return said.stream()
                .filter(each ->
                        each.change == ballot.statement.change() && each.atMicros > since && each.atMicros <= until)
                .sorted(Comparator.comparingLong(Evidence::atMicros))
                .toList();
    }

    /** When it was last decided about the same peer otherwise. */
    private long decidedBefore(Ballot ballot) {
        long latest = Long.MIN_VALUE;
        for (List<Ballot> each : ballots.values()) {
            for (Ballot other : each) {
                boolean isOfPeer = other.statement.peer().equals(ballot.statement.peer());
                if (isOfPeer
                        && !other.statement.equals(ballot.statement)
                        && other.isDecidedBefore(ballot.beginMicros)) {
                    latest = Math.max(latest, other.decidedMicros);
                }
            }
        }
        return latest;
    }
}
