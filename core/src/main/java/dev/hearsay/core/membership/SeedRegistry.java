package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seed's part in deciding who is a member: it examines, votes, proposes, counts, and certifies. There is no leader: every seed proposes
 * what it is asked when its {@link Turns turn} comes, and two that propose the same sign the same statement.
 *
 * <p>What makes it safe is one promise, saved before it is sent: a seed signs at most one registration for one address and incarnation, and only
 * removals of what is registered. Two certificates for one address and incarnation would need two quorums, and those have a seed in common.
 */
public final class SeedRegistry implements Part {

    /**
     * How a seed votes.
     *
     * @param examineNanos how long a peer has to answer a seed's ping
     * @param examineAttempts how many pings it is given when it is to be registered
     * @param removeAttempts how many when it, or a juror, is to be given up: together longer than any pause that must not cost a peer its place
     * @param voteNanos how long a vote may take altogether
     * @param absentNanos how long a juror that did not answer the seed's own pings is not waited for
     */
    public record Settings(
            long examineNanos, int examineAttempts, int removeAttempts, long voteNanos, long absentNanos) {
        /** Three pings half a second apart to register, five to remove; eight seconds for a vote; silent jurors are passed over for two minutes. */
        public static final Settings DEFAULT = new Settings(500_000_000L, 3, 5, 8_000_000_000L, 120_000_000_000L);

        public Settings {
            if (examineNanos < 1
                    || examineAttempts < 1
                    || removeAttempts < 1
                    || absentNanos < 1
                    || voteNanos <= 2 * examineNanos * Math.max(examineAttempts, removeAttempts)) {
                throw new IllegalArgumentException(
                        "a vote must leave time for two examinations, the proposer's and the voters'");
            }
        }
    }

    /** Which seeds there are, as far as this one can tell. */
    public interface Reach {
        /** Whether a seed has been heard of lately. */
        boolean isReachable(long nowNanos, NodeId seed);
    }

    /** So many peers are examined or voted on at once; whoever asks beyond that waits. */
    private static final int PROPOSALS_MAX = 64;

    /** So many more may be examined already, and wait for another seed to call the vote. */
    private static final int WAITING_MAX = 1_000;

    /** A seed whose turn it is should be heard of in half the time that an answer to a ping may take. */
    private static final int TURNS_PER_EXAMINATION = 2;

    /** A quarter of the time that a vote may take is given to another seed's, before this one calls its own. */
    private static final int JOINS_PER_VOTE = 4;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final Admission admission;
    private final PeerList list;
    private final Promises promises = new Promises();
    private final Examinations examinations;
    private final Objections objections;
    private final Turns turns;
    private final Reach reach;
    private final Map<Statement, Proposal> proposals = new LinkedHashMap<>();
    private final WaitingLine line = new WaitingLine();
    private int waiting;
    private long generation;

