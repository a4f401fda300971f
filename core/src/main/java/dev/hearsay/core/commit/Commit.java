package dev.hearsay.core.commit;

import dev.hearsay.core.Context;
import dev.hearsay.core.Draw;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Report;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
     * @param fanout to how many neighbours, at random where there are more
     */
    public record Settings(long delayNanos, int fanout) {
        /** 10 ms, 8 neighbours. */
        public static final Settings DEFAULT = new Settings(10_000_000L, 8);

        public Settings {
            if (delayNanos < 1 || fanout < 1) {
                throw new IllegalArgumentException("news must be gathered for some time and go to some neighbour");
            }
        }
    }

    private static final long RETRY_NANOS = 1_000_000_000L;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final Holdings holdings;

    /** Whether this node knows who is a member. */
    private boolean isInformed;

    /** Who has what, this node among them, as far as that may be told. */
    private final Map<NodeId, Ranges> reports = new LinkedHashMap<>();

    /** Whose reports are news to the neighbours. */
    private final Set<NodeId> news = new LinkedHashSet<>();

    private final Ranges committed = new Ranges();
    private long generation;
    private boolean isScheduled;
    private long hash;
    private boolean isHashStale;

    /** The member that was found last to lack something: it is asked first. */
    private NodeId laggard;

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
        this.laggard = self;
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
                    reports.put(self, holdings.versions().copy());
                    news.add(self);
                    isHashStale = true;
                    schedule(settings.delayNanos, effects);
                    commit(effects);
                }
            }
            case Input.Fired(Timer.ReportRound round) -> {
                if (round.generation() == generation) {
                    report(effects);
                }
            }
            case Input.Received(NodeId from, Message.Versions versions) -> {
                merge(versions.reports(), effects);
                if (versions.answer()) {
                    answer(from, versions.reports(), effects);
                }
            }
            case Input.Unsaved unsaved -> {
                // The report that was to follow has not left; what it said is not to be relied on.
                reports.remove(self);
                isHashStale = true;
                schedule(RETRY_NANOS, effects);
            }
            default -> throw new IllegalArgumentException("commit does not take " + input);
        }
    }

    @Override
    public void hear(long nowNanos, Signal signal, Effects effects) {
        switch (signal) {
            case Signal.Published published -> look(effects);
            case Signal.Delivered delivered -> look(effects);
            case Signal.PeerListReceived received -> {
                isInformed = true;
                membersChanged(effects);
            }
            default -> membersChanged(effects);
        }
    }

    /** Sees whether this node has a version that it has not reported. */
    private void look(Effects effects) {
        if (!isScheduled && !holdings.versions().equals(reports.getOrDefault(self, new Ranges()))) {
            schedule(settings.delayNanos, effects);
        }
    }

    private void membersChanged(Effects effects) {
        if (reports.isEmpty()) {
            return;
        }
        Set<NodeId> members = new LinkedHashSet<>(view.members());
        reports.keySet().removeIf(reporter -> !members.contains(reporter) && !reporter.equals(self));
        news.retainAll(reports.keySet());
        laggard = self;
        isHashStale = true;
        commit(effects);
    }

    private void schedule(long delayNanos, Effects effects) {
        isScheduled = true;
        effects.after(delayNanos, new Timer.ReportRound(++generation));
    }

    private void report(Effects effects) {
        isScheduled = false;
        Ranges own = holdings.versions();
        Ranges told = reports.getOrDefault(self, new Ranges());
        if (!own.equals(told)) {
            holdings.keep(own.minus(told, 1), effects);
            reports.put(self, own.copy());
            news.add(self);
            isHashStale = true;
            commit(effects);
        }
        if (!news.isEmpty()) {
            Message message = new Message.Versions(grouped(news), false);
            for (NodeId neighbour : Draw.some(view.neighbours(), self, settings.fanout, context.random())) {
                effects.send(neighbour, message);
            }
            news.clear();
        }
    }

    /** As few reports as say it: most members have the same versions. */
    private List<Report> grouped(Iterable<NodeId> members) {
        Map<Ranges, List<NodeId>> groups = new LinkedHashMap<>();
        for (NodeId member : members) {
            Ranges versions = reports.get(member);
            if (versions != null) {
                groups.computeIfAbsent(versions, v -> new ArrayList<>()).add(member);
            }
        }
        List<Report> grouped = new ArrayList<>(groups.size());
        groups.forEach((versions, group) -> grouped.add(new Report(versions.copy(), group)));
        return grouped;
    }

    private void merge(List<Report> received, Effects effects) {
        boolean isNews = false;
        for (Report report : received) {
            for (NodeId member : report.members()) {
                // About itself a node knows best; of strangers it will hear again when it knows them.
                if (member.equals(self)) {
                    continue;
                }
                Ranges known = reports.get(member);
                if (known == null) {
                    if (!view.members().contains(member)) {
                        continue;
                    }
                    known = new Ranges();
                    reports.put(member, known);
                }
                if (known.addAll(report.versions())) {
                    news.add(member);
                    isNews = true;
                }
            }
        }
        if (isNews) {
            isHashStale = true;
            commit(effects);
            if (!isScheduled) {
                schedule(settings.delayNanos, effects);
            }
        }
    }

    /** Sends what a partner, who has sent all that it knows, does not know. */
    private void answer(NodeId partner, List<Report> theirs, Effects effects) {
        Map<NodeId, Ranges> known = new HashMap<>();
        theirs.forEach(report -> report.members().forEach(member -> known.put(member, report.versions())));
        List<NodeId> beyond = new ArrayList<>();
        for (NodeId member : view.members()) {
            Ranges mine = reports.get(member);
            Ranges other = known.get(member);
            if (mine != null && !(other == null ? mine : mine.minus(other, 1)).isEmpty()) {
                beyond.add(member);
            }
        }
        if (!beyond.isEmpty()) {
            effects.send(partner, new Message.Versions(grouped(beyond), false));
        }
    }

    /** Announces what every member is now known to have. */
    private void commit(Effects effects) {
        List<NodeId> members = view.members();
        Ranges common = beyond(laggard, reports.getOrDefault(self, new Ranges()).minus(committed, 1));
        for (int i = 0; i < members.size() && !common.isEmpty(); i++) {
            common = beyond(members.get(i), common);
        }
        if (!common.isEmpty() && isInformed) {
            committed.addAll(common);
            effects.tell(new Signal.Committed(common, members.size()));
        }
    }

    /** What of these a member has, too. */
    private Ranges beyond(NodeId member, Ranges versions) {
        if (member.equals(self) || versions.isEmpty()) {
            return versions;
        }
        Ranges theirs = reports.get(member);
        Ranges common = theirs == null ? new Ranges() : versions.and(theirs);
        if (common.isEmpty()) {
            laggard = member;
        }
        return common;
    }

    // --- All nodes shall know the same of each other ---------------------------------------------------------------

    /** Equal at two nodes that know the same; 0 if there is nothing. */
    public long hash() {
        if (isHashStale) {
            hash = 0;
            reports.forEach((member, versions) -> {
                if (!versions.isEmpty()) {
                    hash ^= Random64.mix(Random64.mix(member.hashCode()) + versions.hashCode());
                }
            });
            isHashStale = false;
        }
        return hash;
    }

    /** Tells a partner everything, and asks for what it knows beyond. */
    public void compare(NodeId partner, Effects effects) {
        effects.send(partner, new Message.Versions(grouped(inOrder()), true));
    }

    private List<NodeId> inOrder() {
        List<NodeId> reporters = new ArrayList<>();
        for (NodeId member : view.members()) {
            if (reports.containsKey(member)) {
                reporters.add(member);
            }
        }
        return reporters;
    }
}
