package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.http.HttpCall;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.math.Quorum;
import dev.hearsay.live.api.MembersAnswer;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.wire.WireException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Peer Lists of all seeds of a network, as they are now. */
public final class PeerLists {

    private static final int READ_MILLIS = 3_000;

    /**
     * What a seed has on record of a peer.
     *
     * @param isMember false if it was removed
     * @param signedBy the seeds that certified it
     */
    public record Entry(NodeId peer, boolean isMember, long incarnation, List<NodeId> signedBy) {

        /** Whether this is the later record: a higher incarnation, or at the same one the removal. */
        public boolean isAfter(Entry other) {
            return incarnation != other.incarnation ? incarnation > other.incarnation : !isMember && other.isMember;
        }

        /** Such as {@code member 1}. */
        public String brief() {
            return (isMember ? "member " : "removed ") + incarnation;
        }
    }

    /**
     * What one seed answered.
     *
     * @param entries by peer; null if it is silent
     */
    record Answer(NodeId seed, @Nullable Map<NodeId, Entry> entries) {

        boolean isSilent() {
            return entries == null;
        }

        /** How many members it knows. */
        int members() {
            return entries == null
                    ? 0
                    : (int) entries.values().stream().filter(Entry::isMember).count();
        }

        Optional<Entry> entry(NodeId peer) {
            return Optional.ofNullable(entries).map(known -> known.get(peer));
        }
    }

    private final List<Answer> answers;

    private PeerLists(List<Answer> answers) {
        this.answers = answers;
    }

    /** Asks all seeds at once. */
    static PeerLists ask(SeedConfig config, NodeNames names) {
        Map<NodeId, Answer> bySeed = new ConcurrentHashMap<>();
        Contact.eachAtOnce(config.seeds().keySet(), seed -> bySeed.put(seed, ask(seed, names)));
        return new PeerLists(config.seeds().keySet().stream()
                .map(seed -> bySeed.getOrDefault(seed, new Answer(seed, null)))
                .toList());
    }

    private static Answer ask(NodeId seed, NodeNames names) {
        try {
            Contact contact = new Contact(names.of(seed), seed, true);
            return new Answer(seed, read(contact.call("/members").withReadMillis(READ_MILLIS)));
        } catch (Failure | WireException | IllegalArgumentException e) {
            // Whoever does not answer what a seed answers is as good as silent.
            return new Answer(seed, null);
        }
    }

    /**
     * The records that one node has, by peer.
     *
     * @param members what asks it for them
     * @throws Failure if it does not answer
     */
    public static Map<NodeId, Entry> read(HttpCall members) throws WireException {
        Map<NodeId, Entry> entries = new TreeMap<>();
        for (MembersAnswer.Member member : MembersAnswer.read(members.get()).members()) {
            if (member.incarnation() == 0) {
                throw new WireException("seeds do not decide who is a member");
            }
            entries.put(
                    member.peer(),
                    new Entry(member.peer(), !member.isRemoved(), member.incarnation(), member.signedBy()));
        }
        return entries;
    }

    /** One of each seed, in the order of the configuration. */
    List<Answer> answers() {
        return answers;
    }

    List<Answer> heard() {
        return answers.stream().filter(answer -> !answer.isSilent()).toList();
    }

    List<NodeId> silent() {
        return answers.stream().filter(Answer::isSilent).map(Answer::seed).toList();
    }

    /** Of all configured seeds. */
    int quorum() {
        return Quorum.size(answers.size());
    }

    boolean hasQuorum() {
        return heard().size() >= quorum();
    }

    /** The latest record of every peer that any seed knows. */
    Map<NodeId, Entry> latest() {
        Map<NodeId, Entry> latest = new TreeMap<>();
        for (Answer answer : answers) {
            if (answer.entries() != null) {
                answer.entries()
                        .values()
                        .forEach(entry -> latest.merge(entry.peer(), entry, (a, b) -> b.isAfter(a) ? b : a));
            }
        }
        return latest;
    }

    /** The peers of which the seeds that answer have different records. */
    List<NodeId> disputed() {
        return latest().values().stream()
                .filter(entry -> heard().stream()
                        .anyMatch(answer -> answer.entry(entry.peer())
                                .filter(own -> !entry.isAfter(own))
                                .isEmpty()))
                .map(Entry::peer)
                .toList();
    }

    /** How many of these are members, as the seed that knows most of them has it. */
    int registered(Collection<NodeId> peers) {
        return heard().stream()
                .mapToInt(answer -> (int) peers.stream()
                        .filter(peer ->
                                answer.entry(peer).filter(Entry::isMember).isPresent())
                        .count())
                .max()
                .orElse(0);
    }
}
