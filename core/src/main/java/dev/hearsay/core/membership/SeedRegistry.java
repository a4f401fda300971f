package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Declarations;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Role;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seed's part in deciding who is a member: it examines, votes, proposes, counts, and certifies. There is no leader: every seed proposes
 * what it is asked when its {@link ProposalTurns turn} comes, and two that propose the same sign the same statement.
 *
 * <p>What makes it safe is one promise, saved before it is sent: a seed signs at most one registration for one address and incarnation, and only
 * removals of what is registered. Two certificates for one address and incarnation would need two quorums, and those have a seed in common.
 */
public final class SeedRegistry implements Part {

    public static final Role ROLE = Role.of("a seed's registry")
            .takes(
                    Family.REGISTRATION_REQUESTS,
                    Family.REMOVAL_REPORTS,
                    Family.VOTES,
                    Family.HEARTBEATS,
                    Family.DECLARATIONS)
            .remembers(Family.VOTES);

    /**
     * How a seed votes.
     *
     * @param examineNanos how long a peer has to answer a seed's ping
     * @param examineAttempts how many pings it is given when it is to be registered
     * @param removeAttempts how many when it, or a witness, is to be given up: together longer than any pause that must not cost a peer its place
     * @param voteNanos how long a vote may take altogether
     * @param absentNanos how long a witness that did not answer the seed's own pings is not waited for
     */
    public record Settings(
            long examineNanos, int examineAttempts, int removeAttempts, long voteNanos, long absentNanos) {
        /** Three pings half a second apart to register, five to remove; eight seconds for a vote; silent witnesses are passed over for two minutes. */
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

    /** More than a seed that is busy calls votes at once, and one more after each time. */
    private static final int PROPOSALS_MAX = 4_000;

    private static final long PROPOSAL_REFILL_NANOS = 2_000_000L;

    /** More reports than a member has neighbours to lose at once, and then twenty a second. */
    private static final int REPORTS_MAX = 500;

    private static final long REPORT_REFILL_NANOS = 50_000_000L;

    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final Admission admission;
    private final TokenBuckets<NodeId> proposed = new TokenBuckets<>(PROPOSALS_MAX, PROPOSAL_REFILL_NANOS);
    private final TokenBuckets<NodeId> reported = new TokenBuckets<>(REPORTS_MAX, REPORT_REFILL_NANOS);
    private final PeerList list;
    private final Promises promises = new Promises();
    private final LivenessChecks livenessChecks;
    private final Declarations declarations;
    private final RequestValidation validation;
    private final VoteLog voteLog;
    private final AdmissionQueue line = new AdmissionQueue();

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
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.admission = admission;
        this.list = list;
        this.livenessChecks = new LivenessChecks(settings, context, this::examined);
        this.declarations = new Declarations(context, list::registration);
        this.validation =
                new RequestValidation(context, electorate, admission, list, promises, livenessChecks, declarations);
        this.voteLog = new VoteLog(settings, self, context, electorate, list, promises, reach, this::forget);
    }

    @Override
    public Role role() {
        return ROLE;
    }

    /** Takes up a promise of an earlier life. */
    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        switch ((VotingProtocol.Facts) fact) {
            case VotingProtocol.VotedYes(Statement statement) -> promises.remember(statement);
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        if (message instanceof HeartbeatProtocol.Ping(long number)) {
            effects.send(from, new HeartbeatProtocol.Pong(number, null));
            return;
        }
        if (message instanceof HeartbeatProtocol.Pong pong) {
            livenessChecks.onPong(nowNanos, from, pong, effects);
        } else if (message instanceof DeclarationProtocol.Declare(Declaration declaration)) {
            declarations.note(declaration);
        } else if (message instanceof RegistrationProtocol.RegisterRequest request) {
            onRegisterRequest(nowNanos, request, effects);
        } else if (message instanceof RemovalProtocol.DeadNodeReport report) {
            onReport(nowNanos, from, report, effects);
        } else {
            onVoting(nowNanos, from, (VotingProtocol.Messages) message, effects);
        }
        takeFromLine(nowNanos, effects);
    }

    private void onVoting(long nowNanos, NodeId from, VotingProtocol.Messages message, Effects effects) {
        switch (message) {
            case VotingProtocol.ProposeRegister(RegistrationProtocol.RegisterRequest request) -> {
                if (mayPropose(nowNanos, from, effects)) {
                    onProposal(nowNanos, from, request.statement(), validation.to(request), effects);
                }
            }
            case VotingProtocol.ProposeRemove(RemovalProtocol.DeadNodeReport report) -> {
                if (mayPropose(nowNanos, from, effects)) {
                    String objection = validation.to(nowNanos, report, effects);
                    onProposal(nowNanos, from, report.removal(), objection, effects);
                    if (objection != null) {
                        tellDeclaration(report, from, effects);
                    }
                }
            }
            case VotingProtocol.Vote vote -> voteLog.onVote(from, vote, effects);
        }
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((VotingProtocol.Timers) timer) {
            case VotingProtocol.Examine examine -> livenessChecks.onNoAnswer(nowNanos, examine, effects);
            case VotingProtocol.VoteEnd(Statement statement, long ending) ->
                voteLog.onTimer(nowNanos, statement, ending, effects);
        }
        takeFromLine(nowNanos, effects);
    }

    // --- Being asked -------------------------------------------------------------------------------------------------

