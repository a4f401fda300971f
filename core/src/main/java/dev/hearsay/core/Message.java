package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything one node can say to another. This file is the protocol's manual: each message says who sends it, when, and
 * what the receiver makes of it. No message needs an answer for safety; any may be lost, repeated or overtaken.
 */
public sealed interface Message {

    // --- Eager spreading: fast, and may lose -------------------------------------------------------------------------

    /**
     * A rumor, passed on by a node that has just heard it (or published it) to those neighbours that the spreading rule
     * picks. New: the receiver keeps it and passes it on by its own rule. Known: dropped, though a shorter path is noted.
     */
    record Gossip(RelayedRumor carried) implements Message {
        public Gossip {
            Objects.requireNonNull(carried, "carried");
        }
    }

    // --- Anti-entropy: slow, and loses nothing (Demers et al. 1987, section 1.3) -------------------------------------

    /**
     * Opens a comparison, with one partner a round: hashes of all that the sender has. The receiver is silent where its own is
     * equal, which is the normal case, and otherwise answers with its {@link Digest}, its {@link Versions} or its {@link StateBuckets}.
     *
     * @param rumors of all numbers seen
     * @param versions of who is known to have which versions; 0 if there are none
     * @param state of all entries; 0 if there are none
     * @param challenge what a {@link Digest} in answer is to carry, drawn at random; 0 if the sender needs no proof that it is one
     */
    record Summary(long rumors, long versions, long state, long challenge) implements Message {
        /** Without a challenge. */
        public Summary(long rumors, long versions, long state) {
            this(rumors, versions, state, 0);
        }
    }

    /**
     * Which rumors the sender has seen, per origin. The receiver answers with a {@link Repair} of what the sender lacks and a
     * {@link Pull} of what it lacks itself.
     *
     * <p>Who has seen more origins than fit into a message puts them into {@value #BUCKETS} buckets by a hash, and sends a hash of each instead. The
     * receiver answers with its own holdings in those that differ, or as many of them as fit.
     *
     * @param buckets which buckets the holdings are from, one bit each
     * @param hashes of what the sender has seen in each bucket; empty where it shows holdings
     * @param challenge with holdings, what the receiver has asked with, see {@link Summary}; with hashes, what an answer is to carry
     */
    record Digest(List<Holding> holdings, long buckets, List<Long> hashes, long challenge) implements Message {
        public static final int BUCKETS = Long.SIZE;

        /** All buckets. */
        public static final long ALL = -1;

        public Digest {
            holdings = List.copyOf(holdings);
            hashes = List.copyOf(hashes);
        }

        /** All that the sender has seen. */
        public Digest(List<Holding> holdings) {
            this(holdings, ALL, List.of(), 0);
        }
    }

    /** Asks for rumors by origin and number; answered with a {@link Repair}. */
    record Pull(List<Want> wants) implements Message {
        public Pull {
            wants = List.copyOf(wants);
        }
    }

    /**
     * Rumors that the receiver lacks. It keeps them and spreads the new ones eagerly, for whatever cut it off has cut off its
     * neighbours too.
     *
     * @param more whether this is only the first part; the receiver then opens the next comparison at once
     */
    record Repair(List<RelayedRumor> rumors, boolean more) implements Message {
        public Repair {
            rumors = List.copyOf(rumors);
        }
    }

    /**
     * What a node has seen of one origin.
     *
     * @param floor it can still hand out what it has seen from this number on; everything below is forgotten
     * @param seen the numbers it has seen itself, forgotten ones included
     * @param gone others, that it has never seen and, by the word of others, never will
     */
    record Holding(Origin origin, long floor, Ranges seen, Ranges gone) {
        public Holding {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(seen, "seen");
            Objects.requireNonNull(gone, "gone");
        }

        /** Without hearsay. */
        public Holding(Origin origin, long floor, Ranges seen) {
            this(origin, floor, seen, new Ranges());
        }
    }

    /** Rumors of one origin that a node would like to have. */
    record Want(Origin origin, Ranges numbers) {
        public Want {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(numbers, "numbers");
        }
    }

    // --- Versions: what every member has is committed ----------------------------------------------------------------

    /**
     * Who is known to have which versions, sent to neighbours when there is news, and to a partner whose {@link Summary} differs. The receiver adds it to what
     * it knows; nobody ever loses a version it has reported.
     *
     * @param membership stands for all members as the sender knows them; to a receiver that knows others, positions mean nothing
     * @param answer whether the receiver is to send what it knows beyond this; if it knows other members, by name
     */
    record VersionNews(long membership, List<Tally> tallies, boolean answer) implements Message {
        public VersionNews {
            tallies = List.copyOf(tallies);
        }
    }

    /**
     * Some members have these versions.
     *
     * @param positions theirs in the list of all members in ascending order, from 1
     */
    record Tally(Ranges versions, Ranges positions) {
        public Tally {
            Objects.requireNonNull(versions, "versions");
            Objects.requireNonNull(positions, "positions");
        }
    }

