package dev.hearsay.core.commit;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Report;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out, from gossip alone, which versions every member has. Each node reports its own versions, and passes on whose reports it has heard; a version is
 * committed at a node once it has the report of every member that the node knows, itself included.
 *
 * <p>Reports only grow (a state-based grow-only set: Shapiro et al., <i>Conflict-free replicated data types</i>, 2011, section 3.2), so they may be lost,
 * repeated and merged in any order. A node reports a version only once it would survive power loss: who has committed by its word is not deceived by
 * its crash. One that is down holds commit back, until it returns or is no member any more.
 */
public final class Commit implements Part {

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

    /** Whether this node knows who is a member. */
    private boolean isInformed;

    /** Who has what, this node among them, as far as that may be told. */
    private Tallies tallies;

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
     * @param isInformed whether the members are those that the view shows; else they are once a Peer List has come
     */
    public Commit(Settings settings, NodeId self, Context context, View view, Holdings holdings, boolean isInformed) {
        this.isInformed = isInformed;
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.holdings = holdings;
        this.tallies = new Tallies(view.members(), self);
    }

    /** The versions that every member is known to have, to look at. */
    public Ranges committed() {
        return committed;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() -> {
                if (!holdings.versions().isEmpty()) {
                    // What a node remembers was durable.
                    news(nowNanos, tallies.setOwn(holdings.versions().copy()), effects);
                }
            }
            case Input.Fired(Timer.ReportRound round) -> {
                if (round.generation() == generation) {
                    lateNanos = Math.max(0, nowNanos - dueNanos);
                    report(effects);
                }
            }
            case Input.Received(NodeId from, Message.VersionNews news) -> receive(nowNanos, from, news, effects);
            case Input.Received(NodeId from, Message.Versions versions) -> {
                news(nowNanos, tallies.mergeReports(versions.reports()), effects);
                if (versions.answer()) {
                    List<Report> beyond = tallies.beyond(versions.reports());
                    if (!beyond.isEmpty()) {
                        effects.send(from, new Message.Versions(beyond, false));
                    }
                }
            }
            case Input.Unsaved(Fact.Kept(Carried carried, NodeId from, long receivedMicros)) ->
                takeBack(nowNanos, carried, effects);
            case Input.Unsaved(Fact.Accepted(Carried carried)) -> takeBack(nowNanos, carried, effects);
            default -> throw new IllegalArgumentException("commit does not take " + input);
        }
    }

    @Override
    public void hear(long nowNanos, Signal signal, Effects effects) {
        switch (signal) {
            case Signal.Published published -> look(nowNanos, effects);
            case Signal.Delivered delivered -> look(nowNanos, effects);
            case Signal.PeerListReceived received -> {
                isInformed = true;
                membersChanged(effects);
            }
            default -> membersChanged(effects);
        }
    }

    /** Whom positions mean, only who has the same members knows. */
    private void receive(long nowNanos, NodeId from, Message.VersionNews received, Effects effects) {
        if (received.membership() == tallies.membership()) {
            news(nowNanos, tallies.mergeTallies(received.tallies()), effects);
            if (tallies.isAll(received.tallies())) {
                informed.add(from);
            } else if (received.answer()) {
                effects.send(from, new Message.VersionNews(tallies.membership(), tallies.all(), false));
            }
        } else if (received.answer()) {
            effects.send(from, new Message.Versions(tallies.beyond(List.of()), true));
        }
    }

    /** The report that was to follow has not left; what it said is not to be relied on. */
    private void takeBack(long nowNanos, Carried version, Effects effects) {
        Ranges durable = tallies.own().copy();
        durable.remove(version.rumor().sequence());
        tallies.setOwn(durable);
        schedule(nowNanos, RETRY_NANOS, effects);
    }

    /** Sees whether this node has a version that it has not reported. */
    private void look(long nowNanos, Effects effects) {
        if (!isScheduled && !holdings.versions().equals(tallies.own())) {
            schedule(nowNanos, delayNanos(), effects);
        }
    }

    private void membersChanged(Effects effects) {
        tallies = tallies.among(view.members());
        commit(effects);
    }

    /**
     * The larger the network, the more news there is to wait for. And where timers are late there is too much to do already: to send more, and sooner, would only
     * add to it.
     */
    private long delayNanos() {
        return settings.delayNanos()
                + settings.delayNanosPerMember() * tallies.size()
                + Math.min(LATE_FACTOR * lateNanos, LATE_NANOS_MAX);
    }

    private void schedule(long nowNanos, long delayNanos, Effects effects) {
        isScheduled = true;
        dueNanos = nowNanos + delayNanos;
        effects.after(delayNanos, new Timer.ReportRound(++generation));
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

    private void report(Effects effects) {
        isScheduled = false;
        Ranges own = holdings.versions();
        if (!own.equals(tallies.own())) {
            holdings.keep(own.minus(tallies.own(), 1), effects);
            isNews |= tallies.setOwn(own.copy());
            informed.clear();
            commit(effects);
        }
        if (isNews) {
            isNews = false;
            Message message = new Message.VersionNews(tallies.membership(), tallies.all(), false);
            for (NodeId neighbour : Draw.some(view.neighbours(), self, settings.fanout, context.random())) {
                if (!informed.contains(neighbour)) {
                    effects.send(neighbour, message);
                }
            }
        }
    }

    /** Announces what every member is now known to have. */
    private void commit(Effects effects) {
        Ranges common = isInformed ? tallies.common(committed) : new Ranges();
        if (!common.isEmpty()) {
            committed.addAll(common);
            effects.tell(new Signal.Committed(common, tallies.size()));
        }
    }

    // --- All nodes shall know the same of each other -----------------------------------------------------------------

    /** Equal at two nodes that know the same; 0 if there is nothing. */
    public long hash() {
        return tallies.hash();
    }

    /** Tells a partner everything, and asks for what it knows beyond. */
    public void compare(NodeId partner, Effects effects) {
        effects.send(partner, new Message.VersionNews(tallies.membership(), tallies.all(), true));
    }
}