    /**
     * A seed's registry.
     *
     * @param list shared with {@link SeedSync}, which merges what other seeds have certified
     * @param reach which seeds can be expected to do anything
     */
    public SeedRegistry(
            Settings settings,
            NodeId self,
            Context context,
            Electorate electorate,
            Admission admission,
            PeerList list,
            Reach reach) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.admission = admission;
        this.list = list;
        this.examinations = new Examinations(settings, context, this::examined);
        this.objections = new Objections(context, electorate, admission, list, promises, examinations);
        this.turns = new Turns(
                self,
                electorate.seeds(),
                settings.examineNanos / TURNS_PER_EXAMINATION,
                settings.voteNanos / JOINS_PER_VOTE);
        this.reach = reach;
    }

    /** Takes up a promise of an earlier life. */
    public void remember(Fact.VotedYes vote) {
        promises.remember(vote.statement());
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Received(NodeId from, Message.RegisterRequest request) ->
                onRegisterRequest(nowNanos, request, effects);
            case Input.Received(NodeId from, Message.DeadNodeReport report) ->
                onReport(nowNanos, from, report, effects);
            case Input.Received(NodeId from, Message.ProposeRegister(Message.RegisterRequest request)) ->
                onProposal(nowNanos, from, request.statement(), objections.to(request), effects);
            case Input.Received(NodeId from, Message.ProposeRemove(Message.DeadNodeReport report)) -> {
                String objection = objections.to(nowNanos, report, effects);
                onProposal(nowNanos, from, report.removal(), objection, effects);
                if (objection != null && electorate.isSeed(from)) {
                    tellJury(report, from, effects);
                }
            }
            case Input.Received(NodeId from, Message.Vote vote) -> onVote(from, vote, effects);
            case Input.Received(NodeId from, Message.Pong pong) -> examinations.onPong(nowNanos, from, pong, effects);
            case Input.Received(NodeId from, Message.Declare(Declaration declaration)) -> objections.note(declaration);
            case Input.Fired(Timer.Examine timer) -> examinations.onNoAnswer(nowNanos, timer, effects);
            case Input.Fired(Timer.VoteEnd(Statement statement, long ending)) ->
                onTimer(nowNanos, statement, ending, effects);
            default -> throw new IllegalArgumentException("a seed's registry does not take " + input);
        }
        takeFromLine(nowNanos, effects);
    }

    // --- Being asked -------------------------------------------------------------------------------------------------

    /** Answers go to the peer that the request is about, whoever has brought it: nobody can have others flooded with them. */
    private void onRegisterRequest(long nowNanos, Message.RegisterRequest request, Effects effects) {
        Statement statement = request.statement();
        Certificate known = list.find(statement.peer());
        if (known != null && known.statement().equals(statement)) {
            acknowledge(known, effects);
            return;
        }
        Proposal open = proposals.get(statement);
        String objection = open == null ? objections.to(request) : null;
        if (objection == null && open == null && !line.contains(statement)) {
            objection = admission.haste(nowNanos, statement.peer());
        }
        if (objection == null && open == null && !line.add(request)) {
            objection = "too many requests; try again later";
        }
        if (objection != null) {
            refuse(statement, objection, effects);
        } else if (open != null) {
            open.isAwaited = true;
        }
    }

    /** Calls votes on who waits, as long as there are not too many under way. */
    private void takeFromLine(long nowNanos, Effects effects) {
        while (proposals.size() - waiting < PROPOSALS_MAX && waiting < WAITING_MAX && examinations.hasRoom()) {
            Message.RegisterRequest request = line.poll();
            if (request == null) {
                return;
            }
            Statement statement = request.statement();
            Certificate known = list.find(statement.peer());
            String objection = objections.to(request);
            if (known != null && known.statement().equals(statement)) {
                // Another seed was quicker, and the lists have met.
                acknowledge(known, effects);
            } else if (objection != null) {
                refuse(statement, objection, effects);
            } else {
                call(nowNanos, statement, new Message.ProposeRegister(request), effects).isAwaited = true;
            }
        }
    }

    private void acknowledge(Certificate certificate, Effects effects) {
        effects.send(
                certificate.statement().peer(),
                new Message.RegisterAck(context.signatures().publicKey(), certificate));
    }

    private void onReport(long nowNanos, NodeId from, Message.DeadNodeReport report, Effects effects) {
        Certificate known = list.find(report.removal().peer());
        if (known != null && known.statement().equals(report.removal())) {
            effects.send(from, new Message.RemovalNotify(known));
            return;
        }
        if (proposals.containsKey(report.removal())) {
            // Nothing that another reporter can add is worth the checking of all those signatures.
            tellJury(report, from, effects);
            return;
        }
        String objection = objections.to(nowNanos, report, effects);
        if (objection == null) {
            List<NodeId> confirmed = report.confirmations().stream()
                    .map(Message.Confirmation::juror)
                    .toList();
            effects.tell(new Signal.Reported(report.removal(), from, report.text(), confirmed));
            call(nowNanos, report.removal(), new Message.ProposeRemove(report), effects);
            return;
        }
        effects.tell(new Signal.Refused("the report of " + from + ": " + objection));
        tellJury(report, from, effects);
    }

    /** A reporter that has just started, or a seed that has, may never have heard whom the accused named as its jury. */
    private void tellJury(Message.DeadNodeReport report, NodeId to, Effects effects) {
        Declaration jury = objections.declaration(report.removal().peer());
        if (jury != null && !jury.equals(report.jury())) {
            effects.send(to, new Message.Declare(jury));
        }
    }

    private Proposal call(long nowNanos, Statement statement, Message call, Effects effects) {
        Proposal proposal = new Proposal(call);
        proposals.put(statement, proposal);
        examinations.examine(nowNanos, statement, self, effects);
        return proposal;
    }

    private void onProposal(
            long nowNanos, NodeId from, Statement statement, @Nullable String objection, Effects effects) {
        if (!electorate.isSeed(from)) {
            effects.tell(new Signal.Refused("a proposal from " + from + ", which is not a seed"));
            return;
        }
        if (objection == null) {
            turns.join(nowNanos, statement);
        }
        Proposal own = proposals.get(statement);
        boolean isExamined = promises.hasMade(statement) || (own != null && own.hasVote(self, true));
        if (statement.equals(latest(statement)) || (objection == null && isExamined)) {
            // What is certified, or was examined a moment ago, has this seed's vote for the asking.
            answer(nowNanos, from, statement, "", effects);
        } else if (objection != null) {
            answer(nowNanos, from, statement, objection, effects);
        } else if (examinations.hasRoom()) {
            examinations.examine(nowNanos, statement, from, effects);
        } else {
            answer(nowNanos, from, statement, "this seed has too much to examine", effects);
        }
    }

    // --- Voting ------------------------------------------------------------------------------------------------------

    private void examined(long nowNanos, NodeId proposer, Statement statement, boolean isAlive, Effects effects) {
        boolean isRegistration = statement.change() == Change.REGISTER;
        String objection = isAlive == isRegistration
                ? ""
                : isRegistration
                        ? "nobody at " + statement.peer() + " proves to hold that key"
                        : statement.peer() + " answers this seed's ping";
        answer(nowNanos, proposer, statement, objection, effects);
    }

    /** Votes, if the objection is empty with yes; a promise made meanwhile to another may still forbid it. */
    private void answer(long nowNanos, NodeId proposer, Statement statement, String objection, Effects effects) {
        String reason = objection.isEmpty() && !promises.mayMake(statement)
                ? "this seed has signed another request for " + statement.peer()
                : objection;
        Signature yes = null;
        if (reason.isEmpty()) {
            if (promises.make(statement)) {
                effects.save(new Fact.VotedYes(statement));
            }
            yes = promises.sign(statement, context.signatures());
        }
        if (proposer.equals(self)) {
            castOwn(nowNanos, statement, yes, reason, effects);
        } else {
            effects.tell(new Signal.Voted(statement, proposer, yes != null, reason));
            effects.send(proposer, new Message.Vote(statement, yes, reason));
        }
    }

    /** This seed's own vote is cast when it has examined the peer; the others' are called when it is its turn. */
    private void castOwn(long nowNanos, Statement statement, @Nullable Signature yes, String reason, Effects effects) {
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
                proposal.isCalled ? settings.voteNanos : waitNanos, new Timer.VoteEnd(statement, proposal.generation));
        if (proposal.isCalled) {
            effects.tell(new Signal.Proposed(statement, proposal.yesVotes() > 0, electorate.quorum()));
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

    private void onVote(NodeId from, Message.Vote vote, Effects effects) {
        Proposal proposal = proposals.get(vote.statement());
        PublicKey key = electorate.key(from);
        if (proposal == null || !proposal.isCalled || proposal.hasVote(from, vote.yes() != null)) {
            return;
        }
        if (key == null) {
            effects.tell(new Signal.Refused("a vote from " + from + ", whose key as a seed is not known"));
            return;
        }
        boolean isForged = vote.yes() != null
                && !context.signatures().isValid(key, vote.statement().ballot(), vote.yes());
        if (isForged) {
            effects.tell(new Signal.Refused("a vote with a signature that is not that of " + from));
            return;
        }
        String reason = Proposal.brief(vote.reason());
        proposal.add(from, vote.yes(), reason);
        effects.tell(new Signal.VoteReceived(
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

    private void onTimer(long nowNanos, Statement statement, long ending, Effects effects) {
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
        Certificate known = list.find(statement.peer());
        if (known != null && known.statement().equals(statement)) {
            // Another seed has got the votes.
            if (proposal.isAwaited) {
                acknowledge(known, effects);
            }
            return;
        }
        effects.tell(new Signal.Decided(
                statement, false, proposal.yesVotes(), electorate.size(), electorate.quorum(), reason));
        if (proposal.isAwaited) {
            refuse(statement, reason, effects);
        }
    }

    private void refuse(Statement statement, String reason, Effects effects) {
        long incarnation = Math.max(list.incarnation(statement.peer()), promises.incarnation(statement));
        effects.send(
                statement.peer(),
                new Message.RegisterNack(context.signatures().publicKey(), statement, reason, incarnation));
    }

    private @Nullable Statement latest(Statement statement) {
        Certificate known = list.find(statement.peer());
        return known == null ? null : known.statement();
    }

    private void approve(Statement statement, Proposal proposal, Effects effects) {
        proposals.remove(statement);
        Certificate certificate = new Certificate(statement, proposal.votes());
        effects.tell(new Signal.Decided(
                statement, true, proposal.yesVotes(), electorate.size(), electorate.quorum(), proposal.reasons()));
        List<NodeId> members = list.members();
        if (list.merge(certificate)) {
            effects.save(new Fact.Certified(certificate));
            effects.tell(new Signal.ListChanged(statement, list.members()));
            // The other seeds hear of it at once, for this one may die. It says nothing about where they stand with its
            // list.
            sendToOtherSeeds(
                    new Message.PeerList(
                            context.signatures().publicKey(),
                            list.revision(),
                            Message.Edition.NONE,
                            List.of(certificate),
                            false),
                    effects);
            if (statement.change() == Change.REMOVE) {
                forget(statement.peer());
                // Only the seed that has certified it first tells the members. Who misses that hears of it when it asks
                // for what has changed.
                members.forEach(member -> effects.send(member, new Message.RemovalNotify(certificate)));
            }
        } else if (!statement.equals(latest(statement))) {
            // Overtaken by a later life of the peer: nobody need hear of it.
            return;
        }
        if (proposal.isAwaited) {
            acknowledge(certificate, effects);
        }
    }

    private void forget(NodeId removed) {
        objections.forget(removed);
        examinations.forget(removed);
    }

    /** What another seed has certified is voted on no more; who waits for it here gets its answer. */
    public void certified(long nowNanos, Certificate certificate, Effects effects) {
        Statement statement = certificate.statement();
        Proposal open = proposals.get(statement);
        if (open != null && !open.isCalled) {
            proposals.remove(statement);
            waiting -= open.generation > 0 ? 1 : 0;
            if (open.isAwaited) {
                acknowledge(certificate, effects);
            }
        }
        if (statement.change() == Change.REMOVE) {
            forget(statement.peer());
        }
        takeFromLine(nowNanos, effects);
    }
}
