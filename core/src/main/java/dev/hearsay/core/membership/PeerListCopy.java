package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PeerListProtocol.Edition;
import dev.hearsay.core.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Peer List that is kept up to date from what seeds send; nothing gets in without a certificate that holds. */
final class PeerListCopy {

    /** So many certificates in one answer; who wants more asks again. Each is checked by its signatures, which takes time. */
    static final int CERTIFICATES_MAX = 256;

    private final Context context;
    private final Electorate electorate;
    private final PeerList list;
    private final Map<NodeId, Edition> editions = new LinkedHashMap<>();

    PeerListCopy(Context context, Electorate electorate, PeerList list) {
        this.context = context;
        this.electorate = electorate;
        this.list = list;
    }

    /** Where we stand with a seed's list. */
    Edition edition(NodeId seed) {
        return editions.getOrDefault(seed, Edition.NONE);
    }

    /** Learns a seed's key, if it is the first; false if the sender is not that seed. */
    boolean meet(NodeId seed, PublicKey key, Effects effects) {
        boolean isFirst = electorate.isSeed(seed) && electorate.key(seed) == null;
        if (!electorate.pin(seed, key)) {
            effects.tell(new Lifecycle.Refused(
                    electorate.isSeed(seed)
                            ? seed + " shows another key than the one that is known; remove the old one from the"
                                    + " configuration if it was really changed"
                            : "membership from " + seed + ", which is not a seed"));
            return false;
        }
        if (isFirst) {
            effects.save(new PeerListProtocol.Pinned(seed, key));
            effects.tell(new PeerListProtocol.KeyLearnt(seed, key));
        }
        return true;
    }

    /** Merges one certificate; true if it holds and was news. */
    boolean take(NodeId from, Certificate certificate, Effects effects) {
        if (!isNews(certificate)) {
            return false;
        }
        String problem = merge(certificate, effects);
        if (problem != null && electorate.canCheck(certificate)) {
            effects.tell(new Lifecycle.Refused("a certificate from " + from + ": " + problem));
        }
        return problem == null;
    }

    private boolean isNews(Certificate certificate) {
        Certificate known = list.find(certificate.statement().peer());
        return known == null || certificate.statement().isAfter(known.statement());
    }

    private @Nullable String merge(Certificate certificate, Effects effects) {
        String problem = electorate.problemWith(certificate, context.signatures());
        if (problem == null) {
            list.merge(certificate);
            effects.save(new PeerListProtocol.Certified(certificate));
        }
        return problem;
    }

    private static boolean joins(Edition known, PeerListProtocol.PeerList message) {
        return message.since() == 0
                || (known.epoch() == message.edition().epoch() && message.since() <= known.revision());
    }

    /**
     * Merges what a seed has sent.
     *
     * @return what was news; null if the sender is not that seed
     */
    @Nullable
    List<Certificate> take(NodeId from, PeerListProtocol.PeerList message, Effects effects) {
        if (!meet(from, message.seedKey(), effects)) {
            return null;
        }
        if (message.certificates().size() > CERTIFICATES_MAX) {
            effects.tell(
                    new Lifecycle.Refused("a list of " + message.certificates().size() + " certificates from " + from
                            + "; " + CERTIFICATES_MAX + " is the limit"));
            return null;
        }
        List<Certificate> news = new ArrayList<>();
        boolean isWhole = true;
        String problem = null;
        int bad = 0;
        for (Certificate certificate : message.certificates()) {
            if (isNews(certificate)) {
                String one = merge(certificate, effects);
                isWhole &= one == null;
                if (one == null) {
                    news.add(certificate);
                } else if (electorate.canCheck(certificate)) {
                    problem = problem == null ? one : problem;
                    bad++;
                }
            }
        }
        if (problem != null) {
            effects.tell(new Lifecycle.Refused("a certificate from " + from + ": " + problem
                    + (bad == 1 ? "" : " (and " + (bad - 1) + " more of the same list)")));
        }
        // What could not be checked is asked for again, once the keys are known; and an answer to an earlier life of
        // this node, or one that an impostor has made up, leaves a gap.
        if (isWhole && joins(edition(from), message)) {
            editions.put(from, message.edition());
        }
        return news;
    }
}
