package dev.hearsay.core.commit;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Role;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, from gossip alone, which versions every member has. Each node reports its own versions, and passes on whose reports it has heard; a version is
 * committed at a node once it has the report of every member that the node knows, itself included.
 *
 * <p>Reports only grow (a state-based grow-only set: Shapiro et al., <i>Conflict-free replicated data types</i>, 2011, section 3.2), so they may be lost,
 * repeated and merged in any order. A node reports a version only once it would survive power loss: who has committed by its word is not deceived by
 * its crash. One that is down holds commit back, until it returns or is no member any more.
 */
public final class Commit implements Part {

    public static final Role ROLE = Role.onFirstUse("commit")
            .takes(Family.COMMIT)
            .takesBack(Family.VERSIONS)
            .hears(Family.PUBLICATIONS, Family.VERSIONS, Family.MEMBERS)
            .hearsLast(Family.REGISTRATION, Family.PEER_LISTS);

    /**
     * How news travels.
     *
     * @param delayNanos how long news is gathered before it is passed on
     * @param delayNanosPerMember how much longer for each member that there is
     * @param fanout to how many neighbours, at random where there are more
     */
    public record Settings(long delayNanos, long delayNanosPerMember, int fanout) {
        /** 10 ms and 20 µs for each member, 8 neighbours. */
        public static final Settings DEFAULT = new Settings(10_000_000L, 20_000L, 8);

        public Settings {
            if (delayNanos < 1 || delayNanosPerMember < 0 || fanout < 1) {
                throw new IllegalArgumentException("news must be gathered for some time and go to some neighbour");
            }
        }
    }

    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final long LATE_FACTOR = 4;
    private static final long LATE_NANOS_MAX = 1_000_000_000L;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final Holdings holdings;

    /** What shows who has what; null where members have no keys, and what others say must be believed. */
    private final @Nullable Proofs proofs;

    /** Whether this node knows who is a member. */
    private boolean isInformed;

    /** Who has what, this node among them, as far as that may be told. */
    private Tallies tallies;

    /** Whether there are other members than these. */
    private boolean isStale;

    /** Who is known to know all that is known here. */
    private final Set<NodeId> informed = new HashSet<>();

    private boolean isNews;
    private long dueNanos;
    private long lateNanos;
    private final Ranges committed = new Ranges();
    private long generation;
    private boolean isScheduled;

    /**
     * Nothing is known yet.
     *
     * @param attestations how members sign; null where they have no keys
     * @param isInformed whether the members are those that the view shows; else they are once a Peer List has come
     */
    public Commit(
            Settings settings,
            NodeId self,
            Context context,
            View view,
            Holdings holdings,
            @Nullable Attestations attestations,
            boolean isInformed) {
        this.isInformed = isInformed;
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.holdings = holdings;
        this.proofs = attestations == null ? null : new Proofs(self, attestations);
        this.tallies = new Tallies(List.of(), self);
        this.isStale = true;
    }

    /** Looks who is a member only when that is asked: many may come at once, and mostly there are no versions. */
    private Tallies tallies() {
        if (isStale) {
            isStale = false;
            tallies = tallies.among(view.members());
            if (proofs != null) {
                proofs.retain(tallies);
            }
        }
        return tallies;
    }

