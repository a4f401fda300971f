package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Family;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PeerListProtocol.Edition;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Role;
import dev.hearsay.core.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the Peer Lists of the seeds the same, and hands them to peers. Every seed asks every other for what has changed since it last asked; it
 * also sees by that how many seeds there are to decide anything.
 */
public final class SeedSync implements Part {

    public static final Role ROLE = Role.of("seed sync")
            .takes(Family.PEER_LIST_REQUESTS, Family.PEER_LISTS, Family.REMOVAL_NOTICES)
            .remembers(Family.PEER_LISTS);

    /** So many rounds without a word from a seed, and it counts as out of reach. */
    private static final int SILENT_ROUNDS = 3;

    /** Hears of what other seeds have certified. */
    public interface Merged {
        /** A certificate of another seed was news. */
        void certified(long nowNanos, Certificate certificate, Effects effects);
    }

    private final long intervalNanos;
    private final NodeId self;
    private final Context context;
    private final Electorate electorate;
    private final PeerList list;
    private final PeerListCopy copy;
    private final Merged merged;
    private final Map<NodeId, Long> heardNanos = new LinkedHashMap<>();
    private long epoch;
    private long startedNanos;
    private long generation;
    private boolean hasQuorum = true;
    private int reachable;

    public SeedSync(
            long intervalNanos, NodeId self, Context context, Electorate electorate, PeerList list, Merged merged) {
        this.merged = merged;
        this.intervalNanos = intervalNanos;
        this.self = self;
        this.context = context;
        this.electorate = electorate;
        this.list = list;
        this.copy = new PeerListCopy(context, electorate, list);
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void remember(long nowNanos, Fact fact, Effects effects) {
        switch ((PeerListProtocol.Facts) fact) {
            case PeerListProtocol.Certified(Certificate certificate) -> list.merge(certificate);
            case PeerListProtocol.Pinned(NodeId seed, PublicKey key) -> electorate.pin(seed, key);
        }
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        epoch = context.random().nextLong() | 1;
        startedNanos = nowNanos;
        electorate.pin(self, context.signatures().publicKey());
        round(nowNanos, effects);
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((PeerListProtocol.SeedTimers) timer) {
            case PeerListProtocol.SyncRound round -> {
                if (round.generation() == generation) {
                    round(nowNanos, effects);
                }
            }
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        if (message instanceof RemovalProtocol.RemovalNotify(Certificate certificate)) {
            if (copy.take(from, certificate, effects)) {
                merged(nowNanos, certificate, effects);
            }
        } else if (message instanceof PeerListProtocol.PeerList news) {
            onPeerList(nowNanos, from, news, effects);
        } else {
            switch ((PeerListProtocol.Requests) message) {
                case PeerListProtocol.Sync sync -> {
                    if (copy.meet(from, sync.seedKey(), effects)) {
                        heardNanos.put(from, nowNanos);
                        answer(from, sync.edition(), effects);
                    }
                }
                case PeerListProtocol.PeerListRequest request -> answer(from, request.edition(), effects);
            }
        }
    }

    private void onPeerList(long nowNanos, NodeId from, PeerListProtocol.PeerList message, Effects effects) {
        List<Certificate> news = copy.take(from, message, effects);
        if (news != null) {
            heardNanos.put(from, nowNanos);
            news.forEach(certificate -> merged(nowNanos, certificate, effects));
            if (message.more() && !news.isEmpty()) {
                ask(from, effects);
            }
        }
    }

    private void merged(long nowNanos, Certificate certificate, Effects effects) {
        effects.tell(new PeerListProtocol.ListChanged(certificate.statement(), list.members()));
        merged.certified(nowNanos, certificate, effects);
    }

    private void round(long nowNanos, Effects effects) {
        effects.after(intervalNanos, new PeerListProtocol.SyncRound(++generation));
        reachable = 1;
        for (NodeId seed : electorate.seeds()) {
            if (!seed.equals(self)) {
                ask(seed, effects);
                reachable += isReachable(nowNanos, seed) ? 1 : 0;
            }
        }
        if (hasQuorum != reachable >= electorate.quorum()) {
            hasQuorum = !hasQuorum;
            effects.tell(
                    hasQuorum
                            ? new PeerListProtocol.SeedsWithQuorum(reachable, electorate.size())
                            : new PeerListProtocol.SeedsWithoutQuorum(reachable, electorate.size()));
        }
    }

    /** Whether a seed has been heard of lately. */
    public boolean isReachable(long nowNanos, NodeId seed) {
        return nowNanos - heardNanos.getOrDefault(seed, startedNanos) <= SILENT_ROUNDS * intervalNanos;
    }

    /** How many seeds, this one included, have been heard of lately. */
    public int reachable() {
        return reachable;
    }

    private void ask(NodeId seed, Effects effects) {
        effects.send(seed, new PeerListProtocol.Sync(context.signatures().publicKey(), copy.edition(seed)));
    }

    private void answer(NodeId to, Edition edition, Effects effects) {
        // Who claims to stand where nobody can has been told so by an impostor.
        boolean isOurs = edition.epoch() == epoch && edition.revision() >= 0 && edition.revision() <= list.revision();
        long since = isOurs ? edition.revision() : 0;
        List<Certificate> later = list.since(since, PeerListCopy.CERTIFICATES_MAX);
        boolean more = later.size() == PeerListCopy.CERTIFICATES_MAX;
        long revision = more ? list.revisionOf(later.getLast()) : list.revision();
        effects.send(
                to,
                new PeerListProtocol.PeerList(
                        context.signatures().publicKey(), since, new Edition(epoch, revision), later, more));
    }
}
