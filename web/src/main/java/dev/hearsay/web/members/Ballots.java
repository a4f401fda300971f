package dev.hearsay.web.members;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How membership was decided: votes of seeds, put together from what each of them tells. Seeds are heard in any order, and the same may be
 * heard twice, from a seed's page and from its events; so what they tell is kept, and put together when somebody asks.
 */
public final class Ballots {

    static final int BALLOTS_MAX = 500;

    /** A seed that asks the same again and again, for want of a quorum, is remembered for so many times. */
    private static final int CALLS_MAX = 32;

    private static final int SAID_MAX = 256;

    /** Of so many nodes it is remembered what others said of them, as much of each. */
    private static final int ACCUSED_MAX = 500;

    private static final int EVIDENCE_MAX = 32;

    /** What a node says of another that matters for a change of membership. */
    record Evidence(Change change, NodeId node, long atMicros, Event event) {
        String text() {
            return EventWords.of(event);
        }
    }

    /** Whose vote on what. */
    private record Question(NodeId proposer, Statement statement) {}

    /** What was said of it. */
    private static final class Hearing {
        final TreeMap<Long, VotingProtocol.Proposed> calls = new TreeMap<>();
        final Set<TraceJson.Line> said = new LinkedHashSet<>();
        long forgottenMicros = Long.MIN_VALUE;
        long lastMicros = Long.MIN_VALUE;

        void add(TraceJson.Line line) {
            if (line.atMicros() < forgottenMicros) {
                return;
            }
            lastMicros = Math.max(lastMicros, line.atMicros());
            if (line.event() instanceof VotingProtocol.Proposed proposed) {
                calls.put(line.atMicros(), proposed);
            } else {
                said.add(line);
            }
            if (calls.size() > CALLS_MAX || said.size() > SAID_MAX) {
                forgetFirst();
            }
        }

        private void forgetFirst() {
            calls.pollFirstEntry();
            forgottenMicros = calls.isEmpty() ? lastMicros : calls.firstKey();
            said.removeIf(line -> line.atMicros() < forgottenMicros);
            if (said.size() > SAID_MAX) {
                said.clear();
            }
        }

        /** Each call is a vote; what was said belongs to the last one before, or if clocks differ to the first. */
        List<Ballot> ballots(Question question) {
            TreeMap<Long, Ballot> ballots = new TreeMap<>();
            calls.forEach((at, proposed) -> {
                Ballot ballot = new Ballot(question.statement, question.proposer, at);
                ballot.needed = proposed.needed();
                ballot.vote(question.proposer, new Ballot.Vote(proposed.ownVote(), "", at));
                ballots.put(at, ballot);
            });
            if (ballots.isEmpty()) {
                said.stream()
                        .mapToLong(TraceJson.Line::atMicros)
                        .min()
                        .ifPresent(at -> ballots.put(at, new Ballot(question.statement, question.proposer, at)));
            }
            for (TraceJson.Line line : said) {
                var during = ballots.floorEntry(line.atMicros());
                hear(during == null ? ballots.firstEntry().getValue() : during.getValue(), line);
            }
            return List.copyOf(ballots.values());
        }

        private static void hear(Ballot ballot, TraceJson.Line line) {
            long at = line.atMicros();
            switch ((VotingProtocol.Events) line.event()) {
                case VotingProtocol.Voted voted ->
                    ballot.vote(line.node(), new Ballot.Vote(voted.yes(), voted.reason(), at));
                case VotingProtocol.VoteReceived vote -> {
                    ballot.needed = vote.needed();
                    ballot.vote(vote.seed(), new Ballot.Vote(vote.yes(), vote.reason(), at));
                }
                case VotingProtocol.Decided decided -> {
                    ballot.needed = decided.needed();
                    ballot.voters = decided.voters();
                    ballot.outcome = decided.approved() ? Ballot.Outcome.APPROVED : Ballot.Outcome.REFUSED;
                    ballot.decidedMicros = at;
                    ballot.reason = decided.reason();
                }
                case VotingProtocol.Proposed _ -> throw new IllegalArgumentException("a vote of its own: " + line);
            }
        }
    }

    private final Map<Question, Hearing> hearings = new HashMap<>();
    private final Map<NodeId, ArrayDeque<Evidence>> evidence = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable List<Ballot> latest;

    /** What a node says, if it is about membership. */
    public void observe(TraceJson.Line line) {
        Event event = line.event();
        if (event instanceof VotingProtocol.Events vote) {
            NodeId proposer = vote instanceof VotingProtocol.Voted voted ? voted.proposer() : line.node();
            hear(new Question(proposer, vote.statement()), line);
        } else if (event instanceof HeartbeatProtocol.Events heartbeat) {
            if (!(heartbeat instanceof HeartbeatProtocol.Reappeared)) {
                witness(Change.REMOVE, heartbeat.neighbour(), line);
            }
        } else if (event instanceof SuspicionProtocol.SuspicionDecided decided) {
            witness(Change.REMOVE, decided.accused(), line);
        } else if (event instanceof RemovalProtocol.Reported reported) {
            witness(Change.REMOVE, reported.statement().peer(), line);
        } else if (event instanceof RegistrationProtocol.Applied applied) {
            witness(Change.REGISTER, applied.statement().peer(), line);
        }
    }

    private void hear(Question question, TraceJson.Line line) {
        latest = null;
        hearings.computeIfAbsent(question, q -> new Hearing()).add(line);
        if (hearings.size() > BALLOTS_MAX) {
            Question oldest = question;
            long oldestMicros = Long.MAX_VALUE;
            for (Map.Entry<Question, Hearing> each : hearings.entrySet()) {
                if (each.getValue().lastMicros < oldestMicros) {
                    oldest = each.getKey();
                    oldestMicros = each.getValue().lastMicros;
                }
            }
            hearings.remove(oldest);
        }
    }

    private void witness(Change change, NodeId accused, TraceJson.Line line) {
        Evidence said = new Evidence(change, line.node(), line.atMicros(), line.event());
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
        if (latest == null) {
            latest = hearings.entrySet().stream()
                    .flatMap(each -> each.getValue().ballots(each.getKey()).stream())
                    .sorted(Comparator.<Ballot>comparingLong(ballot -> ballot.beginMicros)
                            .thenComparing(ballot -> ballot.proposer)
                            .reversed())
                    .limit(BALLOTS_MAX)
                    .toList();
        }
        return latest;
    }

    /** What was said of the peer after the last decision about it before this vote, and before this one was decided. */
    List<Evidence> evidence(Ballot ballot) {
        ArrayDeque<Evidence> said = evidence.get(ballot.statement.peer());
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
        long latestMicros = Long.MIN_VALUE;
        for (Ballot other : latest()) {
            boolean isOfPeer = other.statement.peer().equals(ballot.statement.peer());
            if (isOfPeer && !other.statement.equals(ballot.statement) && other.isDecidedBefore(ballot.beginMicros)) {
                latestMicros = Math.max(latestMicros, other.decidedMicros);
            }
        }
        return latestMicros;
    }
}