    /**
     * The same by name, to a partner that knows other members.
     *
     * @param answer whether the receiver is to send what it knows beyond this
     */
    record Versions(List<Report> reports, boolean answer) implements Message {
        public Versions {
            reports = List.copyOf(reports);
        }
    }

    /**
     * These members have these versions.
     *
     * @param attestation the signature of the member, which is then one; null where members have no keys. In a network with seeds a report without one counts for nothing
     */
    record Report(
            Ranges versions, List<NodeId> members, @Nullable Attestation attestation) {
        // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
        public Report(Ranges versions, List<NodeId> members, @Nullable Attestation attestation) {
            this.versions = Objects.requireNonNull(versions, "versions");
            this.members = List.copyOf(members);
            this.attestation = attestation;
        }
    }

    /**
     * A member's signature of {@link Statement#versions}.
     *
     * @param incarnation the life of the member in which it has signed
     */
    record Attestation(long incarnation, Signature signature) {
        public Attestation {
            Objects.requireNonNull(signature, "signature");
        }
    }

    // --- Key/value state: the last writer wins -----------------------------------------------------------------------

    /** A hash per bucket of keys. Opens a comparison of state in detail; answered with a {@link StateDigest} of the buckets that differ. */
    record StateBuckets(List<Long> hashes) implements Message {
        public StateBuckets {
            hashes = List.copyOf(hashes);
        }
    }

    /**
     * What the sender has in these buckets, by stamp, as much as fits: the next comparison goes on from there. Answered with the {@link Entries} that the sender
     * lacks or has older, and the keys of those that the receiver does.
     *
     * @param buckets one bit each
     * @param after it is about the keys after this one; empty if from the first
     * @param upTo and up to this one; empty if to the last
     */
    record StateDigest(long buckets, String after, String upTo, List<Stamped> entries) implements Message {
        public StateDigest {
            Objects.requireNonNull(after, "after");
            Objects.requireNonNull(upTo, "upTo");
            entries = List.copyOf(entries);
        }
    }

    /** A key and when it was written last. */
    record Stamped(String key, Stamp stamp) {
        public Stamped {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(stamp, "stamp");
        }
    }

    /**
     * Entries of the state: one that was just written, or what a comparison has shown. The receiver keeps those that are later than its own, and passes
     * these on.
     *
     * @param wants keys whose entries the sender would like to have
     * @param more whether there are more that the receiver lacks; it then opens the next comparison at once
     */
    record Entries(List<Entry> entries, List<String> wants, boolean more) implements Message {
        public Entries {
            entries = List.copyOf(entries);
            wants = List.copyOf(wants);
        }
    }

    // --- The overlay: links are mutual -------------------------------------------------------------------------------

    /**
     * You are my neighbour, and these are all of mine. Sent when a node starts, when it links to somebody new, and to all
     * neighbours when its set changes: when a node dies, its neighbours must know each other to close the gap. Where others are drawn for lost
     * neighbours, nobody needs to know them, and the receiver stands alone in the list.
     *
     * <p>A receiver that is not among these learns that it is no neighbour, or no longer; it is told so, too, when it pings as one, and now and then where the sender does not need the link. It drops it; if it
     * needs the link, it asks for it again. Only who is asked makes a new link, and who has too many declines by such an answer.
     *
     * @param answer whether the sender asks for this link, and for the receiver's neighbours in return
     * @param everybody whether the sender is linked to all members; the list is empty then
     */
    record Link(List<NodeId> neighbours, boolean answer, boolean everybody) implements Message {
        public Link {
            neighbours = List.copyOf(neighbours);
        }

        public Link(List<NodeId> neighbours, boolean answer) {
            this(neighbours, answer, false);
        }

        /** Whether the sender counts this node as its neighbour. */
        public boolean counts(NodeId node) {
            return everybody || neighbours.contains(node);
        }
    }

    /** I am going. The receiver drops the link without suspecting anybody, and closes the gap. */
    record Leave() implements Message {}

    // --- Who died ----------------------------------------------------------------------------------------------------

    /**
     * Are you there? Sent to a neighbour that has said nothing for an interval, or has not shown for some that it is itself who speaks, and by a seed to a
     * peer it is to vote on. Answered with a {@link Pong}. The number is one that nobody else can guess.
     */
    record Ping(long number) implements Message {}

    /**
     * I am. The number is that of the ping.
     *
     * @param life in a network with seeds, the sender's signature of {@link Statement#proofOfLife} for that number; null elsewhere
     */
    record Pong(long number, @Nullable Signature life) implements Message {
        /** The answer of a node that has no key. */
        public Pong(long number) {
            this(number, null);
        }
    }

    /**
     * Is this neighbour of yours silent for you too? Sent by a peer that suspects it to all whom it is linked to; they know each other from
     * its {@link Declaration}. Each answers when it knows.
     *
     * @param registration the life of the accused that is in question
     */
    record SuspectQuery(Statement registration) implements Message {
        public SuspectQuery {
            Objects.requireNonNull(registration, "registration");
        }
    }

    /**
     * A witness's word on the accused. With a confirmation (its signature of {@link Statement#confirmation()} of the removal) it says that the
     * accused has answered none of its own pings either; without one, that it has heard from it.
     */
    record SuspectReply(Statement registration, @Nullable Signature confirmation) implements Message {
        public SuspectReply {
            Objects.requireNonNull(registration, "registration");
        }
    }

