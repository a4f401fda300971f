package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Declarations;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.LinkProtocol.LinkLoss;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RemovalProtocol.Confirmation;
import dev.hearsay.core.Role;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Quorum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides among the neighbours of a silent peer whether it is dead, before seeds are troubled. The accused has itself named its witnesses, in its
 * last {@link Declaration}; each witness that it has not answered lately pings it once more before it confirms. An answer to any witness's ping
 * clears it there; what else is said in its name does not, for anybody can say it.
 */
public final class Suspicions implements Part {

    public static final Role ROLE = Role.of("suspicions")
            .takes(Family.DECLARATIONS, Family.SUSPICIONS)
            .follows(Family.HEARTBEATS)
            .remembers(Family.REGISTRATION)
            .hears(Family.HEARTBEATS, Family.LINKS, Family.MEMBERS, Family.REGISTRATION);

    /**
     * How suspicions are settled.
     *
     * @param patienceNanos how long a witness waits for an answer to its own ping before it confirms
     * @param roundNanos how long the accuser waits for the witnesses; then, while the accused is still silent, it asks again
     * @param roundNanosMax the wait doubles with each round up to this
     * @param declareNanos how long a peer gathers changes of its links before it declares them
     */
    public record Settings(long patienceNanos, long roundNanos, long roundNanosMax, long declareNanos) {
        /** A second and a half for the accused, four seconds for the first round; links are declared after half a second. */
        public static final Settings DEFAULT =
                new Settings(1_500_000_000L, 4_000_000_000L, 60_000_000_000L, 500_000_000L);

        public Settings {
            if (patienceNanos < 1 || roundNanos <= patienceNanos || roundNanosMax < roundNanos || declareNanos < 1) {
                throw new IllegalArgumentException("a round of questions needs more time than a witness's patience");
            }
        }
    }

    /** A case this peer has opened. */
    private static final class Suspicion {
        final Statement registration;
        final Map<NodeId, Signature> confirmed = new LinkedHashMap<>();
        Set<NodeId> witnesses = Set.of();
        long generation;
        long roundNanos;
        boolean hasAsked;
        boolean isReported;
        int reports;

        Suspicion(Statement registration, long roundNanos) {
            this.registration = registration;
            this.roundNanos = roundNanos;
        }
    }

    /** A suspicion that others have, in which this peer is a witness and is waiting for the accused. */
    private static final class Question {
        final Set<NodeId> accusers = new LinkedHashSet<>();
        final long generation;

        Question(long generation) {
            this.generation = generation;
        }
    }

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Nonces nonces;
    private final Function<NodeId, @Nullable Statement> registrations;
    private final List<NodeId> seeds;
    private final Declarations declarations;
    private final Declaring declaring;
    private final Map<NodeId, Long> answeredNanos = new LinkedHashMap<>();
    private final Set<NodeId> silent = new LinkedHashSet<>();
    private final Probes probes;
    private final Map<NodeId, Suspicion> suspicions = new LinkedHashMap<>();
    private final Map<Statement, Question> questions = new LinkedHashMap<>();

    /** When others last asked about a peer. */
    private final Map<NodeId, Long> askedNanos = new LinkedHashMap<>();

    /** This peer's own confirmations: signing is dear, and every neighbour may ask. */
    private final Map<Statement, Signature> words = new LinkedHashMap<>();

    private long generation;

