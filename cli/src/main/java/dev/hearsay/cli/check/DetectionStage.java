package dev.hearsay.cli.check;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who crashes is suspected, convicted by its neighbours and removed by the seeds; who only pauses is not; who returns is welcome. */
final class DetectionStage implements Stage {

    private static final String MEMBER = "member 1";

    /** No pause is longer, however patient the peers are. */
    private static final long PAUSE_MILLIS_MAX = 1_500;

    private static final int DEAD = 5;
    private static final int PAUSED = 2;

    private long killedNanos;

    @Override
    public String title() {
        return "Failure detection";
    }

    @Override
    public Plan plan() {
        return new Plan(3, 5, 0);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("a peer that pauses for less than the suspicion time stays a member", this::survivesPause),
                new Check("a peer killed by kill -9 is suspected by its neighbours", this::isSuspected),
                new Check("a majority of its neighbours confirms before it is reported", this::isConfirmed),
                new Check("a quorum of seeds takes it off every Peer List", this::isRemoved),
                new Check("every peer drops it, and the others stay members", this::isDropped),
                new Check("messages still reach everybody who is left", this::stillSpreads),
                new Check("a restarted peer is a member again, one incarnation higher", this::returns));
    }

    private static List<NodeId> living(TestNetwork network) {
        List<NodeId> living = new ArrayList<>(network.peers());
        living.remove(network.peer(DEAD));
        return living;
    }

    private String survivesPause(TestNetwork network) throws Exception {
        for (NodeId peer : network.peers()) {
            network.awaitRecord(network.seeds(), peer, MEMBER);
        }
        NodeId paused = network.peer(PAUSED);
        long millis = Math.min(PAUSE_MILLIS_MAX, network.suspicionNanos() / 1_000_000 * 3 / 4);
        network.signal(paused, "STOP");
        try {
            network.pause(millis);
        } finally {
            network.signal(paused, "CONT");
        }
        network.publish(paused, "awake");
        awaitText(network, network.peers(), "awake");
        for (NodeId seed : network.seeds()) {
            String record = network.record(seed, paused);
            CheckFailure.unless(
                    record.equals(MEMBER), "peer " + PAUSED + " is '" + record + "' at " + network.name(seed));
        }
        return "stopped for " + Spans.ofMillis((double) millis) + ", suspicion takes "
                + Spans.ofMillis(network.suspicionNanos() / 1e6) + "; '" + MEMBER + "' at every seed, and gossips on";
    }

    private String isSuspected(TestNetwork network) throws Exception {
        NodeId dead = network.peer(DEAD);
        killedNanos = System.nanoTime();
        network.kill(dead);
        return network.await(() -> {
            Set<String> accusers = new LinkedHashSet<>();
            for (var told : network.events().of(HeartbeatProtocol.Suspected.class)) {
                if (told.event().neighbour().equals(dead)) {
                    accusers.add(network.name(told.node()));
                }
            }
            CheckFailure.unless(!accusers.isEmpty(), "nobody suspects peer " + DEAD);
            return "suspected by " + String.join(", ", accusers) + " after " + TestNetwork.since(killedNanos);
        });
    }

    private String isConfirmed(TestNetwork network) throws Exception {
        NodeId dead = network.peer(DEAD);
        return network.await(() -> {
            for (var told : network.events().of(SuspicionProtocol.SuspicionDecided.class)) {
                SuspicionProtocol.SuspicionDecided decided = told.event();
                if (decided.accused().equals(dead) && decided.majority()) {
                    CheckFailure.unless(
                            2 * decided.confirmed() > decided.witnesses(),
                            decided.confirmed() + " of " + decided.witnesses() + " neighbours are no majority");
                    return network.name(told.node()) + " has the signed word of " + decided.confirmed() + " of "
                            + decided.witnesses() + " neighbours after " + TestNetwork.since(killedNanos);
                }
            }
            throw new CheckFailure("no neighbours have confirmed the suspicion of peer " + DEAD);
        });
    }

    private String isRemoved(TestNetwork network) throws Exception {
        NodeId dead = network.peer(DEAD);
        network.awaitRecord(network.seeds(), dead, "removed 1");
        String time = TestNetwork.since(killedNanos);
        HandmadePeer reader = network.stranger();
        var certificate = Applications.certificate(network, reader, network.seed(1), dead);
        CheckFailure.unless(
                certificate.statement().change() == Statement.Change.REMOVE, "s1 has " + certificate.statement());
        Applications.demandSigned(network, reader, certificate);
        return "'removed 1' at " + network.seeds().size() + " of "
                + network.seeds().size() + " seeds " + time + " after the kill, signed by "
                + certificate.votes().size();
    }

    private String isDropped(TestNetwork network) throws Exception {
        NodeId dead = network.peer(DEAD);
        return network.await(() -> {
            for (NodeId peer : living(network)) {
                CheckFailure.unless(
                        network.record(peer, dead).equals("removed 1"),
                        network.name(peer) + " has '" + network.record(peer, dead) + "'");
                CheckFailure.unless(
                        !network.neighbours(peer).contains(dead),
                        network.name(peer) + " is still linked to peer " + DEAD);
            }
            for (NodeId seed : network.seeds()) {
                Map<NodeId, ?> members = network.members(seed);
                for (NodeId peer : living(network)) {
                    String record = network.record(seed, peer);
                    CheckFailure.unless(
                            members.containsKey(peer) && record.equals(MEMBER),
                            network.name(peer) + " is '" + record + "' at " + network.name(seed));
                }
            }
            int left = living(network).size();
            return left + " of " + left + " peers have dropped it; " + left + " are members at "
                    + network.seeds().size() + " seeds, the one that paused among them";
        });
    }

    private static void awaitText(TestNetwork network, List<NodeId> peers, String text) throws Exception {
        network.await(() -> {
            for (NodeId peer : peers) {
                boolean isThere = false;
                for (var message : network.messages(peer)) {
                    isThere |= message.text("text").equals(text);
                }
                CheckFailure.unless(isThere, network.name(peer) + " has not heard '" + text + "'");
            }
            return "";
        });
    }

    private String stillSpreads(TestNetwork network) throws Exception {
        long startedNanos = System.nanoTime();
        network.publish(network.peer(1), "without it");
        awaitText(network, living(network), "without it");
        return "reached " + living(network).size() + " of " + living(network).size() + " in "
                + TestNetwork.since(startedNanos);
    }

    private String returns(TestNetwork network) throws Exception {
        NodeId dead = network.peer(DEAD);
        network.restart(dead);
        String registered = network.awaitRecord(network.seeds(), dead, "member 2");
        awaitText(network, List.of(dead), "without it");
        return registered + "; it has what it missed";
    }
}
