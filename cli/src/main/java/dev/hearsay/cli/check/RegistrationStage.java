package dev.hearsay.cli.check;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.VotingProtocol;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Peers become members by a quorum of seeds, with seeds missing too, and a lone seed decides nothing. */
final class RegistrationStage implements Stage {

    private static final String MEMBER = "member 1";

    /** Who comes while one seed is down, and who while two are. */
    private static final String MEANWHILE = "meanwhile";

    private static final String TURNED_AWAY = "turned away";

    @Override
    public String title() {
        return "Seed registration";
    }

    @Override
    public Plan plan() {
        return new Plan(3, 3, 0);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("every peer is on the Peer List of every seed", this::isRegistered),
                new Check("a registration is proposed, voted on and decided by a quorum", this::isVotedOn),
                new Check("every record bears the valid signatures of a quorum of seeds", this::isSigned),
                new Check("every peer has the Peer List", this::isHandedOut),
                new Check("a newcomer is registered, and every seed's list grows by it", this::grows),
                new Check("with a minority of seeds down, registration goes on", this::goesOn),
                new Check("a lone seed registers nobody", this::waits),
                new Check("seeds that return have their lists, and catch up", this::catchesUp),
                new Check("who was turned away is registered when a quorum is back", this::admits));
    }

    private String isRegistered(TestNetwork network) throws Exception {
        for (NodeId peer : network.peers()) {
            network.awaitRecord(network.seeds(), peer, MEMBER);
        }
        return network.peers().size() + " peers of incarnation 1 at "
                + network.seeds().size() + " of " + network.seeds().size() + " seeds";
    }

    private String isVotedOn(TestNetwork network) throws Exception {
        int seeds = network.seeds().size();
        return network.await(() -> {
            for (var told : network.events().of(VotingProtocol.Decided.class)) {
                VotingProtocol.Decided decided = told.event();
                Statement statement = decided.statement();
                boolean isProposed = network.events().of(VotingProtocol.Proposed.class).stream()
                        .anyMatch(proposed -> proposed.node().equals(told.node())
                                && proposed.event().statement().equals(statement));
                CheckFailure.unless(
                        !decided.approved() || 2 * decided.yesVotes() > seeds,
                        statement + " was approved with " + decided.yesVotes() + " votes");
                if (decided.approved() && isProposed) {
                    return network.name(told.node()) + " proposed " + network.name(statement.peer()) + ": "
                            + decided.yesVotes() + " of " + decided.voters() + " votes yes, quorum " + decided.needed();
                }
            }
            throw new CheckFailure("no seed has decided anything that it proposed");
        });
    }

    private String isSigned(TestNetwork network) throws Exception {
        HandmadePeer reader = network.stranger();
        int records = 0;
        int votes = 0;
        for (NodeId seed : network.seeds()) {
            for (Certificate certificate : Applications.list(network, reader, seed)) {
                Applications.demandSigned(network, reader, certificate);
                records++;
                votes += certificate.votes().size();
            }
        }
        int expected = network.peers().size() * network.seeds().size();
        CheckFailure.unless(records == expected, records + " records in all lists, not " + expected);
        return records + " records, " + votes + " signatures, all valid";
    }

    private String isHandedOut(TestNetwork network) throws Exception {
        for (NodeId peer : network.peers()) {
            network.awaitRecord(network.peers(), peer, MEMBER);
        }
        return network.peers().size() + " of " + network.peers().size() + " peers know all "
                + network.peers().size();
    }

    private String grows(TestNetwork network) throws Exception {
        HandmadePeer newcomer = network.stranger();
        long startedNanos = System.nanoTime();
        Certificate certificate = Applications.register(network, newcomer, 1, network.seeds());
        String time = TestNetwork.since(startedNanos);
        Applications.demandSigned(network, newcomer, certificate);
        network.awaitRecord(network.seeds(), newcomer.address(), MEMBER);
        return newcomer.address() + " has a certificate of "
                + certificate.votes().size() + " seeds after " + time + ", and is on "
                + network.seeds().size() + " lists";
    }

    private String goesOn(TestNetwork network) throws Exception {
        network.kill(network.seed(3));
        List<NodeId> left = List.of(network.seed(1), network.seed(2));
        HandmadePeer newcomer = network.stranger(MEANWHILE);
        Certificate certificate = Applications.register(network, newcomer, 1, left);
        Applications.demandSigned(network, newcomer, certificate);
        return "s3 killed; registered by " + certificate.votes().size() + " of 3 seeds, "
                + network.awaitRecord(left, newcomer.address(), MEMBER);
    }

    private String waits(TestNetwork network) throws Exception {
        network.kill(network.seed(2));
        HandmadePeer late = network.stranger(TURNED_AWAY);
        NodeId alone = network.seed(1);
        long startedNanos = System.nanoTime();
        late.send(alone, late.request(1));
        String reason = Applications.refusal(network, late, late.life(1));
        CheckFailure.unless(
                network.record(alone, late.address()).equals("unknown"),
                late.address() + " is '" + network.record(alone, late.address()) + "'");
        return "s2 and s3 killed; turned away after " + TestNetwork.since(startedNanos) + ": " + reason;
    }

    private String catchesUp(TestNetwork network) throws Exception {
        network.restart(network.seed(2));
        network.restart(network.seed(3));
        Set<NodeId> everybody = new LinkedHashSet<>(network.peers());
        everybody.add(network.stranger(MEANWHILE).address());
        String last = "";
        for (NodeId peer : everybody) {
            last = network.awaitRecord(List.of(network.seed(2), network.seed(3)), peer, MEMBER);
        }
        return "s2 and s3 restarted; " + everybody.size() + " peers, whom s3 had missed among them: " + last;
    }

    private String admits(TestNetwork network) throws Exception {
        HandmadePeer late = network.stranger(TURNED_AWAY);
        Certificate certificate = Applications.register(network, late, 1, network.seeds());
        return late.address() + " registered by " + certificate.votes().size() + " seeds, "
                + network.awaitRecord(network.seeds(), late.address(), MEMBER);
    }
}