    /** Answers go to the peer that the request is about, whoever has brought it: nobody can have others flooded with them. */
    private void onRegisterRequest(long nowNanos, RegistrationProtocol.RegisterRequest request, Effects effects) {
        Statement statement = request.statement();
        Certificate known = list.find(statement);
        if (known != null) {
            voteLog.acknowledge(known, effects);
            return;
        }
        Proposal open = voteLog.open(statement);
        String objection = null;
        if (open == null && !line.contains(statement)) {
            // Before the signature is checked, which takes far longer. Who waits in the line is looked at when its turn
            // comes.
            objection = admission.haste(nowNanos, statement.peer());
            objection = objection == null ? validation.to(request) : objection;
        }
        if (objection == null && open == null && !line.add(request)) {
            objection = "too many requests; try again later";
        }
        if (objection != null) {
            voteLog.refuse(statement, objection, effects);
        } else if (open != null) {
            open.isAwaited = true;
        }
    }

    /** Calls votes on who waits, as long as there are not too many under way. */
    private void takeFromLine(long nowNanos, Effects effects) {
        while (voteLog.hasRoom() && livenessChecks.hasRoom()) {
            RegistrationProtocol.RegisterRequest request = line.poll();
            if (request == null) {
                return;
            }
            Statement statement = request.statement();
            Certificate known = list.find(statement);
            String objection = validation.to(request);
            if (known != null) {
                // Another seed was quicker, and the lists have met.
                voteLog.acknowledge(known, effects);
            } else if (objection != null) {
                voteLog.refuse(statement, objection, effects);
            } else {
                call(nowNanos, statement, new VotingProtocol.ProposeRegister(request), effects).isAwaited = true;
            }
        }
    }

    private void onReport(long nowNanos, NodeId from, RemovalProtocol.DeadNodeReport report, Effects effects) {
        Certificate known = list.find(report.removal());
        if (known != null) {
            effects.send(from, new RemovalProtocol.RemovalNotify(known));
            return;
        }
        if (voteLog.open(report.removal()) != null) {
            // Nothing that another reporter can add is worth the checking of all those signatures.
            tellDeclaration(report, from, effects);
            return;
        }
        String objection = list.registration(from) == null
                ? "its sender is not a member"
                : reported.take(nowNanos, from)
                        ? validation.to(nowNanos, report, effects)
                        : "too many reports come from it at once";
        if (objection == null) {
            List<NodeId> confirmed = report.confirmations().stream()
                    .map(RemovalProtocol.Confirmation::witness)
                    .toList();
            effects.tell(new RemovalProtocol.Reported(report.removal(), from, report.text(), confirmed));
            call(nowNanos, report.removal(), new VotingProtocol.ProposeRemove(report), effects);
            return;
        }
        effects.tell(new Lifecycle.Refused("the report of " + from + ": " + objection));
        tellDeclaration(report, from, effects);
    }

    /** A reporter that has just started, or a seed that has, may never have heard whom the accused named as its witnesses. */
    private void tellDeclaration(RemovalProtocol.DeadNodeReport report, NodeId to, Effects effects) {
        Declaration declaration = declarations.find(report.removal().peer());
        if (declaration != null && !declaration.equals(report.declaration())) {
            effects.send(to, new DeclarationProtocol.Declare(declaration));
        }
    }

    private Proposal call(long nowNanos, Statement statement, Message call, Effects effects) {
        Proposal proposal = voteLog.propose(statement, call);
        livenessChecks.examine(nowNanos, statement, self, effects);
        return proposal;
    }

    /** Before a signature is checked, which takes far longer, for anybody can write a seed's name in {@code from}. */
    private boolean mayPropose(long nowNanos, NodeId from, Effects effects) {
        boolean isSeed = electorate.isSeed(from);
        boolean mayPropose = isSeed && proposed.take(nowNanos, from);
        if (!mayPropose) {
            effects.tell(new Lifecycle.Refused("a proposal from " + from
                    + (isSeed ? ", from which too many come at once" : ", which is not a seed")));
        }
        return mayPropose;
    }

    private void onProposal(
            long nowNanos, NodeId from, Statement statement, @Nullable String objection, Effects effects) {
        if (objection == null) {
            voteLog.turns.join(nowNanos, statement);
        }
        Proposal own = voteLog.open(statement);
        boolean isExamined = promises.hasMade(statement) || (own != null && own.hasVote(self, true));
        if (list.find(statement) != null || (objection == null && isExamined)) {
            // What is certified, or was examined a moment ago, has this seed's vote for the asking.
            answer(nowNanos, from, statement, "", effects);
        } else if (objection != null) {
            answer(nowNanos, from, statement, objection, effects);
        } else if (livenessChecks.hasRoom()) {
            livenessChecks.examine(nowNanos, statement, from, effects);
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
                effects.save(new VotingProtocol.VotedYes(statement));
            }
            yes = promises.sign(statement, context.signatures());
        }
        if (proposer.equals(self)) {
            voteLog.castOwn(nowNanos, statement, yes, reason, effects);
        } else {
            effects.tell(new VotingProtocol.Voted(statement, proposer, yes != null, reason));
            effects.send(proposer, new VotingProtocol.Vote(statement, yes, reason));
        }
    }

    private void forget(NodeId removed) {
        declarations.forget(removed);
        livenessChecks.forget(removed);
    }

    /** What another seed has certified is voted on no more; who waits for it here gets its answer. */
    public void certified(long nowNanos, Certificate certificate, Effects effects) {
        voteLog.certified(certificate, effects);
        if (certificate.statement().change() == Change.REMOVE) {
            forget(certificate.statement().peer());
        }
        takeFromLine(nowNanos, effects);
    }
}
