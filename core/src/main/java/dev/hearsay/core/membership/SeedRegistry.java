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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        final Set<NodeId> applicants = new LinkedHashSet<>();
        final Message call;
        final long generation;
        boolean isCalled;

        Proposal(Message call, long generation) {
            this.call = call;
            this.generation = generation;
        }
    }

    /** A peer this seed is pinging before it votes, and the seeds that wait for the vote; this one, if it has called the vote itself. */
    private static final class Examination {
        final Set<NodeId> proposers = new LinkedHashSet<>();
        final long number;
        int attempt;

        Examination(long number) {
            this.number = number;
        }
    }

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final Admission admission;
    private final PeerList list;
    private final Map<NodeId, Statement> signed = new LinkedHashMap<>();
    private final Map<NodeId, Declaration> declarations = new LinkedHashMap<>();
    private final Map<NodeId, Long> absentUntilNanos = new LinkedHashMap<>();
    private final Map<Statement, Proposal> proposals = new LinkedHashMap<>();
    private final Map<Statement, Examination> examinations = new LinkedHashMap<>();
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
    }

    /** Takes up a promise of an earlier life. */
    public void remember(Fact.VotedYes vote) {
        promise(vote.statement());
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Received(NodeId from, Message.RegisterRequest request) ->
                onRegisterRequest(nowNanos, from, request, effects);
            case Input.Received(NodeId from, Message.DeadNodeReport report) ->
                onReport(nowNanos, from, report, effects);
            case Input.Received(NodeId from, Message.ProposeRegister(Message.RegisterRequest request)) ->
                onProposal(from, request.statement(), objectionTo(request), effects);
            case Input.Received(NodeId from, Message.ProposeRemove(Message.DeadNodeReport report)) ->
                onProposal(from, report.removal(), objectionTo(nowNanos, report, effects), effects);
            case Input.Received(NodeId from, Message.Vote vote) -> onVote(from, vote, effects);
            case Input.Received(NodeId from, Message.Pong pong) -> onPong(nowNanos, from, pong, effects);
            case Input.Received(NodeId from, Message.Declare(Declaration declaration)) -> note(declaration);
            case Input.Fired(Timer.Examine(Statement statement, int attempt)) ->
                onNoAnswer(nowNanos, statement, attempt, effects);
            case Input.Fired(Timer.VoteEnd(Statement statement, long ending)) -> onVoteEnd(statement, ending, effects);
            default -> throw new IllegalArgumentException("a seed's registry does not take " + input);
        }
    }

    // --- Being asked -------------------------------------------------------------------------------------------------

    private void onRegisterRequest(long nowNanos, NodeId from, Message.RegisterRequest request, Effects effects) {
        Statement statement = request.statement();
        Certificate known = list.find(statement.peer());
        if (known != null && known.statement().equals(statement)) {
            effects.send(from, new Message.RegisterAck(context.signatures().publicKey(), known));
            return;
        }
        String objection = objectionTo(request);
        if (objection == null && !proposals.containsKey(statement)) {
            objection = admission.objection(nowNanos, statement.peer(), list);
        }
        if (objection != null) {
            refuse(Set.of(from), statement, objection, effects);
            return;
        }
        call(statement, new Message.ProposeRegister(request), effects)
                .applicants
                .add(from);
    }

    private void onReport(long nowNanos, NodeId from, Message.DeadNodeReport report, Effects effects) {
        Certificate known = list.find(report.removal().peer());
        if (known != null && known.statement().equals(report.removal())) {
            effects.send(from, new Message.RemovalNotify(known));
            return;
        }
        String objection = objectionTo(nowNanos, report, effects);
        if (objection == null) {
            List<NodeId> confirmed = report.confirmations().stream()
                    .map(Message.Confirmation::juror)
                    .toList();
            effects.tell(new Signal.Reported(report.removal(), from, report.text(), confirmed));
            call(report.removal(), new Message.ProposeRemove(report), effects);
            return;
        }
        effects.tell(new Signal.Refused("the report of " + from + ": " + objection));
        // A reporter that has just started may never have heard whom the accused named as its jury.
        Declaration jury = declarations.get(report.removal().peer());
        if (jury != null) {
            effects.send(from, new Message.Declare(jury));
        }
    }

    private Proposal call(Statement statement, Message call, Effects effects) {
        Proposal open = proposals.get(statement);
        if (open != null) {
            return open;
        }
        Proposal proposal = new Proposal(call, ++generation);
        proposals.put(statement, proposal);
        effects.after(settings.voteNanos, new Timer.VoteEnd(statement, proposal.generation));
        examine(statement, self, effects);
        return proposal;
    }

    private void onProposal(NodeId from, Statement statement, @Nullable String objection, Effects effects) {
        if (!electorate.isSeed(from)) {
            effects.tell(new Signal.Refused("a proposal from " + from + ", which is not a seed"));
            return;
        }
        Certificate known = list.find(statement.peer());
        boolean isDecided = known != null && known.statement().equals(statement);
        if (isDecided || objection == null) {
            // What is certified already has this seed's vote for the asking, examined or not.
            if (isDecided) {
                answer(from, statement, "", effects);
            } else {
                examine(statement, from, effects);
            }
        } else {
            answer(from, statement, objection, effects);
        }
    }

    // --- Objections: what needs no examination -----------------------------------------------------------------------

    private @Nullable String objectionTo(Message.RegisterRequest request) {
        Statement statement = request.statement();
        if (statement.change() != Change.REGISTER) {
            return "this is not a registration";
        }
        if (!admission.isSecret(request.secret())) {
            return "the join secret is missing or wrong";
        }
        if (!context.signatures().isValid(statement.key(), statement.request(), request.proof())) {
            return "the request is not signed with the key it names";
        }
        if (electorate.isSeed(statement.peer())) {
            return "this is the address of a seed";
        }
        long certified = list.incarnation(statement.peer());
        Statement promised = signed.get(statement.peer());
        if (statement.incarnation() <= certified) {
            return "incarnation " + statement.incarnation() + " is not above " + certified + ", which is certified";
        }
        if (promised != null && statement.incarnation() <= promised.incarnation() && !statement.equals(promised)) {
            return "incarnation " + statement.incarnation() + " is not above " + promised.incarnation()
                    + ", for which this seed has signed another request";
        }
        return null;
    }

    private @Nullable String objectionTo(long nowNanos, Message.DeadNodeReport report, Effects effects) {
        Statement registration = list.registration(report.removal().peer());
        if (registration == null || !registration.removal().equals(report.removal())) {
            return "it is not about a registered life of that peer";
        }
        Declaration told = report.jury();
        if (told != null && told.registration().equals(registration)) {
            note(told);
        }
        List<NodeId> jurors = jurorsOf(registration);
        Set<NodeId> confirmed = new LinkedHashSet<>();
        byte[] content = report.removal().confirmation();
        for (Message.Confirmation confirmation : report.confirmations()) {
            Statement juror = list.registration(confirmation.juror());
            if (juror == null || confirmation.juror().equals(registration.peer())) {
                return confirmation.juror() + " is not a member that could confirm it";
            }
            if (!context.signatures().isValid(juror.key(), content, confirmation.signature())) {
                return "the confirmation of " + confirmation.juror() + " is forged";
            }
            if (jurors.isEmpty() || jurors.contains(confirmation.juror())) {
                confirmed.add(confirmation.juror());
            }
        }
        List<NodeId> present = new ArrayList<>();
        for (NodeId juror : jurors) {
            if (confirmed.contains(juror) || absentUntilNanos.getOrDefault(juror, nowNanos) <= nowNanos) {
                present.add(juror);
            }
        }
        int needed = jurors.isEmpty() ? 1 : Quorum.size(Math.max(1, present.size()));
        if (confirmed.size() >= needed) {
            return null;
        }
        present.removeAll(confirmed);
        present.forEach(juror -> callOut(juror, effects));
        return "only " + confirmed.size() + " of its " + jurors.size() + " neighbours confirm it, and " + needed
                + " must";
    }

    /** A juror that does not answer this seed either, say because it died with the accused, is not waited for the next time. */
    private void callOut(NodeId juror, Effects effects) {
        Statement registration = list.registration(juror);
        if (registration != null && !examinations.containsKey(registration)) {
            Examination examination = new Examination(context.random().nextLong());
            examinations.put(registration, examination);
            ping(registration, examination, effects);
        }
    }

    /** Those whom the peer itself has named as its neighbours, as far as they are members still. */
    private List<NodeId> jurorsOf(Statement registration) {
        Declaration declaration = declarations.get(registration.peer());
        List<NodeId> jurors = new ArrayList<>();
        if (declaration != null && declaration.registration().equals(registration)) {
            for (NodeId neighbour : declaration.neighbours()) {
                if (list.registration(neighbour) != null) {
                    jurors.add(neighbour);
                }
            }
        }
        return jurors;
    }

    private void note(Declaration declaration) {
        NodeId peer = declaration.registration().peer();
        Declaration known = declarations.get(peer);
        boolean isLater = known == null || declaration.isAfter(known);
        if (isLater
                && declaration.registration().equals(list.registration(peer))
                && declaration.isGenuine(context.signatures())) {
            declarations.put(peer, declaration);
        }
    }

    // --- Examining ---------------------------------------------------------------------------------------------------

    private void examine(Statement statement, NodeId proposer, Effects effects) {
        Examination open = examinations.get(statement);
        if (open != null) {
            open.proposers.add(proposer);
            return;
        }
        Examination examination = new Examination(context.random().nextLong());
        examination.proposers.add(proposer);
        examinations.put(statement, examination);
        ping(statement, examination, effects);
    }

    private void ping(Statement statement, Examination examination, Effects effects) {
        examination.attempt++;
        effects.send(statement.peer(), new Message.Ping(examination.number));
        effects.after(settings.examineNanos, new Timer.Examine(statement, examination.attempt));
    }

    private void onPong(long nowNanos, NodeId from, Message.Pong pong, Effects effects) {
        for (Map.Entry<Statement, Examination> entry : examinations.entrySet()) {
            Statement statement = entry.getKey();
            if (entry.getValue().number == pong.number() && statement.peer().equals(from) && pong.life() != null) {
                Statement life = statement.change() == Change.REGISTER ? statement : registrationOf(statement);
                byte[] proof = life.proofOfLife(pong.number());
                if (context.signatures().isValid(statement.key(), proof, pong.life())) {
                    examined(nowNanos, statement, true, effects);
                }
                return;
            }
        }
    }

    private static Statement registrationOf(Statement removal) {
        return new Statement(Change.REGISTER, removal.peer(), removal.incarnation(), removal.key());
    }

    private void onNoAnswer(long nowNanos, Statement statement, int attempt, Effects effects) {
        Examination examination = examinations.get(statement);
        if (examination == null || examination.attempt != attempt) {
            return;
        }
        boolean isToRegister = statement.change() == Change.REGISTER && !examination.proposers.isEmpty();
        if (attempt < (isToRegister ? settings.examineAttempts : settings.removeAttempts)) {
            ping(statement, examination, effects);
        } else {
            examined(nowNanos, statement, false, effects);
        }
    }

    private void examined(long nowNanos, Statement statement, boolean isAlive, Effects effects) {
        Examination examination = examinations.remove(statement);
        if (examination == null) {
            return;
        }
        if (examination.proposers.isEmpty() && !isAlive) {
            absentUntilNanos.put(statement.peer(), nowNanos + settings.absentNanos);
        }
        boolean isRegistration = statement.change() == Change.REGISTER;
        String objection = isAlive == isRegistration
                ? ""
                : isRegistration
                        ? "nobody at " + statement.peer() + " proves to hold that key"
                        : statement.peer() + " answers this seed's ping";
        for (NodeId proposer : examination.proposers) {
            answer(proposer, statement, objection, effects);
        }
    }

    // --- Voting and counting
    // -------------------------------------------------------------------------------------------

    /** Votes, if the objection is empty with yes; a promise made meanwhile to another may still forbid it. */
    private void answer(NodeId proposer, Statement statement, String objection, Effects effects) {
        String reason = objection.isEmpty() && !mayPromise(statement)
                ? "this seed has signed another request for " + statement.peer()
                : objection;
        Signature yes = null;
        if (reason.isEmpty()) {
            if (promise(statement)) {
                effects.save(new Fact.VotedYes(statement));
            }
            yes = context.signatures().sign(statement.ballot());
        }
        if (proposer.equals(self)) {
            castOwn(statement, yes, reason, effects);
        } else {
            effects.tell(new Signal.Voted(statement, proposer, yes != null, reason));
            effects.send(proposer, new Message.Vote(statement, yes, reason));
        }
    }

    private boolean mayPromise(Statement statement) {
        if (statement.change() == Change.REMOVE) {
            return true;
        }
        Statement promised = signed.get(statement.peer());
        return promised == null || promised.equals(statement) || statement.incarnation() > promised.incarnation();
    }

    /** Notes what this seed has signed; false if it had signed it before. */
    private boolean promise(Statement statement) {
        return statement.change() == Change.REMOVE || !statement.equals(signed.put(statement.peer(), statement));
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

    private void onVote(NodeId from, Message.Vote vote, Effects effects) {
        Proposal proposal = proposals.get(vote.statement());
        PublicKey key = electorate.key(from);
        if (proposal == null || proposal.yes.containsKey(from) || proposal.no.containsKey(from)) {
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
        refuse(proposal.applicants, statement, reason, effects);
    }

    private void refuse(Set<NodeId> applicants, Statement statement, String reason, Effects effects) {
        Statement promised = signed.get(statement.peer());
        long incarnation = Math.max(
                list.incarnation(statement.peer()),
                promised == null || promised.equals(statement) ? 0 : promised.incarnation());
        Message nack = new Message.RegisterNack(context.signatures().publicKey(), statement, reason, incarnation);
        applicants.forEach(applicant -> effects.send(applicant, nack));
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
        }
        Message ack = new Message.RegisterAck(context.signatures().publicKey(), certificate);
        proposal.applicants.forEach(applicant -> effects.send(applicant, ack));
        for (NodeId member : toldMembers) {
            effects.send(member, new Message.RemovalNotify(certificate));
        }
    }
}
