package dev.hearsay.core.spread;

import dev.hearsay.core.Carried;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.Message.Holding;
import dev.hearsay.core.Message.Want;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.Replicas;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Signal.Way;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what this node has seen with one partner after the other, and exchanges what is missing (Demers et al. 1987,
 * section 1.3, push-pull), so that a rumor accepted by one live node reaches every node connected to it, whatever eager
 * spreading has lost.
 *
 * <p>The partner is a neighbour drawn at random; in one round of {@value #ROUNDS_PER_STRANGER} it is any member, so that no
 * failure of the overlay can keep a rumor from anybody.
 */
public final class AntiEntropy implements Part {

    /**
     * How often, and how soon, nodes compare.
     *
     * @param intervalNanos from one round to the next
     * @param graceNanos what was heard less than this ago is not handed out: it is probably on its way
     */
    public record Settings(long intervalNanos, long graceNanos) {
        /** A round a second, with a grace of half a second. */
        public static final Settings DEFAULT = new Settings(1_000_000_000L, 500_000_000L);

        public Settings {
            if (intervalNanos < 1 || graceNanos < 0) {
                throw new IllegalArgumentException(
                        "the anti-entropy interval must be positive, the grace not negative");
            }
        }
    }

    /** One round in so many goes to any member instead of a neighbour. */
    static final int ROUNDS_PER_STRANGER = 8;

    /** With a partner or two a round, enough to have heard everybody near. */
    static final int ROUNDS_OF_PATIENCE = 16;

    private static final int REPAIR_RUMORS_MAX = 512;
    private static final int REPAIR_BYTES_MAX = 256 << 10;

    private final Settings settings;
    private final Retention retention;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final RumorLog log;
    private final Spreading spreading;
    private final Replicas replicas;
    private long generation;

    /** Where, per origin, we lack what a partner has forgotten. */
    private @Nullable Map<Origin, Gap> gaps;

    private record Gap(Ranges seen, long sinceNanos) {}

    public AntiEntropy(
            Settings settings,
            Retention retention,
            NodeId self,
            Context context,
            View view,
            RumorLog log,
            Spreading spreading,
            Replicas replicas) {
        this.settings = settings;
        this.retention = retention;
        this.self = self;
        this.context = context;
        this.view = view;
        this.log = log;
        this.spreading = spreading;
        this.replicas = replicas;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() ->
                effects.after(
                        context.random().nextLong(settings.intervalNanos()), new Timer.AntiEntropyRound(++generation));
            case Input.Fired(Timer.AntiEntropyRound round) -> {
                if (round.generation() == generation) {
                    round(nowNanos, effects);
                }
            }
            case Input.Received(NodeId from, Message.Summary summary) -> onSummary(from, summary, effects);
            case Input.Received(NodeId from, Message.Digest digest) -> onDigest(nowNanos, from, digest, effects);
            case Input.Received(NodeId from, Message.Pull pull) -> {
                Batch batch = new Batch(nowNanos - settings.graceNanos());
                pull.wants().forEach(want -> batch.add(want.origin(), want.numbers()));
                batch.sendTo(from, effects);
            }
            case Input.Received(NodeId from, Message.Repair repair) -> onRepair(nowNanos, from, repair, effects);
            default -> throw new IllegalArgumentException("anti-entropy does not take " + input);
        }
    }

    private void round(long nowNanos, Effects effects) {
        effects.after(settings.intervalNanos(), new Timer.AntiEntropyRound(++generation));
        int forgotten = log.forget(nowNanos, retention, effects::save);
        if (forgotten > 0) {
            effects.tell(new Signal.Forgotten(forgotten));
        }
        replicas.forget(nowNanos, effects);
        List<NodeId> neighbours = view.neighbours();
        boolean isStranger = neighbours.isEmpty() || context.random().nextInt(ROUNDS_PER_STRANGER) == 0;
        List<NodeId> candidates = isStranger ? view.members() : neighbours;
        NodeId partner = candidates.get(context.random().nextInt(candidates.size()));
        if (!partner.equals(self)) {
            effects.send(partner, summary());
        }
    }

    private Message.Summary summary() {
        return new Message.Summary(log.hash(), replicas.versionsHash(), replicas.stateHash());
    }

    private void onSummary(NodeId from, Message.Summary summary, Effects effects) {
        if (summary.rumors() != log.hash()) {
            effects.tell(new Signal.Differed(from));
            effects.send(from, new Message.Digest(log.holdings()));
        }
        if (summary.versions() != replicas.versionsHash()) {
            replicas.compareVersions(from, effects);
        }
        if (summary.state() != replicas.stateHash()) {
            replicas.compareState(from, effects);
        }
    }

    private void onDigest(long nowNanos, NodeId from, Message.Digest digest, Effects effects) {
        Map<Origin, Holding> theirs = new HashMap<>();
        List<Want> wants = new ArrayList<>();
        for (Holding holding : digest.holdings()) {
            Origin origin = holding.origin();
            theirs.put(origin, holding);
            skip(nowNanos, holding, effects);
            Ranges missing = holding.seen().minus(log.seenNumbers(origin), holding.floor());
            if (!missing.isEmpty()) {
                wants.add(new Want(origin, missing));
            }
        }
        if (!wants.isEmpty()) {
            effects.send(from, new Message.Pull(wants));
        }
        Batch batch = new Batch(nowNanos - settings.graceNanos());
        for (Holding mine : log.holdings()) {
            Holding other = theirs.get(mine.origin());
            batch.add(mine.origin(), mine.seen().minus(other == null ? new Ranges() : other.seen(), mine.floor()));
        }
        batch.sendTo(from, effects);
    }

    /**
     * What a partner has forgotten others may still have. Only after {@value #ROUNDS_OF_PATIENCE} rounds in which it has
     * not come do we count it as forgotten too; to go on comparing for it would never end.
     */
    private void skip(long nowNanos, Holding theirs, Effects effects) {
        Origin origin = theirs.origin();
        long upTo = theirs.floor() - 1;
        Ranges seen = log.seenNumbers(origin);
        Ranges missing = theirs.seen().upTo(upTo).minus(seen, 1);
        if (missing.isEmpty()) {
            return;
        }
        if (gaps == null) {
            gaps = new HashMap<>();
        }
        Gap gap = gaps.get(origin);
        if (gap == null || !gap.seen.equals(seen)) {
            gaps.put(origin, new Gap(seen.copy(), nowNanos));
        } else if (nowNanos - gap.sinceNanos >= ROUNDS_OF_PATIENCE * settings.intervalNanos()) {
            gaps.remove(origin);
            log.skip(origin, upTo, missing);
            effects.save(new Fact.Forgot(origin, upTo, log.seenNumbers(origin).upTo(upTo)));
        }
    }

    private void onRepair(long nowNanos, NodeId from, Message.Repair repair, Effects effects) {
        boolean isProgress = false;
        for (Carried carried : repair.rumors()) {
            Rumor rumor = carried.rumor();
            if (log.hasSeen(rumor.origin(), rumor.sequence())) {
                effects.tell(new Signal.Duplicate(rumor.id(), from, carried.hops()));
            } else {
                isProgress |= spreading.accept(nowNanos, from, carried, Way.ANTI_ENTROPY, effects) != null;
            }
        }
        if (repair.more() && isProgress) {
            effects.send(from, summary());
        }
    }

    /** What goes into one repair. */
    private final class Batch {
        private final long heardUpToNanos;
        private final List<Carried> rumors = new ArrayList<>();
        private int bytes;
        private boolean more;

        Batch(long heardUpToNanos) {
            this.heardUpToNanos = heardUpToNanos;
        }

        void add(Origin origin, Ranges wanted) {
            for (int range = 0; range < wanted.size() && !more; range++) {
                for (RumorLog.Entry entry : log.within(origin, wanted.first(range), wanted.last(range))) {
                    if (entry.heardNanos() > heardUpToNanos) {
                        continue;
                    }
                    if (rumors.size() == REPAIR_RUMORS_MAX || bytes > REPAIR_BYTES_MAX) {
                        more = true;
                        return;
                    }
                    rumors.add(spreading.onward(entry));
                    bytes += entry.rumor().size();
                }
            }
        }

        void sendTo(NodeId to, Effects effects) {
            if (!rumors.isEmpty()) {
                effects.send(to, new Message.Repair(rumors, more));
            }
        }
    }
}
