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
import dev.hearsay.core.math.Quorum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seed's part in deciding who is a member: it examines, votes, proposes, counts, and certifies. There is no leader: every seed proposes
 * what it is asked, and two that propose the same sign the same statement.
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

    /** A vote this seed has called. */
    private static final class Proposal {
        final Map<NodeId, Signature> yes = new LinkedHashMap<>();
        final Map<NodeId, String> no = new LinkedHashMap<>();
        final Message call;
        final long generation;
        boolean isCalled;
        boolean isAwaited;

        Proposal(Message call, long generation) {
            this.call = call;
            this.generation = generation;
        }
    }

    /** So many votes called by this seed at once; whoever asks beyond that waits. */
    private static final int PROPOSALS_MAX = 64;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final Admission admission;
    private final PeerList list;
    private final Promises promises = new Promises();
    private final Examinations examinations;
    private final Objections objections;
    private final Map<Statement, Proposal> proposals = new LinkedHashMap<>();
    private final WaitingLine line = new WaitingLine();
    private long generation;

    /**
     * A seed's registry.
     *
     * @param list shared with {@link SeedSync}, which merges what other seeds have certified
     */
    public SeedRegistry(
            Settings settings,
            NodeId self,
            Context context,
            Electorate electorate,
            Admission admission,
            PeerList list) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.admission = admission;
        this.list = list;
        this.examinations = new Examinations(settings, context, this::examined);
        this.objections = new Objections(context, electorate, admission, list, promises, examinations);
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
            case Input.Received(NodeId from, Message.ProposeRemove(Message.DeadNodeReport report)) ->
                onProposal(nowNanos, from, report.removal(), objections.to(nowNanos, report, effects), effects);
            case Input.Received(NodeId from, Message.Vote vote) -> onVote(from, vote, effects);
            case Input.Received(NodeId from, Message.Pong pong) -> examinations.onPong(nowNanos, from, pong, effects);
            case Input.Received(NodeId from, Message.Declare(Declaration declaration)) -> objections.note(declaration);
            case Input.Fired(Timer.Examine timer) -> examinations.onNoAnswer(nowNanos, timer, effects);
            case Input.Fired(Timer.VoteEnd(Statement statement, long ending)) -> onVoteEnd(statement, ending, effects);
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
            effects.send(
                    statement.peer(),
                    new Message.RegisterAck(context.signatures().publicKey(), known));
            return;
        }
        String objection = objections.to(request);
        Proposal open = proposals.get(statement);
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
        while (proposals.size() < PROPOSALS_MAX && examinations.hasRoom()) {
            Message.RegisterRequest request = line.poll();
            if (request == null) {
                return;
            }
            Statement statement = request.statement();
            Certificate known = list.find(statement.peer());
            String objection = objections.to(request);
            if (known != null && known.statement().equals(statement)) {
                // Another seed was quicker, and the lists have met.
                effects.send(
                        statement.peer(),
                        new Message.RegisterAck(context.signatures().publicKey(), known));
            } else if (objection != null) {
                refuse(statement, objection, effects);
            } else {
                call(nowNanos, statement, new Message.ProposeRegister(request), effects).isAwaited = true;
            }
        }
    }

    private void onReport(long nowNanos, NodeId from, Message.DeadNodeReport report, Effects effects) {
        Certificate known = list.find(report.removal().peer());
        if (known != null && known.statement().equals(report.removal())) {
            effects.send(from, new Message.RemovalNotify(known));
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
        // A reporter that has just started may never have heard whom the accused named as its jury.
        Declaration jury = objections.declaration(report.removal().peer());
        if (jury != null) {
            effects.send(from, new Message.Declare(jury));
        }
    }

    private Proposal call(long nowNanos, Statement statement, Message call, Effects effects) {
        Proposal open = proposals.get(statement);
        if (open != null) {
            return open;
        }
        Proposal proposal = new Proposal(call, ++generation);
        proposals.put(statement, proposal);
        effects.after(settings.voteNanos, new Timer.VoteEnd(statement, proposal.generation));
        examinations.examine(nowNanos, statement, self, effects);
        return proposal;
    }

    private void onProposal(
            long nowNanos, NodeId from, Statement statement, @Nullable String objection, Effects effects) {
        if (!electorate.isSeed(from)) {
            effects.tell(new Signal.Refused("a proposal from " + from + ", which is not a seed"));
            return;
        }
        if (statement.equals(latest(statement)) || (objection == null && promises.hasMade(statement))) {
            // What is certified, or was examined for another seed, has this seed's vote for the asking.
            answer(from, statement, "", effects);
        } else if (objection != null) {
            answer(from, statement, objection, effects);
        } else if (examinations.hasRoom()) {
            examinations.examine(nowNanos, statement, from, effects);
        } else {
            answer(from, statement, "this seed has too much to examine", effects);
        }
    }

    // --- Voting ------------------------------------------------------------------------------------------------------

    private void examined(NodeId proposer, Statement statement, boolean isAlive, Effects effects) {
        boolean isRegistration = statement.change() == Change.REGISTER;
        String objection = isAlive == isRegistration
                ? ""
                : isRegistration
                        ? "nobody at " + statement.peer() + " proves to hold that key"
                        : statement.peer() + " answers this seed's ping";
        answer(proposer, statement, objection, effects);
    }

    /** Votes, if the objection is empty with yes; a promise made meanwhile to another may still forbid it. */
    private void answer(NodeId proposer, Statement statement, String objection, Effects effects) {
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
            castOwn(statement, yes, reason, effects);
        } else {
            effects.tell(new Signal.Voted(statement, proposer, yes != null, reason));
            effects.send(proposer, new Message.Vote(statement, yes, reason));
        }
    }

    private void castOwn(Statement statement, @Nullable Signature yes, String reason, Effects effects) {
        Proposal proposal = proposals.get(statement);
        if (proposal == null || proposal.isCalled) {
            return;
        }
        proposal.isCalled = true;
        effects.tell(new Signal.Proposed(statement, yes != null, electorate.quorum()));
        for (NodeId seed : electorate.seeds()) {
            if (!seed.equals(self)) {
                effects.send(seed, proposal.call);
            }
        }
        count(statement, proposal, self, yes, reason, effects);
    }

    // --- Counting ----------------------------------------------------------------------------------------------------

    private void onVote(NodeId from, Message.Vote vote, Effects effects) {
        Proposal proposal = proposals.get(vote.statement());
        PublicKey key = electorate.key(from);
        // A no is not signed, and anybody can say it in a seed's name; so it does not stand in the way of the seed's
        // yes.
        if (proposal == null
                || proposal.yes.containsKey(from)
                || (vote.yes() == null && proposal.no.containsKey(from))) {
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
        int yesVotes = proposal.yes.size() + (vote.yes() == null ? 0 : 1);
        effects.tell(new Signal.VoteReceived(
                vote.statement(), from, vote.yes() != null, vote.reason(), yesVotes, electorate.quorum()));
        count(vote.statement(), proposal, from, vote.yes(), vote.reason(), effects);
    }

    private void count(
            Statement statement,
            Proposal proposal,
            NodeId seed,
            @Nullable Signature yes,
            String reason,
            Effects effects) {
        if (yes != null) {
            proposal.no.remove(seed);
            proposal.yes.put(seed, yes);
        } else {
            proposal.no.put(seed, reason);
        }
        switch (Quorum.outcome(electorate.size(), proposal.yes.size(), proposal.no.size())) {
            case APPROVED -> approve(statement, proposal, effects);
            case REJECTED -> reject(statement, proposal, reasons(proposal), effects);
            case OPEN -> {
                // The votes that are still out decide.
            }
        }
    }

    private static String reasons(Proposal proposal) {
        StringBuilder reasons = new StringBuilder();
        proposal.no.forEach((seed, reason) -> reasons.append(reasons.isEmpty() ? "" : "; ")
                .append(seed)
                .append(": ")
                .append(reason));
        return reasons.toString();
    }

    private void onVoteEnd(Statement statement, long ending, Effects effects) {
        Proposal proposal = proposals.get(statement);
        if (proposal != null && proposal.generation == ending) {
            int answered = proposal.yes.size() + proposal.no.size();
            String reason = "only " + answered + " of " + electorate.size() + " seeds have answered, and "
                    + electorate.quorum() + " must agree";
            reject(statement, proposal, proposal.no.isEmpty() ? reason : reason + "; " + reasons(proposal), effects);
        }
    }

    private void reject(Statement statement, Proposal proposal, String reason, Effects effects) {
        proposals.remove(statement);
        effects.tell(new Signal.Decided(
                statement, false, proposal.yes.size(), electorate.size(), electorate.quorum(), reason));
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

    /** The other seeds hear of it at once, for this one may die. It says nothing about where they stand with its list. */
    private void push(Certificate certificate, Effects effects) {
        Message news = new Message.PeerList(
                context.signatures().publicKey(), list.revision(), Message.Edition.NONE, List.of(certificate), false);
        for (NodeId seed : electorate.seeds()) {
            if (!seed.equals(self)) {
                effects.send(seed, news);
            }
        }
    }

    private @Nullable Statement latest(Statement statement) {
        Certificate known = list.find(statement.peer());
        return known == null ? null : known.statement();
    }

    private void approve(Statement statement, Proposal proposal, Effects effects) {
        proposals.remove(statement);
        List<Certificate.Vote> votes = new ArrayList<>();
        proposal.yes.forEach((seed, signature) -> votes.add(new Certificate.Vote(seed, signature)));
        Certificate certificate = new Certificate(statement, votes);
        effects.tell(new Signal.Decided(
                statement, true, votes.size(), electorate.size(), electorate.quorum(), reasons(proposal)));
        List<NodeId> toldMembers = statement.change() == Change.REMOVE ? list.members() : List.of();
        if (list.merge(certificate)) {
            effects.save(new Fact.Certified(certificate));
            effects.tell(new Signal.ListChanged(statement, list.members()));
            push(certificate, effects);
        } else if (!statement.equals(latest(statement))) {
            // Overtaken by a later life of the peer: nobody need hear of it.
            return;
        }
        if (proposal.isAwaited) {
            effects.send(
                    statement.peer(),
                    new Message.RegisterAck(context.signatures().publicKey(), certificate));
        }
        for (NodeId member : toldMembers) {
            effects.send(member, new Message.RemovalNotify(certificate));
        }
    }
}
