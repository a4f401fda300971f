package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The truth about the members of a network with seeds, which no node knows: who lives, who has signed what, and what has been certified. It checks
 * on every entry that no node breaks an invariant, and hands what is measured to {@link MembershipTimes}.
 */
final class MembershipChecker {

    /** A peer in one of its lives. */
    record Life(NodeId peer, long incarnation) {}

    private record Promise(int seed, Life life) {}

    private final Hosts hosts;
    private final Signatures checker;
    private final Reachability reachability;
    private final MembershipTimes times;
    private final Map<Life, PublicKey> certifiedKeys = new HashMap<>();
    private final Set<Life> registered = new HashSet<>();
    private final Set<Life> removed = new HashSet<>();
    private final Map<Promise, PublicKey> promises = new HashMap<>();

    /** What each seed has been shown against peers in this life. */
    private final Map<Integer, Evidence> evidence = new HashMap<>();

    /** What each machine has durably saved that others may rely on. */
    private final List<Set<Statement>> durable = new ArrayList<>();

    /** What each peer last asked for, and whether it was given that. */
    private final @Nullable Statement[] wanted;

    private final boolean[] isRegistered;

    /** A seed without its disk has forgotten what it has signed; from then on it may contradict itself. */
    private boolean hasSeedForgotten;

    MembershipChecker(SimulationSpec spec, Hosts hosts, Keyring keyring) {
        this.hosts = hosts;
        this.checker = keyring.keys(0);
        this.reachability = new Reachability(spec, hosts);
        this.times = new MembershipTimes(hosts);
        for (int i = 0; i < hosts.all(); i++) {
            durable.add(new HashSet<>());
        }
        this.wanted = new @Nullable Statement[hosts.count()];
        this.isRegistered = new boolean[hosts.count()];
    }

    MembershipTimes times() {
        return times;
    }

    /** Whether a peer runs and is a member. */
    boolean isRegistered(int node) {
        return hosts.isRunning(node) && isRegistered[node];
    }

    // --- What machines do ----------------------------------------------------------------------------------------

    /** A machine has saved a fact. */
    void saved(long nowNanos, int number, Fact fact) {
        switch (fact) {
            case VotingProtocol.VotedYes(Statement statement) -> votes(nowNanos, number, statement);
            case PeerListProtocol.Certified(Certificate certificate) -> certified(nowNanos, number, certificate);
            case RegistrationProtocol.AppliedAs(Statement statement, int start) -> {
                if (!statement.equals(wanted[number])) {
                    isRegistered[number] = false;
                }
                wanted[number] = statement;
                times.applied(nowNanos, number);
            }
            case PeerListProtocol.Pinned _, MembershipProtocol.Facts _ -> {}
            case RumorProtocol.Facts _, StateProtocol.Facts _ -> {}
        }
    }

    /** Something was said to a machine. */
    void shown(int number, Message message) {
        if (number >= hosts.count()) {
            evidenceOf(number).shown(message);
        }
    }

    private void votes(long nowNanos, int seed, Statement statement) {
        if (statement.change() == Change.REMOVE) {
            if (isKnown(seed, statement)) {
                return; // A quorum has decided on evidence; one more vote changes nothing.
            }
            String fault = evidenceOf(seed).findFault(statement, member -> isInReach(nowNanos, member));
            if (fault != null) {
                throw new BrokenInvariant(hosts.id(seed) + " votes for " + statement + " " + fault);
            }
            return;
        }
        PublicKey earlier = promises.putIfAbsent(new Promise(seed, life(statement)), statement.key());
        if (earlier != null && !earlier.equals(statement.key())) {
            throw new BrokenInvariant(hosts.id(seed) + " has signed a second registration for " + statement.peer()
                    + " in incarnation " + statement.incarnation());
        }
    }

    private boolean isKnown(int seed, Statement removal) {
        Certificate known = hosts.seed(seed).peerList().find(removal.peer());
        return known != null && known.statement().equals(removal) && removed.contains(life(removal));
    }

    private Evidence evidenceOf(int seed) {
        return evidence.computeIfAbsent(
                seed,
                n -> new Evidence(checker, member -> hosts.seed(seed).peerList().registration(member)));
    }

    private boolean isInReach(long nowNanos, NodeId member) {
        int number = hosts.number(member);
        return number >= 0
                && number < hosts.count()
                && isRegistered(number)
                && reachability.isBlameless(nowNanos, number);
    }

    private static Life life(Statement statement) {
        return new Life(statement.peer(), statement.incarnation());
    }

    private void certified(long nowNanos, int number, Certificate certificate) {
        Statement statement = certificate.statement();
        Life life = life(statement);
        countVotes(number, certificate);
        PublicKey earlier = certifiedKeys.putIfAbsent(life, statement.key());
        if (earlier != null && !earlier.equals(statement.key()) && !hasSeedForgotten) {
            throw new BrokenInvariant("there are two certificates for " + statement.peer() + " in incarnation "
                    + statement.incarnation() + ", with different keys");
        }
        if (statement.change() == Change.REGISTER) {
            if (registered.add(life)) {
                checkHolder(statement);
            }
        } else {
            if (removed.add(life)) {
                removed(nowNanos, statement);
            }
            times.gone(nowNanos, life);
        }
    }