    /**
     * A peer's part in suspicions.
     *
     * @param registrations the registration of a member, as this peer knows it
     * @param seeds whom to report to
     */
    public Suspicions(
            Settings settings,
            NodeId self,
            Context context,
            Nonces nonces,
            View view,
            Function<NodeId, @Nullable Statement> registrations,
            List<NodeId> seeds) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.nonces = nonces;
        this.registrations = registrations;
        this.seeds = List.copyOf(seeds);
        this.declarations = new Declarations(context, registrations);
        this.declaring = new Declaring(settings.declareNanos, self, context, view, registrations, this.seeds);
        this.probes = new Probes(settings.roundNanos, context, nonces, view, this::mayBeProbed);
    }

    @Override
    public Role role() {
        return ROLE;
    }

    /** Numbers of declarations go on rising from one start of the peer to the next. */
    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        switch ((RegistrationProtocol.Facts) fact) {
            case RegistrationProtocol.AppliedAs earlier -> declaring.remember(earlier);
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        if (message instanceof DeclarationProtocol.Declare(Declaration declaration)) {
            declarations.note(declaration);
            return;
        }
        switch ((SuspicionProtocol.Messages) message) {
            case SuspicionProtocol.SuspectQuery(Statement registration) ->
                onQuery(nowNanos, from, registration, effects);
            case SuspicionProtocol.SuspectReply reply -> onReply(from, reply, effects);
        }
    }

    @Override
    public void follow(long nowNanos, NodeId from, Message message, Effects effects) {
        if (message instanceof HeartbeatProtocol.Pong(long number, var life) && nonces.isKnown(from, number)) {
            answered(nowNanos, from, effects);
        }
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        if (timer instanceof DeclarationProtocol.DeclareRound round) {
            declaring.onTimer(nowNanos, round, effects);
            return;
        }
        switch ((SuspicionProtocol.Timers) timer) {
            case SuspicionProtocol.Probe probe -> {
                declaring.again(effects);
                NodeId absent = probes.step(probe, effects);
                if (absent != null) {
                    accuse(nowNanos, absent, effects);
                }
            }
            case SuspicionProtocol.SuspicionTimeout(Statement registration, long ending) ->
                onEnd(registration, ending, effects);
        }
    }

    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof LinkProtocol.LinkUp) {
            declaring.soon(nowNanos, effects);
        } else if (event instanceof LinkProtocol.LinkDown down) {
            if (down.reason() == LinkLoss.SILENT) {
                silent.add(down.neighbour());
            }
            // Who says goodbye is watched by nobody any more, and is still to be taken off the Peer Lists.
            if (down.reason() == LinkLoss.LEFT) {
                accuse(nowNanos, down.neighbour(), effects);
            }
            declaring.soon(nowNanos, effects);
        } else if (event instanceof RegistrationProtocol.Registered) {
            declaring.soon(nowNanos, effects);
            probes.begin(effects);
        } else if (event instanceof HeartbeatProtocol.Suspected suspected) {
            accuse(nowNanos, suspected.neighbour(), effects);
        } else if (event instanceof HeartbeatProtocol.Cleared cleared) {
            suspicions.remove(cleared.neighbour());
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            removed(removed.member());
        }
    }

    private void removed(NodeId member) {
        suspicions.remove(member);
        declarations.forget(member);
        answeredNanos.remove(member);
        silent.remove(member);
        askedNanos.remove(member);
        words.keySet().removeIf(registration -> registration.peer().equals(member));
        questions.keySet().removeIf(registration -> registration.peer().equals(member));
    }

    /** A peer has answered a ping: it lives, which answers whoever asked about it. */
    private void answered(long nowNanos, NodeId from, Effects effects) {
        answeredNanos.put(from, nowNanos);
        probes.answered(from);
        suspicions.remove(from);
        silent.remove(from);
        if (questions.isEmpty()) {
            return;
        }
        Statement registration = registrations.apply(from);
        Question question = registration == null ? null : questions.remove(registration);
        if (registration != null && question != null) {
            Message alive = new SuspicionProtocol.SuspectReply(registration, null);
            question.accusers.forEach(accuser -> effects.send(accuser, alive));
        }
    }

    private boolean mayBeProbed(NodeId member) {
        return !member.equals(self) && registrations.apply(member) != null && !suspicions.containsKey(member);
    }

    // --- As accuser --------------------------------------------------------------------------------------------------

    private void accuse(long nowNanos, NodeId accused, Effects effects) {
        Statement registration = registrations.apply(accused);
        // Who is no member gets no answers: that says nothing about the others.
        boolean isMember = registrations.apply(self) != null;
        if (!isMember || registration == null || suspicions.containsKey(accused)) {
            return;
        }
        Suspicion opened = new Suspicion(registration, settings.roundNanos);
        suspicions.put(accused, opened);
        Long asked = askedNanos.get(accused);
        if (asked != null && nowNanos - asked < settings.roundNanos) {
            // Another neighbour is asking the witnesses already; were all to do so, n neighbours would send n²
            // messages.
            opened.generation = ++generation;
            effects.after(opened.roundNanos, new SuspicionProtocol.SuspicionTimeout(registration, opened.generation));
        } else {
            ask(opened, effects);
        }
    }

    private void ask(Suspicion opened, Effects effects) {
        Set<NodeId> witnesses = declarations.witnesses(opened.registration);
        opened.witnesses = witnesses;
        opened.confirmed.keySet().retainAll(witnesses);
        opened.generation = ++generation;
        effects.after(
                opened.roundNanos, new SuspicionProtocol.SuspicionTimeout(opened.registration, opened.generation));
        opened.roundNanos = Math.min(2 * opened.roundNanos, settings.roundNanosMax);
        Message query = new SuspicionProtocol.SuspectQuery(opened.registration);
        for (NodeId witness : witnesses) {
            if (!witness.equals(self)) {
                effects.send(witness, query);
            }
        }
        boolean isFirst = !opened.hasAsked;
        opened.hasAsked = true;
        // Who does not know whom the accused named is no judge; but if nothing is known a round later either, the seeds
        // may know.
        if (!witnesses.isEmpty() || !isFirst) {
            confirm(opened, self, word(opened.registration), effects);
        }
    }

    private void onReply(NodeId from, SuspicionProtocol.SuspectReply reply, Effects effects) {
        Suspicion opened = suspicions.get(reply.registration().peer());
        Statement witness = registrations.apply(from);
        if (opened == null || witness == null || !opened.registration.equals(reply.registration())) {
            return;
        }
        // That the accused lives is not signed, so anybody can say it: it takes nothing back. The seeds ping it
        // themselves.
        Signature confirmation = reply.confirmation();
        if (confirmation != null
                && opened.witnesses.contains(from)
                && context.signatures()
                        .isValid(witness.key(), opened.registration.removal().confirmation(), confirmation)) {
            confirm(opened, from, confirmation, effects);
        }
    }

    private void confirm(Suspicion opened, NodeId witness, Signature confirmation, Effects effects) {
        if (opened.witnesses.isEmpty() || opened.witnesses.contains(witness)) {
            opened.confirmed.put(witness, confirmation);
        }
        if (!opened.isReported && opened.confirmed.size() >= Quorum.size(Math.max(1, present(opened)))) {
            report(opened, effects);
        }
    }

    /** How many witnesses can be asked: one that this peer has given up too has perhaps died with the accused. Seeds check that for themselves. */
    private int present(Suspicion opened) {
        int present = 0;
        for (NodeId witness : opened.witnesses) {
            present += silent.contains(witness) ? 0 : 1;
        }
        return present;
    }

    private void report(Suspicion opened, Effects effects) {
        opened.isReported = true;
        NodeId accused = opened.registration.peer();
        long seconds = context.wallMicros() / 1_000_000;
        String text = "Dead Node:" + accused.host() + ":" + accused.port() + ":" + seconds + ":" + self.host();
        List<Confirmation> confirmations = new ArrayList<>();
        opened.confirmed.forEach((witness, signature) -> confirmations.add(new Confirmation(witness, signature)));
        Message report = new RemovalProtocol.DeadNodeReport(
                opened.registration.removal(), text, declarations.find(accused), confirmations);
        effects.tell(new SuspicionProtocol.SuspicionDecided(
                accused, opened.confirmed.size(), opened.witnesses.size(), true));
        effects.tell(new SuspicionProtocol.DeadNodeReported(text, confirmations.size()));
        if (opened.witnesses.isEmpty() && opened.reports++ == 0) {
            // One seed is enough to learn whom the accused has named, if it lives and has heard it.
            effects.send(seeds.get(context.random().nextInt(seeds.size())), report);
        } else {
            seeds.forEach(seed -> effects.send(seed, report));
        }
    }

    // --- As witness --------------------------------------------------------------------------------------------------

    private void onQuery(long nowNanos, NodeId from, Statement registration, Effects effects) {
        NodeId accused = registration.peer();
        if (!registration.equals(registrations.apply(accused)) || registrations.apply(from) == null) {
            return;
        }
        Long heard = answeredNanos.get(accused);
        if (accused.equals(self) || (heard != null && nowNanos - heard < settings.patienceNanos)) {
            effects.send(from, new SuspicionProtocol.SuspectReply(registration, null));
            return;
        }
        askedNanos.put(accused, nowNanos);
        if (suspicions.containsKey(accused)) {
            effects.send(from, confirmation(registration));
            return;
        }
        Question question = questions.get(registration);
        if (question == null) {
            question = new Question(++generation);
            questions.put(registration, question);
            effects.send(accused, nonces.ping(accused));
            effects.after(
                    settings.patienceNanos, new SuspicionProtocol.SuspicionTimeout(registration, question.generation));
        }
        question.accusers.add(from);
    }

    private Message confirmation(Statement registration) {
        return new SuspicionProtocol.SuspectReply(registration, word(registration));
    }

    /** That this peer, too, finds the accused silent. A word is about one life of the accused, so a new life needs a new one. */
    private Signature word(Statement registration) {
        return words.computeIfAbsent(
                registration, r -> context.signatures().sign(r.removal().confirmation()));
    }

    // --- Time is up --------------------------------------------------------------------------------------------------

    private void onEnd(Statement registration, long ending, Effects effects) {
        Question question = questions.get(registration);
        if (question != null && question.generation == ending) {
            questions.remove(registration);
            Message word = confirmation(registration);
            question.accusers.forEach(accuser -> effects.send(accuser, word));
        }
        Suspicion opened = suspicions.get(registration.peer());
        if (opened != null && opened.generation == ending) {
            if (!registration.equals(registrations.apply(registration.peer()))) {
                suspicions.remove(registration.peer());
                return;
            }
            if (opened.hasAsked && !opened.isReported) {
                effects.tell(new SuspicionProtocol.SuspicionDecided(
                        registration.peer(), opened.confirmed.size(), opened.witnesses.size(), false));
            }
            opened.isReported = false;
            ask(opened, effects);
        }
    }
}