    /** The versions that every member is known to have, to look at. */
    public Ranges committed() {
        return committed;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        if (!holdings.versions().isEmpty()) {
            // What a node remembers was durable.
            news(nowNanos, setOwn(holdings.versions().copy()), effects);
        }
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((CommitProtocol.Timers) timer) {
            case CommitProtocol.ReportRound round -> {
                if (round.generation() == generation) {
                    lateNanos = Math.max(0, nowNanos - dueNanos);
                    report(nowNanos, effects);
                }
            }
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((CommitProtocol.Messages) message) {
            case CommitProtocol.VersionNews news -> receive(nowNanos, from, news, effects);
            case CommitProtocol.Versions versions -> receive(nowNanos, from, versions, effects);
        }
    }

    @Override
    public void takeBack(long nowNanos, Fact fact, Effects effects) {
        if (fact instanceof RumorProtocol.Kept(RelayedRumor carried, NodeId from, long receivedMicros)) {
            takeBack(nowNanos, carried, effects);
        } else if (fact instanceof RumorProtocol.Accepted(RelayedRumor carried)) {
            takeBack(nowNanos, carried, effects);
        }
    }

    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof RumorProtocol.Delivered) {
            look(nowNanos, effects);
        } else if (event instanceof RumorProtocol.Published published) {
            if (holdings.versions().contains(published.sequence())) {
                look(nowNanos, effects);
            }
        } else if (event instanceof PeerListProtocol.PeerListReceived received) {
            if (!isInformed || received.changes() > 0) {
                isInformed = true;
                membersChanged(effects);
            }
        } else if (event instanceof RegistrationProtocol.Registered) {
            membersChanged(effects);
            news(nowNanos, attest(), effects);
        } else if (event instanceof MembershipProtocol.Events) {
            membersChanged(effects);
        }
    }

    private boolean setOwn(Ranges reported) {
        boolean isMore = tallies().setOwn(reported);
        if (isMore) {
            attest();
        }
        return isMore;
    }

    /** Signs what this node has reported; true if there is anything to pass on. */
    private boolean attest() {
        if (proofs != null) {
            proofs.attest(tallies.own());
        }
        return proofs != null && !tallies.own().isEmpty();
    }

    /** Whom positions mean, only who has the same members knows. */
    private void receive(long nowNanos, NodeId from, CommitProtocol.VersionNews received, Effects effects) {
        Tallies mine = tallies();
        if (received.membership() != mine.membership()) {
            if (received.answer() && proofs != null) {
                proofs.answer(from, List.of(), true, effects);
            } else if (received.answer()) {
                effects.send(from, new CommitProtocol.Versions(mine.beyond(List.of()), true));
            }
            return;
        }
        if (proofs != null) {
            // Where members have keys it is what the sender would like to have more than.
            proofs.answer(from, mine.beyondTallies(received.tallies()), effects);
        } else {
            news(nowNanos, mine.mergeTallies(received.tallies(), holdings.known(), gone()), effects);
        }
        if (mine.isAll(received.tallies())) {
            if (mine.of(from) != null) {
                informed.add(from);
            }
        } else if (received.answer()) {
            effects.send(from, new CommitProtocol.VersionNews(mine.membership(), mine.all(), false));
        }
    }

    private void receive(long nowNanos, NodeId from, CommitProtocol.Versions received, Effects effects) {
        if (proofs != null) {
            news(nowNanos, proofs.take(from, received.reports(), tallies(), effects), effects);
            if (received.answer()) {
                proofs.answer(from, received.reports(), false, effects);
            }
            return;
        }
        news(nowNanos, tallies().mergeReports(received.reports(), holdings.known(), gone()), effects);
        if (received.answer()) {
            List<Report> beyond = tallies.beyond(received.reports());
            if (!beyond.isEmpty()) {
                effects.send(from, new CommitProtocol.Versions(beyond, false));
            }
        }
    }

    private Ranges gone() {
        return holdings.known().minus(holdings.versions(), 1);
    }

    /** The report that was to follow has not left; what it said is not to be relied on. */
    private void takeBack(long nowNanos, RelayedRumor version, Effects effects) {
        Ranges durable = tallies.own().copy();
        durable.remove(version.rumor().sequence());
        setOwn(durable);
        schedule(nowNanos, RETRY_NANOS, effects);
    }

    /** Sees whether this node has a version that it has not reported. */
    private void look(long nowNanos, Effects effects) {
        if (!isScheduled && !holdings.versions().equals(tallies.own())) {
            schedule(nowNanos, delayNanos(), effects);
        }
    }

    private void membersChanged(Effects effects) {
        isStale = true;
        if (!committed.containsAll(tallies.own())) {
            commit(effects);
        }
    }

    /**
     * The larger the network, the more news there is to wait for. And where timers are late there is too much to do already: to send more, and sooner, would only
     * add to it.
     */
    private long delayNanos() {
        return settings.delayNanos()
                + settings.delayNanosPerMember() * tallies().size()
                + Math.min(LATE_FACTOR * lateNanos, LATE_NANOS_MAX);
    }

    private void schedule(long nowNanos, long delayNanos, Effects effects) {
        isScheduled = true;
        dueNanos = nowNanos + delayNanos;
        effects.after(delayNanos, new CommitProtocol.ReportRound(++generation));
    }

    private void news(long nowNanos, boolean isMore, Effects effects) {
        if (isMore) {
            isNews = true;
            informed.clear();
            commit(effects);
            if (!isScheduled) {
                schedule(nowNanos, delayNanos(), effects);
            }
        }
    }

    private void report(long nowNanos, Effects effects) {
        isScheduled = false;
        Ranges own = holdings.versions();
        if (!own.equals(tallies.own())) {
            holdings.keep(own.minus(tallies.own(), 1), effects);
            isNews |= setOwn(own.copy());
            informed.clear();
            commit(effects);
        }
        Message message = null;
        if (isNews && proofs == null) {
            message = new CommitProtocol.VersionNews(tallies().membership(), tallies.all(), false);
        } else if (isNews && proofs != null) {
            message = proofs.fresh();
        }
        isNews = false;
        if (message == null) {
            return;
        }
        for (NodeId neighbour : Draw.some(view.neighbours(), self, settings.fanout, context.random())) {
            if (!informed.contains(neighbour)) {
                effects.send(neighbour, message);
            }
        }
        if (proofs != null && proofs.isAnyFresh()) {
            news(nowNanos, true, effects);
        }
    }

    /** Announces what every member is now known to have. */
    private void commit(Effects effects) {
        Ranges common = isInformed ? tallies().common(committed) : new Ranges();
        if (!common.isEmpty()) {
            committed.addAll(common);
            effects.tell(new CommitProtocol.Committed(common, tallies.size()));
        }
    }

    // --- All nodes shall know the same of each other -----------------------------------------------------------------

    /** Equal at two nodes that know the same; 0 if there is nothing. */
    public long hash() {
        return tallies.isEmpty() ? 0 : tallies().hash();
    }

    /** Tells a partner everything, and asks for what it knows beyond. */
    public void compare(NodeId partner, Effects effects) {
        effects.send(partner, new CommitProtocol.VersionNews(tallies().membership(), tallies.all(), true));
    }
}