    /** Counted anew, not as nodes count. */
    private void countVotes(int number, Certificate certificate) {
        byte[] ballot = certificate.statement().ballot();
        int seeds = hosts.configuredSeeds(number);
        Set<NodeId> signers = new HashSet<>();
        for (Certificate.Vote vote : certificate.votes()) {
            int seed = hosts.number(vote.seed());
            if (seed >= hosts.count()
                    && seed < hosts.count() + seeds
                    && checker.isValid(hosts.keys(seed).publicKey(), ballot, vote.signature())) {
                signers.add(vote.seed());
            }
        }
        if (2 * signers.size() <= seeds) {
            throw new BrokenInvariant(hosts.id(number) + " has taken a certificate for " + certificate.statement()
                    + " with the votes of " + signers.size() + " of " + seeds + " seeds");
        }
    }

    private void checkHolder(Statement statement) {
        int node = hosts.number(statement.peer());
        if (node < 0
                || node >= hosts.count()
                || !statement.key().equals(hosts.keys(node).publicKey())) {
            throw new BrokenInvariant(statement + " is certified, and nobody at that address holds that key");
        }
    }

    private void removed(long nowNanos, Statement statement) {
        int node = hosts.number(statement.peer());
        if (!registered.contains(life(statement))) {
            throw new BrokenInvariant(statement + " is certified, and it was never registered");
        }
        boolean isOfThisLife = hosts.isUp(node) && statement.equals(removal(node));
        if (isOfThisLife && reachability.isBlameless(nowNanos, node)) {
            throw new BrokenInvariant(statement + " is certified, and it could be reached all the time");
        }
        times.removed(nowNanos, life(statement), node, isOfThisLife);
    }

    private @Nullable Statement removal(int node) {
        Statement own = wanted[node];
        return own == null ? null : own.removal();
    }

    /** A fact of a machine is durable: from now on it may be told. */
    void durable(int number, Fact fact) {
        if (fact instanceof VotingProtocol.VotedYes(Statement statement)) {
            durable.get(number).add(statement);
        } else if (fact instanceof PeerListProtocol.Certified(Certificate certificate)) {
            durable.get(number).add(certificate.statement());
        }
    }

    /** A message leaves a machine. */
    void leaves(int from, int to, Message message) {
        switch (message) {
            case VotingProtocol.Vote vote -> {
                if (vote.yes() != null) {
                    checkDurable(from, vote.statement());
                }
            }
            case RegistrationProtocol.RegisterAck ack ->
                checkDurable(from, ack.certificate().statement());
            case RemovalProtocol.RemovalNotify removal ->
                checkDurable(from, removal.certificate().statement());
            case PeerListProtocol.PeerList list ->
                list.certificates().forEach(certificate -> checkDurable(from, certificate.statement()));
            // No other tells that something is decided.
            case VotingProtocol.ProposeRegister _, VotingProtocol.ProposeRemove _ -> {}
            case RegistrationProtocol.Requests _, RegistrationProtocol.RegisterNack _ -> {}
            case PeerListProtocol.Requests _, RemovalProtocol.Reports _, DeclarationProtocol.Messages _ -> {}
            case SuspicionProtocol.Messages _, HeartbeatProtocol.Messages _, LinkProtocol.Messages _ -> {}
            case RumorProtocol.Messages _, AntiEntropyProtocol.Messages _ -> {}
            case CommitProtocol.Messages _, StateProtocol.Messages _ -> {}
        }
        times.leaves(from, to, message);
    }

    private void checkDurable(int from, Statement statement) {
        if (!durable.get(from).contains(statement)) {
            throw new BrokenInvariant(hosts.id(from) + " tells of " + statement + " before it is durable");
        }
    }

    /** A machine has told an event. */
    void told(long nowNanos, int number, Event event) {
        if (event instanceof RegistrationProtocol.Registered(Statement statement, NodeId seed)) {
            if (!registered.contains(life(statement))) {
                throw new BrokenInvariant(hosts.id(number) + " takes itself for registered, and is not");
            }
            isRegistered[number] = statement.equals(wanted[number]);
            times.registered(nowNanos, number);
        }
    }

    // --- What happens to machines --------------------------------------------------------------------------------

    /** A machine is down; to be called when it no longer counts as up. */
    void crashed(long nowNanos, int number, boolean isDiskLost) {
        if (number < hosts.count()) {
            Statement own = wanted[number];
            times.crashed(nowNanos, number, isRegistered[number] && own != null ? life(own) : null);
            isRegistered[number] = false;
            wanted[number] = isDiskLost ? null : own;
        }
        evidence.remove(number);
        if (isDiskLost) {
            durable.get(number).clear();
            hasSeedForgotten |= number >= hosts.count();
            promises.keySet().removeIf(promise -> promise.seed == number);
        }
    }

    /** A machine has begun a life. */
    void booted(long nowNanos, int number) {
        if (number < hosts.count()) {
            times.booted(nowNanos, number);
        }
    }

    /** Faults have struck, or are over. */
    void refresh(long nowNanos, Network network) {
        reachability.refresh(nowNanos, network);
    }

    /** Messages are lost on purpose, and so may members be. */
    void excuse() {
        reachability.excuse();
    }

    /** What is not as it should be once everything is healed, as a sentence; null if everything is. */
    @Nullable
    String findFault(List<NodeId> alive) {
        return PeerListChecker.findFault(hosts, alive);
    }
}
