package dev.hearsay.learn;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Machine;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.node.Seed;
import dev.hearsay.sim.Stepper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to be seen of one node: what it holds, and what it has told of itself. */
final class NodeSnapshot {

    private final Stepper stepper;
    private final int number;
    private final NodeId self;

    /** Whom it suspects, and whom it has given up. */
    private final TreeSet<NodeId> suspects = new TreeSet<>();

    private final TreeSet<NodeId> silent = new TreeSet<>();

    /** The latest vote on each peer, if this is a seed. */
    private final Map<NodeId, SeedVote> ballots = new LinkedHashMap<>();

    private String standing = "";

    /** What {@link #look} saw last. */
    private Map<String, List<String>> seen = Map.of();

    NodeSnapshot(Stepper stepper, int number) {
        this.stepper = stepper;
        this.number = number;
        this.self = stepper.name(number);
    }

    NodeId self() {
        return self;
    }

    void told(Event event) {
        if (event instanceof HeartbeatProtocol.Events heartbeat) {
            told(heartbeat);
        } else if (event instanceof VotingProtocol.Events vote) {
            told(vote);
        } else if (event instanceof Lifecycle.Started || event instanceof Lifecycle.SeedStarted) {
            begin("started");
        } else if (event instanceof Lifecycle.Stopped) {
            begin("");
        } else if (event instanceof RegistrationProtocol.Applied) {
            standing = "applying";
        } else if (event instanceof RegistrationProtocol.Registered) {
            standing = "registered";
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            suspects.remove(removed.member());
            silent.remove(removed.member());
        }
    }

    private void told(HeartbeatProtocol.Events event) {
        switch (event) {
            case HeartbeatProtocol.Suspected suspected -> suspects.add(suspected.neighbour());
            case HeartbeatProtocol.Cleared cleared -> suspects.remove(cleared.neighbour());
            case HeartbeatProtocol.Silent gone -> {
                suspects.remove(gone.neighbour());
                silent.add(gone.neighbour());
            }
            case HeartbeatProtocol.Reappeared back -> silent.remove(back.neighbour());
        }
    }

    private void told(VotingProtocol.Events event) {
        SeedVote ballot = ballot(event.statement());
        switch (event) {
            case VotingProtocol.Proposed proposed ->
                ballots.put(proposed.statement().peer(), new SeedVote(self, proposed));
            case VotingProtocol.VoteReceived vote when ballot != null -> ballot.count(vote.seed(), vote.yes());
            case VotingProtocol.Decided decided when ballot != null -> ballot.decide(decided.approved());
            case VotingProtocol.Voted _, VotingProtocol.VoteReceived _, VotingProtocol.Decided _ -> {}
        }
    }

    private @Nullable SeedVote ballot(Statement statement) {
        SeedVote ballot = ballots.get(statement.peer());
        return ballot != null && ballot.statement().equals(statement) ? ballot : null;
    }

    private void begin(String as) {
        standing = as;
        suspects.clear();
        silent.clear();
        ballots.clear();
    }

    /** What it looked like at the last look. */
    Map<String, List<String>> seen() {
        return seen;
    }

    /** What it looks like now: lists of words by name; a single word is a list of one. */
    Map<String, List<String>> look() {
        Map<String, List<String>> now = new LinkedHashMap<>();
        Machine machine = stepper.machine(number);
        now.put("state", List.of(machine == null ? "down" : stepper.isPaused(number) ? "paused" : "up"));
        now.put("standing", standing.isEmpty() ? List.of() : List.of(standing));
        switch (machine) {
            case Node node -> look(node, now);
            case Seed seed -> now.put("members", texts(seed.peerList().members()));
            case null, default -> {}
        }
        now.put("suspects", texts(suspects));
        now.put("silent", texts(silent));
        now.put("votes", texts(ballots.values()));
        seen = now;
        return now;
    }

    private static void look(Node node, Map<String, List<String>> now) {
        now.put("neighbours", texts(node.neighbours()));
        now.put("members", texts(node.members()));
        List<String> rumors = new ArrayList<>();
        node.log().entries().forEach(entry -> rumors.add(entry.rumor().id().brief()));
        now.put("rumors", rumors);
    }

    private static List<String> texts(Iterable<?> things) {
        List<String> texts = new ArrayList<>();
        things.forEach(thing -> texts.add(thing.toString()));
        return texts;
    }
}
