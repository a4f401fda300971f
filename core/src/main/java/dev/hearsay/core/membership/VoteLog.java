package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The votes that a seed has called, or will call when its turn comes: it counts them, certifies what a quorum has signed, and tells whoever waits for it. */
final class VoteLog {

    /** So many peers are examined or voted on at once; whoever asks beyond that waits. */
    private static final int PROPOSALS_MAX = 64;

    /** So many more may be examined already, and wait for another seed to call the vote. */
    private static final int WAITING_MAX = 1_000;

    /** A seed whose turn it is should be heard of in half the time that an answer to a ping may take. */
    private static final int TURNS_PER_EXAMINATION = 2;

    /** A quarter of the time that a vote may take is given to another seed's, before this one calls its own. */
    private static final int JOINS_PER_VOTE = 4;

    private final SeedRegistry.Settings settings;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final PeerList list;
    private final Promises promises;
    final ProposalTurns turns;
    private final SeedRegistry.Reach reach;

    /** Hears who is certified to be removed. */
    private final Consumer<NodeId> forgetting;

    private final Map<Statement, Proposal> proposals = new LinkedHashMap<>();
    private int waiting;
    private long generation;

    VoteLog(
            SeedRegistry.Settings settings,
            NodeId self,
            Context context,
            Electorate electorate,
            PeerList list,
            Promises promises,
            SeedRegistry.Reach reach,
            Consumer<NodeId> forgetting) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.list = list;
        this.promises = promises;
        this.turns = new ProposalTurns(
                self,
                electorate.seeds(),
                settings.examineNanos() / TURNS_PER_EXAMINATION,
                settings.voteNanos() / JOINS_PER_VOTE);
        this.reach = reach;
        this.forgetting = forgetting;
    }

    boolean hasRoom() {
        return proposals.size() - waiting < PROPOSALS_MAX && waiting < WAITING_MAX;
    }

    /** The proposal that is not decided yet; null if there is none. */
    @Nullable
    Proposal open(Statement statement) {
        return proposals.get(statement);
    }

    /** To be voted on as soon as this seed has examined the peer. */
    Proposal propose(Statement statement, Message call) {
        Proposal proposal = new Proposal(call);
        proposals.put(statement, proposal);
        return proposal;
    }

    /** This seed's own vote is cast when it has examined the peer; the others' are called when it is its turn. */
    void castOwn(long nowNanos, Statement statement, @Nullable Signature yes, String reason, Effects effects) {
        Proposal proposal = proposals.get(statement);
        if (proposal != null && proposal.answers() == 0) {
            proposal.add(self, yes, reason);
            proposal.readyNanos = nowNanos;
            callOrWait(nowNanos, statement, proposal, effects);
        }
    }

    private void callOrWait(long nowNanos, Statement statement, Proposal proposal, Effects effects) {
        long waitNanos =
                turns.waitNanos(nowNanos, proposal.readyNanos, statement, seed -> reach.isReachable(nowNanos, seed));
        waiting += (waitNanos > 0 ? 1 : 0) - (proposal.generation > 0 ? 1 : 0);
        proposal.generation = ++generation;
        proposal.isCalled = waitNanos == 0;
        effects.after(
                proposal.isCalled ? settings.voteNanos() : waitNanos,
                new VotingProtocol.VoteEnd(statement, proposal.generation));
        if (proposal.isCalled) {
            effects.tell(new VotingProtocol.Proposed(statement, proposal.yesVotes() > 0, electorate.quorum()));
            sendToOtherSeeds(proposal.call, effects);
            decide(statement, proposal, effects);
        }
    }

    private void sendToOtherSeeds(Message message, Effects effects) {
        for (NodeId seed : electorate.seeds()) {
            if (!seed.equals(self)) {
                effects.send(seed, message);
            }
        }
    }

    // --- Counting ----------------------------------------------------------------------------------------------------

    void onVote(NodeId from, VotingProtocol.Vote vote, Effects effects) {
        Proposal proposal = proposals.get(vote.statement());
        PublicKey key = electorate.key(from);
        if (proposal == null || !proposal.isCalled || proposal.hasVote(from, vote.yes() != null)) {
            return;
        }
        if (key == null) {
            effects.tell(new Lifecycle.Refused("a vote from " + from + ", whose key as a seed is not known"));
            return;
        }
        boolean isForged = vote.yes() != null
                && !context.signatures().isValid(key, vote.statement().ballot(), vote.yes());
        if (isForged) {
            effects.tell(new Lifecycle.Refused("a vote with a signature that is not that of " + from));
            return;
        }
        String reason = Proposal.brief(vote.reason());
        proposal.add(from, vote.yes(), reason);
        effects.tell(new VotingProtocol.VoteReceived(
                vote.statement(), from, vote.yes() != null, reason, proposal.yesVotes(), electorate.quorum()));
        decide(vote.statement(), proposal, effects);
    }

    private void decide(Statement statement, Proposal proposal, Effects effects) {
        switch (proposal.outcome(electorate.size())) {
            case APPROVED -> approve(statement, proposal, effects);
            case REJECTED -> reject(statement, proposal, proposal.reasons(), effects);
            case OPEN -> {
                // The votes that are still out decide.
            }
        }
    }

    void onTimer(long nowNanos, Statement statement, long ending, Effects effects) {
        Proposal proposal = proposals.get(statement);
        if (proposal == null || proposal.generation != ending) {
            return;
        }
        if (!proposal.isCalled) {
            callOrWait(nowNanos, statement, proposal, effects);
            return;
        }
        String reason = "only " + proposal.answers() + " of " + electorate.size() + " seeds have answered, and "
                + electorate.quorum() + " must agree";
        String reasons = proposal.reasons();
        reject(statement, proposal, reasons.isEmpty() ? reason : reason + "; " + reasons, effects);
    }

    private void reject(Statement statement, Proposal proposal, String reason, Effects effects) {
        proposals.remove(statement);
        Certificate known = list.find(statement);
        if (known != null) {
            // Another seed has got the votes.
            if (proposal.isAwaited) {
                acknowledge(known, effects);
            }
            return;
        }
        effects.tell(new VotingProtocol.Decided(
                statement, false, proposal.yesVotes(), electorate.size(), electorate.quorum(), reason));
        if (proposal.isAwaited) {
            refuse(statement, reason, effects);
        }
    }

    void acknowledge(Certificate certificate, Effects effects) {
        effects.send(
                certificate.statement().peer(),
                new RegistrationProtocol.RegisterAck(context.signatures().publicKey(), certificate));
    }

    void refuse(Statement statement, String reason, Effects effects) {
        long incarnation = Math.max(list.incarnation(statement.peer()), promises.incarnation(statement));
        effects.send(
                statement.peer(),
                new RegistrationProtocol.RegisterNack(
                        context.signatures().publicKey(), statement, reason, incarnation));
    }

    private void approve(Statement statement, Proposal proposal, Effects effects) {
        proposals.remove(statement);
        Certificate certificate = new Certificate(statement, proposal.votes());
        effects.tell(new VotingProtocol.Decided(
                statement, true, proposal.yesVotes(), electorate.size(), electorate.quorum(), proposal.reasons()));
        List<NodeId> members = list.members();
        if (list.merge(certificate)) {
            effects.save(new PeerListProtocol.Certified(certificate));
            effects.tell(new PeerListProtocol.ListChanged(statement, list.members()));
            // The other seeds hear of it at once, for this one may die. It says nothing about where they stand with its
            // list.
            sendToOtherSeeds(
                    new PeerListProtocol.PeerList(
                            context.signatures().publicKey(),
                            list.revision(),
                            PeerListProtocol.Edition.NONE,
                            List.of(certificate),
                            false),
                    effects);
            if (statement.change() == Change.REMOVE) {
                forgetting.accept(statement.peer());
                // Only the seed that has certified it first tells the members. Who misses that hears of it when it asks
                // for what has changed.
                members.forEach(member -> effects.send(member, new RemovalProtocol.RemovalNotify(certificate)));
            }
        } else if (list.find(statement) == null) {
            // Overtaken by a later life of the peer: nobody need hear of it.
            return;
        }
        if (proposal.isAwaited) {
            acknowledge(certificate, effects);
        }
    }

    /** What another seed has certified is voted on no more; who waits for it here gets its answer. */
    void certified(Certificate certificate, Effects effects) {
        Statement statement = certificate.statement();
        Proposal open = proposals.get(statement);
        if (open != null && !open.isCalled) {
            proposals.remove(statement);
            waiting -= open.generation > 0 ? 1 : 0;
            if (open.isAwaited) {
                acknowledge(certificate, effects);
            }
        }
    }
}
