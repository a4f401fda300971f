package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Peer List: the latest certified statement about every peer there ever was. Lists merge by maximum, per peer, so they may be
 * merged in any order, any number of times, and come to the same. Only verified certificates are put in.
 */
public final class PeerList {

    private final SortedMap<NodeId, Certificate> records = new TreeMap<>();

    /**
     * Takes a certificate in, if it is later than what is here.
     *
     * @return whether it was
     */
    public boolean merge(Certificate certificate) {
        Certificate known = records.get(certificate.statement().peer());
        if (known != null && !certificate.statement().isAfter(known.statement())) {
            return false;
        }
        records.put(certificate.statement().peer(), certificate);
        return true;
    }

    /** The latest about a peer; null if nothing was ever certified about it. */
    public @Nullable Certificate find(NodeId peer) {
        return records.get(peer);
    }

    /** Who is in, and by which statement; null if the peer is not. */
    public @Nullable Statement registration(NodeId peer) {
        Certificate certificate = records.get(peer);
        return certificate != null && certificate.statement().change() == Change.REGISTER
                ? certificate.statement()
                : null;
    }

    /** The highest incarnation of a peer that was ever certified; 0 if none was. */
    public long incarnation(NodeId peer) {
        Certificate certificate = records.get(peer);
        return certificate == null ? 0 : certificate.statement().incarnation();
    }

    /** Everybody who is in, sorted. */
    public List<NodeId> members() {
        List<NodeId> members = new ArrayList<>();
        for (Certificate certificate : records.values()) {
            if (certificate.statement().change() == Change.REGISTER) {
                members.add(certificate.statement().peer());
            }
        }
        return members;
    }

    /** All records, removals included, sorted by peer. */
    public Collection<Certificate> records() {
        return Collections.unmodifiableCollection(records.values());
    }

    /** Equal for equal lists, whoever signed the certificates in them. */
    public long hash() {
        long hash = 0;
        for (Certificate certificate : records.values()) {
            Statement statement = certificate.statement();
            long one =
                    Random64.mix(statement.peer().hashCode() ^ statement.key().a());
            one = Random64.mix(
                    one ^ (2 * statement.incarnation() + statement.change().ordinal()));
            hash ^= one;
        }
        return hash;
    }
}
