package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Membership;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Role;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A peer's part in membership: it asks to be registered until it is, keeps a copy of the Peer List, and comes back one incarnation higher when it
 * learns that it was removed though it lives.
 */
public final class Registration implements Membership {

    public static final Role ROLE = Role.of("registration")
            .guards()
            .takes(Family.REGISTRATION, Family.PEER_LISTS, Family.REMOVAL_NOTICES, Family.LIVENESS_CHECKS)
            .remembers(Family.REGISTRATION, Family.PEER_LISTS)
            .takesBack(Family.REGISTRATION, Family.PEER_LISTS);

    /**
     * How a peer deals with seeds.
     *
     * @param everySeed whether it registers with every seed, or with a random quorum of them
     * @param retryNanos first wait before it asks again; doubled each time up to
     * @param retryNanosMax this
     * @param refreshNanos how often it asks a seed for what has changed
     * @param secret what the network's operator gave it; empty if nothing
     */
    public record Settings(boolean everySeed, long retryNanos, long retryNanosMax, long refreshNanos, String secret) {
        /** With every seed; asks again after 1 to 30 seconds; looks for changes every 2 seconds. */
        public static final Settings DEFAULT = new Settings(true, 1_000_000_000L, 30_000_000_000L, 2_000_000_000L, "");

        public Settings {
            if (retryNanos < 1 || retryNanosMax < retryNanos || refreshNanos < 1) {
                throw new IllegalArgumentException(
                        "registration needs positive waits, the longest not below the first");
            }
        }
    }

    /** However many strangers speak, a seed is asked no more often than this. */
    private static final int STRANGER_ASKS_PER_REFRESH = 4;

    /** What seeds say of earlier lives is believed up to here at a time, so that no liar drives a peer to the end of all numbers. */
    private static final long INCARNATIONS_AHEAD_MAX = 1L << 16;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final PeerList list;
    private final PeerListCopy copy;
    private final UnacknowledgedRemovals unacknowledged;
    private final UnsavedFacts unsaved = new UnsavedFacts();
    private @Nullable Statement wanted;
    private long incarnationSeen;

    /** The seeds that know of another life in this one's place, and which; one of them alone may lie. */
    private final Map<NodeId, Long> overtakers = new LinkedHashMap<>();

    /** The seeds that know of no life of this peer that is anywhere near, and what they know. */
    private final Map<NodeId, Long> laggards = new LinkedHashMap<>();

    /** The seeds asked last, those that have been heard of since this life was asked for, and how many of them were told. */
    private List<NodeId> asked = List.of();

    private final Set<NodeId> answered = new LinkedHashSet<>();
    private int toldAnswered;

    /** Whether seeds have moved this peer to another incarnation since it last waited for its time to be over. */
    private boolean isMoved;

    /** The seeds that have shown this peer its own registration. */
    private final Set<NodeId> vouching = new LinkedHashSet<>();

    private int starts;
    private boolean isRegistered;
    private boolean hasList;
    private long applyGeneration;
    private long refreshGeneration;
    private long waitNanos;
    private long strangerAskedNanos;
    private List<NodeId> members = List.of();
    private long membersRevision;
    private String refusal = "";

