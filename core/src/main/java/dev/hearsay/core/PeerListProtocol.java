package dev.hearsay.core;

import java.util.List;

/** How all come to hold the same Peer List: peers ask seeds, and seeds each other, for what has changed. Whoever is told checks the certificates. */
public interface PeerListProtocol extends Familial {

    @Override
    default Family family() {
        return Family.PEER_LISTS;
    }

    /** What is said to seeds. */
    sealed interface Requests extends Message {
        @Override
        default Family family() {
            return Family.PEER_LIST_REQUESTS;
        }
    }

    /** What seeds say to peers and to each other. */
    sealed interface Answers extends Message, PeerListProtocol {}

    /** What comes due for a peer. */
    sealed interface Timers extends Timer {
        @Override
        default Family family() {
            return Family.REGISTRATION;
        }
    }

    /** What comes due for a seed. */
    sealed interface SeedTimers extends Timer {
        @Override
        default Family family() {
            return Family.PEER_LIST_REQUESTS;
        }
    }

    /** What happened. */
    sealed interface Events extends Event, PeerListProtocol {}

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, PeerListProtocol {}

    /**
     * What has changed in your Peer List? Sent by a peer to a seed now and then; answered with a {@link PeerList}.
     *
     * @param edition where the sender stands with this seed's list
     */
    record PeerListRequest(Edition edition) implements Requests {}

    /** The same between seeds: every seed asks every other, so that all come to hold the same list. */
    record Sync(PublicKey seedKey, Edition edition) implements Requests {}

    /**
     * A state of one seed's list.
     *
     * @param epoch drawn anew whenever the seed starts; another epoch makes the revision meaningless
     * @param revision how many changes the list has seen in this epoch
     */
    record Edition(long epoch, long revision) {
        /** Where one stands who has never asked. */
        public static final Edition NONE = new Edition(0, 0);
    }

    /**
     * What has changed in the sender's Peer List. The receiver checks every certificate, merges, and remembers the edition.
     *
     * @param since the revision after which these came; an answer that does not join what the receiver has tells it nothing about where it stands
     * @param edition where the receiver then stands
     * @param more whether there is more to ask for at once
     */
    record PeerList(PublicKey seedKey, long since, Edition edition, List<Certificate> certificates, boolean more)
            implements Answers {
        public PeerList {
            certificates = List.copyOf(certificates);
        }
    }

    /** Ask a seed what has changed in its Peer List. */
    record Refresh(long generation) implements Timers {}

    /** Ask the other seeds what has changed, and see how many there are to ask. */
    record SyncRound(long generation) implements SeedTimers {}

    /** A seed has answered with what has changed in its Peer List. */
    record PeerListReceived(NodeId seed, int changes, int members) implements Events {}

    /** A seed's Peer List has changed, by its own vote or by what another seed could prove. */
    record ListChanged(Statement statement, List<NodeId> members) implements Events {
        public ListChanged {
            members = List.copyOf(members);
        }
    }

    /** The configuration does not say a seed's key; the first that it showed was believed, and holds from now on. */
    record KeyLearnt(NodeId seed, PublicKey key) implements Events {}

    /** Too few seeds can be reached for any change: joins and removals wait, messages still spread. */
    record SeedsWithoutQuorum(int reachable, int seeds) implements Events {}

    /** Enough seeds can be reached again. */
    record SeedsWithQuorum(int reachable, int seeds) implements Events {}

    /** A change of membership, with its proof. Binding: who was told of it may rely on it. */
    record Certified(Certificate certificate) implements Facts {}

    /** The key at which a seed was met first. Binding: from now on any other is an impostor's. */
    record Pinned(NodeId seed, PublicKey key) implements Facts {}
}
