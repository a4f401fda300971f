package dev.hearsay.core.spread;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.AntiEntropyProtocol.Want;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Family;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Part;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Replicas;
import dev.hearsay.core.Role;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.RumorProtocol.Way;
import dev.hearsay.core.Timer;
import dev.hearsay.core.View;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    public static final Role ROLE = Role.of("anti-entropy").takes(Family.ANTI_ENTROPY);

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

    private static final int REPAIR_RUMORS_MAX = 512;
    private static final int REPAIR_BYTES_MAX = 256 << 10;

    private final Settings settings;
    private final NodeId self;
    private final Context context;
    private final View view;
    private final RumorLog log;
    private final Spreading spreading;
    private final Replicas replicas;
    private long generation;

    /** What partners have forgotten and this node has never seen; null while there is nothing. */
    private @Nullable Gaps gaps;

    /** Where the last repair ended that had no room for all. */
    private @Nullable Origin lastFull;

    public AntiEntropy(
            Settings settings,
            NodeId self,
            Context context,
            View view,
            RumorLog log,
            Spreading spreading,
            Replicas replicas) {
        this.settings = settings;
        this.self = self;
        this.context = context;
        this.view = view;
        this.log = log;
        this.spreading = spreading;
        this.replicas = replicas;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        effects.after(
                context.random().nextLong(settings.intervalNanos()),
                new AntiEntropyProtocol.AntiEntropyRound(++generation));
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((AntiEntropyProtocol.Timers) timer) {
            case AntiEntropyProtocol.AntiEntropyRound round -> {
                if (round.generation() == generation) {
                    round(nowNanos, effects);
                }
            }
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((AntiEntropyProtocol.Messages) message) {
            case AntiEntropyProtocol.Summary summary -> onSummary(from, summary, effects);
            case AntiEntropyProtocol.Digest digest -> onDigest(nowNanos, from, digest, effects);
            case AntiEntropyProtocol.Pull pull -> handOut(nowNanos, from, pull.wants(), effects);
            case AntiEntropyProtocol.Repair repair -> onRepair(nowNanos, from, repair, effects);
        }
    }

    private void round(long nowNanos, Effects effects) {
        effects.after(settings.intervalNanos(), new AntiEntropyProtocol.AntiEntropyRound(++generation));
        log.forget(nowNanos, effects);
        if (gaps != null && gaps.isOver(nowNanos)) {
            gaps = null;
        }
        replicas.forget(nowNanos, effects);
        List<NodeId> neighbours = view.neighbours();
        boolean isStranger = neighbours.isEmpty() || context.random().nextInt(ROUNDS_PER_STRANGER) == 0;
        List<NodeId> candidates = isStranger ? view.members() : neighbours;
        NodeId partner = candidates.get(context.random().nextInt(candidates.size()));
        if (!partner.equals(self)) {
            effects.send(partner, summary(partner));
        }
    }

    private AntiEntropyProtocol.Summary summary(NodeId partner) {
        return new AntiEntropyProtocol.Summary(
                log.hash(), replicas.versionsHash(), replicas.stateHash(), challenge(partner));
    }

    private long challenge(NodeId partner) {
        return gaps == null ? 0 : gaps.challenge(partner, context.random());
    }

    private void onSummary(NodeId from, AntiEntropyProtocol.Summary summary, Effects effects) {
        if (summary.rumors() != log.hash()) {
            effects.tell(new AntiEntropyProtocol.Differed(from));
            effects.send(from, digest(from, summary.challenge()));
        }
        if (summary.versions() != replicas.versionsHash()) {
            replicas.compareVersions(from, effects);
        }
        if (summary.state() != replicas.stateHash()) {
            replicas.compareState(from, effects);
        }
    }

    private AntiEntropyProtocol.Digest digest(NodeId to, long challenge) {
        long bytes = 0;
        for (long size : log.bucketBytes()) {
            bytes += size;
        }
        return bytes <= Bounds.DIGEST_BYTES
                ? new AntiEntropyProtocol.Digest(log.holdings(), AntiEntropyProtocol.Digest.ALL, List.of(), challenge)
                : new AntiEntropyProtocol.Digest(
                        List.of(), AntiEntropyProtocol.Digest.ALL, log.bucketHashes(), challenge(to));
    }

    /** Answers with what fits of the buckets that differ, each time from another one on. */
    private void onHashes(NodeId from, AntiEntropyProtocol.Digest theirs, Effects effects) {
        List<Long> mine = log.bucketHashes();
        if (theirs.hashes().size() != mine.size()) {
            return;
        }
        long[] sizes = log.bucketBytes();
        int start = context.random().nextInt(AntiEntropyProtocol.Digest.BUCKETS);
        long buckets = 0;
        long bytes = 0;
        for (int i = 0; i < AntiEntropyProtocol.Digest.BUCKETS; i++) {
            int bucket = (start + i) % AntiEntropyProtocol.Digest.BUCKETS;
            boolean isToFit = buckets == 0 || bytes + sizes[bucket] <= Bounds.DIGEST_BYTES;
            if (isToFit && !mine.get(bucket).equals(theirs.hashes().get(bucket))) {
                buckets |= 1L << bucket;
                bytes += sizes[bucket];
            }
        }
        if (buckets != 0) {
            effects.send(
                    from,
                    new AntiEntropyProtocol.Digest(
                            log.holdings(buckets, context.random()), buckets, List.of(), theirs.challenge()));
        }
    }

    private void onDigest(long nowNanos, NodeId from, AntiEntropyProtocol.Digest digest, Effects effects) {
        if (!digest.hashes().isEmpty()) {
            onHashes(from, digest, effects);
            return;
        }
        boolean isAnswer = gaps != null
                && gaps.isAnswer(from, digest.challenge())
                && view.members().contains(from);
        Map<Origin, Holding> theirs = new HashMap<>();
        List<Want> wants = new ArrayList<>();
        for (Holding holding : digest.holdings()) {
            Origin origin = holding.origin();
            if (theirs.putIfAbsent(origin, holding) != null) {
                continue; // an honest digest names each once
            }
            if (spreading.isOwn(origin) || holding.floor() <= holding.seen().max()) {
                // Another life of which nothing is left was perhaps forgotten here, too.
                spreading.meetOneself(from, origin, holding.seen().max(), effects);
            }
            if (!spreading.isOwn(origin)) {
                noteGone(nowNanos, from, holding, isAnswer);
            }
            Ranges missing = holding.seen().minus(log.seenNumbers(origin), holding.floor());
            missing = missing.upTo(Bounds.sequenceMax(origin));
            if (!missing.isEmpty()) {
                wants.add(new Want(origin, missing));
            }
        }
        if (!wants.isEmpty()) {
            effects.send(from, new AntiEntropyProtocol.Pull(wants));
        }
        List<Want> lacks = new ArrayList<>();
        for (Holding mine : log.holdings(digest.buckets(), context.random())) {
            Holding other = theirs.get(mine.origin());
            Ranges lacking = mine.seen().minus(other == null ? new Ranges() : other.seen(), mine.floor());
            lacks.add(new Want(mine.origin(), lacking));
        }
        handOut(nowNanos, from, lacks, effects);
    }

    /** What a partner has forgotten others may still have, see {@link Gaps}. */
    private void noteGone(long nowNanos, NodeId from, Holding theirs, boolean isAnswer) {
        Origin origin = theirs.origin();
        Ranges missing = theirs.seen().upTo(theirs.floor() - 1);
        missing.addAll(theirs.gone());
        missing = missing.minus(log.countedNumbers(origin), 1).upTo(Bounds.sequenceMax(origin));
        if (missing.isEmpty()) {
            return;
        }
        if (missing.size() > Gaps.RANGES_MAX) {
            missing = missing.upTo(missing.last(Gaps.RANGES_MAX - 1));
        }
        if (gaps == null) {
            gaps = new Gaps(settings.intervalNanos());
        }
        gaps.notice(nowNanos);
        if (isAnswer) {
            boolean isOneEnough = view.members().size() <= 2;
            Ranges counted = log.countedNumbers(origin);
            long known = log.lastSequence(origin);
            Ranges gone = gaps.claim(nowNanos, from, origin, missing, counted, known, isOneEnough);
            if (!gone.isEmpty()) {
                log.giveUp(origin, gone, nowNanos);
            }
        }
    }

    private void onRepair(long nowNanos, NodeId from, AntiEntropyProtocol.Repair repair, Effects effects) {
        boolean isProgress = false;
        // From the last on, so that it is told at once how many of its own the node had lost.
        for (RelayedRumor carried : repair.rumors().reversed()) {
            spreading.meetOneself(
                    from, carried.rumor().origin(), carried.rumor().sequence(), effects);
        }
        for (RelayedRumor carried : repair.rumors()) {
            Rumor rumor = carried.rumor();
            if (log.hasSeen(rumor.origin(), rumor.sequence())) {
                effects.tell(new RumorProtocol.Duplicate(rumor.id(), from, carried.hops()));
            } else {
                isProgress |= spreading.accept(nowNanos, from, carried, Way.ANTI_ENTROPY, effects) != null;
            }
        }
        if (repair.more() && isProgress) {
            effects.send(from, summary(from));
        }
    }

    /** Hands out what fits, beginning behind the origin at which the last full repair ended: what a partner refuses must not keep the rest from coming. */
    private void handOut(long nowNanos, NodeId to, List<Want> wants, Effects effects) {
        int start = 0;
        for (int i = 0; i < wants.size() && lastFull != null; i++) {
            start = wants.get(i).origin().equals(lastFull) ? i + 1 : start;
        }
        Batch batch = new Batch(nowNanos - settings.graceNanos());
        Set<Origin> met = new HashSet<>();
        for (int i = 0; i < wants.size() && !batch.more; i++) {
            Want want = wants.get((start + i) % wants.size());
            if (met.add(want.origin())) {
                batch.add(want.origin(), want.numbers());
            }
        }
        if (batch.more) {
            lastFull = batch.rumors.getLast().rumor().origin();
        }
        batch.sendTo(to, effects);
    }

    /** What goes into one repair. */
    private final class Batch {
        private final long heardUpToNanos;
        private final List<RelayedRumor> rumors = new ArrayList<>();
        private long bytes;
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
                    RelayedRumor onward = spreading.onward(entry);
                    rumors.add(onward);
                    bytes += Bounds.bytes(onward);
                }
            }
        }

        void sendTo(NodeId to, Effects effects) {
            if (!rumors.isEmpty()) {
                effects.send(to, new AntiEntropyProtocol.Repair(rumors, more));
            }
        }
    }
}