    public Registration(Settings settings, NodeId self, Context context, Electorate electorate, PeerList list) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.list = list;
        this.copy = new PeerListCopy(context, electorate, list);
        this.unacknowledged = new UnacknowledgedRemovals(electorate.seeds());
        this.waitNanos = settings.retryNanos;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        if (fact instanceof RegistrationProtocol.AppliedAs applied) {
            remember(applied);
            return;
        }
        switch ((PeerListProtocol.Facts) fact) {
            case PeerListProtocol.Certified(Certificate certificate) -> list.merge(certificate);
            case PeerListProtocol.Pinned(NodeId seed, PublicKey key) -> electorate.pin(seed, key);
        }
    }

    @Override
    public void takeBack(long nowNanos, Fact fact, Effects effects) {
        unsaved.add(fact, effects);
    }

    @Override
    public void saveAgain(Effects effects) {
        unsaved.saveAgain(effects);
    }

    /** Goes on as the one who asked in an earlier life. */
    void remember(RegistrationProtocol.AppliedAs applied) {
        // What could not be saved at first is saved after what came later.
        if (applied.statement().incarnation() < incarnationSeen) {
            return;
        }
        starts = Math.max(starts, applied.start());
        incarnationSeen = applied.statement().incarnation();
        if (applied.statement().key().equals(context.signatures().publicKey())) {
            wanted = applied.statement();
        }
    }

    /** This peer's own registration, once it has it. */
    @Nullable
    Statement registration() {
        return isRegistered ? wanted : null;
    }

    @Override
    public boolean isRegistered() {
        return isRegistered;
    }

    /** What it knows from before may be over: if seeds answer, one of them must confirm it. */
    @Override
    public boolean isMember() {
        return isRegistered && (answered.isEmpty() || !vouching.isEmpty());
    }

    /** What this peer has asked for, whether it was granted or not: what it proves to be when a seed calls. */
    public @Nullable Statement wanted() {
        return wanted;
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        Statement earlier = wanted;
        list.records().forEach(certificate -> unacknowledged.learnt(self, certificate));
        Certificate latest = list.find(self);
        if (earlier != null && latest != null && latest.statement().equals(earlier) && electorate.isEnough(latest)) {
            // By its own word: no seed has confirmed it in this life.
            registered(self, earlier, effects);
        } else if (earlier == null || list.incarnation(self) >= earlier.incarnation()) {
            nextIncarnation();
        }
        // One who was registered in an earlier life asks as well: it may have been removed meanwhile.
        starts++;
        saveAndApply(effects);
        effects.after(
                1 + context.random().nextLong(settings.refreshNanos),
                new PeerListProtocol.Refresh(++refreshGeneration));
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        if (timer instanceof PeerListProtocol.Refresh refresh) {
            if (refresh.generation() == refreshGeneration) {
                effects.after(settings.refreshNanos, new PeerListProtocol.Refresh(++refreshGeneration));
                List<NodeId> seeds = electorate.seeds();
                refresh(seeds.get(context.random().nextInt(seeds.size())), effects);
            }
            return;
        }
        switch ((RegistrationProtocol.Timers) timer) {
            case RegistrationProtocol.Apply apply -> {
                if (apply.generation() == applyGeneration) {
                    tellAnswered(effects);
                    applyAgain(effects);
                }
            }
        }
    }

    private void applyAgain(Effects effects) {
        if (isRegistered) {
            return;
        }
        tellNotRegistered(effects);
        isMoved = false;
        if (overtakers.isEmpty()) {
            apply(effects);
        } else {
            riseAndApply(effects);
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        onAnswer(from, effects);
        if (message instanceof PeerListProtocol.Answers answer) {
            switch (answer) {
                case PeerListProtocol.PeerList news -> onPeerList(from, news, effects);
            }
        } else if (message instanceof RemovalProtocol.Notices notice) {
            switch (notice) {
                case RemovalProtocol.RemovalNotify(Certificate certificate) -> accept(from, certificate, effects);
            }
        } else if (message instanceof HeartbeatProtocol.Ping(long number)) {
            prove(from, number, effects);
        } else {
            switch ((RegistrationProtocol.Answers) message) {
                case RegistrationProtocol.RegisterAck ack -> {
                    if (copy.meet(from, ack.seedKey(), effects)) {
                        noteVoucher(from, ack.certificate());
                        accept(from, ack.certificate(), effects);
                    }
                }
                case RegistrationProtocol.RegisterNack nack -> onNack(from, nack, effects);
            }
        }
    }

    /** Shows a seed that it holds the key with which it wants to be registered. */
    private void prove(NodeId seed, long number, Effects effects) {
        Statement own = wanted;
        if (own != null) {
            Signature life = context.signatures().sign(own.proofOfLife(number));
            effects.send(seed, new HeartbeatProtocol.Pong(number, life));
        }
    }

    // --- What the log says -------------------------------------------------------------------------------------------

    /** Whatever a seed says shows that it can be reached. */
    private void onAnswer(NodeId from, Effects effects) {
        if (electorate.isSeed(from) && answered.add(from) && answered.containsAll(asked)) {
            tellAnswered(effects);
        }
    }

    private void tellAnswered(Effects effects) {
        if (answered.size() > toldAnswered) {
            toldAnswered = answered.size();
            effects.tell(new RegistrationProtocol.SeedsAnswered(List.copyOf(answered), electorate.size()));
        }
    }

    /** A first wait in vain is usual while a network starts, and no news, unless a seed has said no. */
    private void tellNotRegistered(Effects effects) {
        if (!refusal.isEmpty()) {
            effects.tell(new RegistrationProtocol.NotRegistered(refusal, waitNanos));
        } else if (waitNanos > 2 * settings.retryNanos || waitNanos == settings.retryNanosMax) {
            String reason = answered.isEmpty()
                    ? "no seed has answered"
                    : answered.size() + " of " + electorate.size() + " seeds have answered, and have not decided yet";
            effects.tell(new RegistrationProtocol.NotRegistered(reason, waitNanos));
        }
    }

    // --- Asking ------------------------------------------------------------------------------------------------------

    private void nextIncarnation() {
        beginLife(latest(overtakers, Math.max(incarnationSeen, list.incarnation(self))) + 1);
    }

    private static long latest(Map<NodeId, Long> said, long known) {
        long latest = known;
        for (long incarnation : said.values()) {
            latest = Math.max(latest, incarnation);
        }
        return latest;
    }

    private void beginLife(long incarnation) {
        overtakers.clear();
        laggards.clear();
        vouching.clear();
        answered.clear();
        toldAnswered = 0;
        incarnationSeen = incarnation;
        wanted = new Statement(
                Change.REGISTER, self, incarnationSeen, context.signatures().publicKey());
        isRegistered = false;
    }

    private void riseAndApply(Effects effects) {
        nextIncarnation();
        saveAndApply(effects);
    }

    private void saveAndApply(Effects effects) {
        effects.save(new RegistrationProtocol.AppliedAs(Objects.requireNonNull(wanted), starts));
        apply(effects);
    }

    private void apply(Effects effects) {
        Statement statement = Objects.requireNonNull(wanted);
        List<NodeId> seeds = electorate.seeds();
        if (!settings.everySeed) {
            for (int i = 0; i < electorate.quorum(); i++) {
                Collections.swap(seeds, i, i + context.random().nextInt(seeds.size() - i));
            }
            seeds = seeds.subList(0, electorate.quorum());
        }
        asked = List.copyOf(seeds);
        refusal = "";
        Message request = request(statement);
        seeds.forEach(seed -> effects.send(seed, request));
        effects.tell(new RegistrationProtocol.Applied(statement, seeds, electorate.size()));
        // Luck, so that peers that were refused together do not come back together.
        long luckNanos = context.random().nextLong(waitNanos / 2 + 1);
        effects.after(waitNanos + luckNanos, new RegistrationProtocol.Apply(++applyGeneration));
        waitNanos = Math.min(2 * waitNanos, settings.retryNanosMax);
    }

    private Message request(Statement statement) {
        return new RegistrationProtocol.RegisterRequest(
                statement, context.signatures().sign(statement.request()), settings.secret);
    }

    private void noteVoucher(NodeId seed, Certificate certificate) {
        if (certificate.statement().equals(wanted)) {
            vouching.add(seed);
        }
    }

    /** The seed that has registered this peer may have died before any other heard of it; so a seed that does not show it is asked, too. */
    private void refresh(NodeId seed, Effects effects) {
        if (isRegistered && !vouching.contains(seed)) {
            effects.send(seed, request(Objects.requireNonNull(wanted)));
        }
        ask(seed, effects);
    }

    private void onNack(NodeId from, RegistrationProtocol.RegisterNack nack, Effects effects) {
        if (isRegistered || !nack.statement().equals(wanted) || !copy.meet(from, nack.seedKey(), effects)) {
            return;
        }
        refusal = from + " says no: " + Proposal.brief(nack.reason());
        long own = nack.statement().incarnation();
        // One seed may lie, and would drive the peer from one life to the next before any can be voted on. When so many
        // say so that no quorum is left, there is nothing to wait for, the first time; else the seeds have the usual
        // time to prove it wrong.
        int enough = electorate.size() - electorate.quorum() + 1;
        if (nack.incarnation() >= own) {
            overtakers.put(from, Math.min(nack.incarnation(), own + INCARNATIONS_AHEAD_MAX));
            if (overtakers.size() >= enough && !isMoved) {
                isMoved = true;
                riseAndApply(effects);
            }
        } else if (own - nack.incarnation() > RequestValidation.INCARNATIONS_AHEAD_MAX) {
            // Driven so far ahead that no seed will follow: the peer comes back to where they are.
            laggards.put(from, nack.incarnation());
            if (laggards.size() >= enough && !isMoved) {
                isMoved = true;
                beginLife(latest(laggards, list.incarnation(self)) + 1);
                saveAndApply(effects);
            }
        }
    }

    private void onPeerList(NodeId from, PeerListProtocol.PeerList message, Effects effects) {
        List<Certificate> news = copy.take(from, message, effects);
        if (news == null) {
            return;
        }
        message.certificates().forEach(certificate -> noteVoucher(from, certificate));
        message.certificates().forEach(certificate -> unacknowledged.shown(from, certificate));
        news.forEach(certificate -> unacknowledged.learnt(from, certificate));
        if (!message.more()) {
            unacknowledged
                    .overdue(from)
                    .forEach(certificate -> effects.send(from, new RemovalProtocol.RemovalNotify(certificate)));
        }
        // The first answer of a life says that there is nobody else, if so.
        if (!news.isEmpty() || !hasList) {
            hasList = true;
            effects.tell(new PeerListProtocol.PeerListReceived(
                    from, news.size(), list.members().size()));
            news.forEach(certificate -> changed(from, certificate.statement(), effects));
        }
        if (message.more() && !news.isEmpty()) {
            ask(from, effects);
        }
    }

    private void accept(NodeId from, Certificate certificate, Effects effects) {
        if (copy.take(from, certificate, effects)) {
            unacknowledged.learnt(from, certificate);
            changed(from, certificate.statement(), effects);
        }
    }

    private void changed(NodeId from, Statement statement, Effects effects) {
        if (!statement.peer().equals(self)) {
            effects.tell(
                    statement.change() == Change.REGISTER
                            ? new MembershipProtocol.MemberAdded(statement.peer())
                            : new MembershipProtocol.MemberRemoved(statement.peer(), statement.incarnation()));
            return;
        }
        Statement own = Objects.requireNonNull(wanted);
        if (statement.equals(own)) {
            applyGeneration++;
            registered(from, own, effects);
            ask(from, effects);
        } else if (statement.incarnation() >= own.incarnation()) {
            // Removed though alive, or another has taken this address meanwhile: the next life decides.
            riseAndApply(effects);
        }
    }

    private void registered(NodeId seed, Statement own, Effects effects) {
        isRegistered = true;
        isMoved = false;
        tellAnswered(effects);
        waitNanos = settings.retryNanos;
        overtakers.clear();
        effects.tell(new RegistrationProtocol.Registered(own, seed));
    }

    private void ask(NodeId seed, Effects effects) {
        effects.send(seed, new PeerListProtocol.PeerListRequest(copy.edition(seed)));
    }

    /** A stranger that speaks is perhaps a member that this peer has not heard of yet. */
    @Override
    public boolean accepts(long nowNanos, NodeId from, Message message, View view, Effects effects) {
        boolean isKnown = knows(from, view.neighbours());
        if (!isKnown && nowNanos - strangerAskedNanos >= settings.refreshNanos / STRANGER_ASKS_PER_REFRESH) {
            strangerAskedNanos = nowNanos;
            List<NodeId> seeds = electorate.seeds();
            ask(seeds.get(context.random().nextInt(seeds.size())), effects);
        }
        return isKnown;
    }

    /** The members as this peer knows them, sorted; itself too, though it may not be registered yet. */
    @Override
    public List<NodeId> members() {
        if (list.registration(self) != null) {
            return list.members();
        }
        if (membersRevision != list.revision() || members.isEmpty()) {
            TreeSet<NodeId> all = new TreeSet<>(list.members());
            all.add(self);
            members = List.copyOf(all);
            membersRevision = list.revision();
        }
        return members;
    }

    /** This peer's copy of the Peer List, to look at. */
    public PeerList list() {
        return list;
    }

    /** The registration of a member; null if it is none. */
    public @Nullable Statement registrationOf(NodeId member) {
        return list.registration(member);
    }

    @Override
    public boolean isSeed(NodeId node) {
        return electorate.isSeed(node);
    }

    /** Who may speak to this peer: members and seeds. */
    @Override
    public boolean knows(NodeId node, List<NodeId> neighbours) {
        return list.registration(node) != null || electorate.isSeed(node);
    }
}