    // --- Membership: peers and seeds ---------------------------------------------------------------------------------

    /**
     * Please take me in. Sent by a peer to seeds; they examine it (by a {@link Ping} to the address it claims), vote among each other, and
     * answer with {@link RegisterAck} or {@link RegisterNack}.
     *
     * @param proof signature of {@link Statement#request()} with the key in the statement
     * @param secret what the network's operator gave to those who may join; empty if nothing
     */
    record RegisterRequest(Statement statement, Signature proof, String secret) implements Message {
        public RegisterRequest {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(proof, "proof");
            Objects.requireNonNull(secret, "secret");
        }
    }

    /** A seed that was asked to register a peer asks the other seeds to vote; each examines the peer itself, then casts its {@link Vote}. */
    record ProposeRegister(RegisterRequest request) implements Message {
        public ProposeRegister {
            Objects.requireNonNull(request, "request");
        }
    }

    /**
     * A seed's vote, to the seed that proposed.
     *
     * @param yes its signature of {@link Statement#ballot()}; null for no
     * @param reason why not; empty with a yes
     */
    record Vote(Statement statement, @Nullable Signature yes, String reason) implements Message {
        public Vote {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * You are in: the certificate that shows it to anybody.
     *
     * @param seedKey the key of the seed that says so, for peers whose configuration does not give it
     */
    record RegisterAck(PublicKey seedKey, Certificate certificate) implements Message {
        public RegisterAck {
            Objects.requireNonNull(seedKey, "seedKey");
            Objects.requireNonNull(certificate, "certificate");
        }
    }

    /**
     * You are not in, and why.
     *
     * @param incarnation the highest that this seed knows of the peer; a request with a higher one has a chance
     */
    record RegisterNack(PublicKey seedKey, Statement statement, String reason, long incarnation) implements Message {
        public RegisterNack {
            Objects.requireNonNull(seedKey, "seedKey");
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * What has changed in your Peer List? Sent by a peer to a seed now and then; answered with a {@link PeerList}.
     *
     * @param edition where the sender stands with this seed's list
     */
    record PeerListRequest(Edition edition) implements Message {
        public PeerListRequest {
            Objects.requireNonNull(edition, "edition");
        }
    }

    /** The same between seeds: every seed asks every other, so that all come to hold the same list. */
    record Sync(PublicKey seedKey, Edition edition) implements Message {
        public Sync {
            Objects.requireNonNull(seedKey, "seedKey");
            Objects.requireNonNull(edition, "edition");
        }
    }

    /**
     * What has changed in the sender's Peer List. The receiver checks every certificate, merges, and remembers the edition.
     *
     * @param since the revision after which these came; an answer that does not join what the receiver has tells it nothing about where it stands
     * @param edition where the receiver then stands
     * @param more whether there is more to ask for at once
     */
    record PeerList(PublicKey seedKey, long since, Edition edition, List<Certificate> certificates, boolean more)
            implements Message {
        public PeerList {
            Objects.requireNonNull(seedKey, "seedKey");
            Objects.requireNonNull(edition, "edition");
            certificates = List.copyOf(certificates);
        }
    }

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
     * These are my links, now. Sent by a peer to its neighbours and to the seeds whenever they change, so that when it falls silent everybody
     * knows who its witnesses are.
     */
    record Declare(Declaration declaration) implements Message {
        public Declare {
            Objects.requireNonNull(declaration, "declaration");
        }
    }

    /**
     * A majority of its neighbours confirms that this peer is silent. Sent to seeds by the peer that asked them. Each seed proposes the removal, or
     * finds that it is proposed.
     *
     * @param removal what is asked for
     * @param text {@code Dead Node:<IP>:<Port>:<timestamp>:<reporter IP>}, for people
     * @param declaration the accused's last word on who its neighbours are; null if it never said
     */
    record DeadNodeReport(
            Statement removal, String text, @Nullable Declaration declaration, List<Confirmation> confirmations)
            implements Message {
        public DeadNodeReport {
            Objects.requireNonNull(removal, "removal");
            Objects.requireNonNull(text, "text");
            confirmations = List.copyOf(confirmations);
        }
    }

    /** One witness's signature of {@link Statement#confirmation()}. */
    record Confirmation(NodeId witness, Signature signature) {
        public Confirmation {
            Objects.requireNonNull(witness, "witness");
            Objects.requireNonNull(signature, "signature");
        }
    }

    /** A seed that holds a report asks the other seeds to vote; each checks the confirmations and pings the accused itself. */
    record ProposeRemove(DeadNodeReport report) implements Message {
        public ProposeRemove {
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * This peer is out. Sent by the seed that has certified it first to all peers and to the removed one, which, if it lives, registers again one incarnation
     * higher; and by a peer to a seed that does not show it though it should.
     */
    record RemovalNotify(Certificate certificate) implements Message {
        public RemovalNotify {
            Objects.requireNonNull(certificate, "certificate");
        }
    }
}
