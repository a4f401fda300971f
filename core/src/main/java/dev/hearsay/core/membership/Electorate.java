package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.math.Quorum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configured seeds and their keys. A seed whose key the configuration does not give is pinned to the first one it is met with; from then
 * on any other is refused.
 */
public final class Electorate {

    private final Map<NodeId, @Nullable PublicKey> seeds;

    /**
     * An electorate of these seeds.
     *
     * @param seeds each with its key, or null where the configuration does not say; the order is that of the configuration
     */
    public Electorate(Map<NodeId, @Nullable PublicKey> seeds) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least 1 seed");
        }
        this.seeds = new LinkedHashMap<>(seeds);
    }

    public List<NodeId> seeds() {
        return new ArrayList<>(seeds.keySet());
    }

    public int size() {
        return seeds.size();
    }

    public int quorum() {
        return Quorum.size(seeds.size());
    }

    public boolean isSeed(NodeId node) {
        return seeds.containsKey(node);
    }

    public @Nullable PublicKey key(NodeId seed) {
        return seeds.get(seed);
    }

    /**
     * Takes a seed's key, if it is the first.
     *
     * @return true if the seed is known by this key now; false if it is none of ours, or another key is pinned
     */
    public boolean pin(NodeId seed, PublicKey key) {
        if (!seeds.containsKey(seed)) {
            return false;
        }
        PublicKey pinned = seeds.putIfAbsent(seed, key);
        return pinned == null || pinned.equals(key);
    }

    /**
     * Whether a certificate that was good once is so for these seeds, too: the configuration may have more of them now, or others. Signatures are
     * not checked again.
     */
    boolean isEnough(Certificate certificate) {
        Set<NodeId> signers = new LinkedHashSet<>();
        certificate.votes().forEach(vote -> signers.add(vote.seed()));
        return seeds.keySet().containsAll(signers) && signers.size() >= quorum();
    }

    /** Whether a seed has voted whose key is not known yet: that says nothing against the certificate, which will be shown again. */
    boolean canCheck(Certificate certificate) {
        return certificate.votes().stream().noneMatch(vote -> isSeed(vote.seed()) && key(vote.seed()) == null);
    }

    /**
     * What is wrong with a certificate.
     *
     * @return a sentence, or null if a quorum of different seeds has signed its statement
     */
    public @Nullable String problemWith(Certificate certificate, Signatures signatures) {
        if (certificate.votes().size() > size()) {
            return "it has " + certificate.votes().size() + " votes, and there are " + size() + " seeds";
        }
        byte[] ballot = certificate.statement().ballot();
        Set<NodeId> signers = new LinkedHashSet<>();
        for (Certificate.Vote vote : certificate.votes()) {
            PublicKey key = seeds.get(vote.seed());
            if (key == null) {
                return vote.seed() + (isSeed(vote.seed()) ? " is a seed whose key is not known yet" : " is not a seed");
            }
            if (!signatures.isValid(key, ballot, vote.signature())) {
                return "the signature of " + vote.seed() + " is not valid";
            }
            signers.add(vote.seed());
        }
        return signers.size() >= quorum()
                ? null
                : "only " + signers.size() + " of " + size() + " seeds have signed, and " + quorum() + " must";
    }
}
