package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The Peer List: the latest certified statement about every peer there ever was. Lists merge by maximum, per peer, so they may be
 * merged in any order, any number of times, and come to the same. Only verified certificates are put in.
 */
public final class PeerList {

    private record Latest(Certificate certificate, long revision) {}

    private final SortedMap<NodeId, Latest> records = new TreeMap<>();

    /** The same, only asked, never gone through: every message asks whether its sender is a member. */
    private final Map<NodeId, Latest> byPeer = new HashMap<>();

    /** Which peer each revision was about, as far as it is still its latest. */
    private final NavigableMap<Long, NodeId> revisions = new TreeMap<>();

    /** Who is in. */
    private final SortedSet<NodeId> in = new TreeSet<>();

    private List<NodeId> members = List.of();
    private long membersRevision;
    private long revision;

    /**
     * Takes a certificate in, if it is later than what is here.
     *
     * @return whether it was
     */
    public boolean merge(Certificate certificate) {
        NodeId peer = certificate.statement().peer();
        Latest known = byPeer.get(peer);
        if (known != null && !certificate.statement().isAfter(known.certificate.statement())) {
            return false;
        }
        if (known != null) {
            revisions.remove(known.revision);
        }
        Latest latest = new Latest(certificate, ++revision);
        records.put(peer, latest);
        byPeer.put(peer, latest);
        if (certificate.statement().change() == Change.REGISTER) {
            in.add(peer);
        } else {
            in.remove(peer);
        }
        revisions.put(revision, peer);
        assert revisions.size() == records.size() : "each peer has one latest revision";
        assert in.contains(peer) == (registration(peer) != null)
                : peer + " is in by its latest statement or not at all";
        return true;
    }

    /** How many changes this list has seen. */
    public long revision() {
        return revision;
    }

    /** The certificates that came after a revision, in the order in which they came, so many at most. */
    List<Certificate> since(long earlier, int most) {
        List<Certificate> later = new ArrayList<>();
        for (NodeId peer : revisions.tailMap(earlier, false).values()) {
            if (later.size() == most) {
                break;
            }
            later.add(Objects.requireNonNull(find(peer)));
        }
        return later;
    }

    /** The revision with which a certificate that {@link #since} has returned came. */
    long revisionOf(Certificate certificate) {
        return Objects.requireNonNull(byPeer.get(certificate.statement().peer())).revision;
    }

    /** The latest about a peer; null if nothing was ever certified about it. */
    public @Nullable Certificate find(NodeId peer) {
        Latest latest = byPeer.get(peer);
        return latest == null ? null : latest.certificate;
    }

    /** The certificate of a statement, if it is the latest about its peer. */
    @Nullable
    Certificate find(Statement statement) {
        Certificate latest = find(statement.peer());
        return latest != null && latest.statement().equals(statement) ? latest : null;
    }

    /** Who is in, and by which statement; null if the peer is not. */
    public @Nullable Statement registration(NodeId peer) {
        Certificate certificate = find(peer);
        return certificate != null && certificate.statement().change() == Change.REGISTER
                ? certificate.statement()
                : null;
    }

    /** The highest incarnation of a peer that was ever certified; 0 if none was. */
    public long incarnation(NodeId peer) {
        Certificate certificate = find(peer);
        return certificate == null ? 0 : certificate.statement().incarnation();
    }

    /** How many peers there is a record of, removed ones included. */
    int size() {
        return records.size();
    }

    /** Everybody who is in, sorted. */
    public List<NodeId> members() {
        if (membersRevision != revision) {
            members = List.copyOf(in);
            membersRevision = revision;
        }
        return members;
    }

    /** All records, removals included, sorted by peer. */
    public List<Certificate> records() {
        return records.values().stream().map(Latest::certificate).toList();
    }

    /** Equal for equal lists, whoever signed the certificates in them. */
    public long hash() {
        long hash = 0;
        for (Certificate certificate : records()) {
            Statement statement = certificate.statement();
            long one =
                    Random64.mix(statement.peer().hashCode() ^ statement.key().a());
            one = Random64.mix(
                    one ^ (2 * statement.incarnation() + statement.change().rank()));
            hash ^= one;
        }
        return hash;
    }
}
