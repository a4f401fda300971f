package dev.hearsay.core;

import dev.hearsay.core.math.Ranges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions: what every member has is committed. Each member says which versions it has; who knows that of all members knows what is committed. */
public interface CommitProtocol extends Familial {

    @Override
    default Family family() {
        return Family.COMMIT;
    }

    /** What nodes say to each other. */
    sealed interface Messages extends Message, CommitProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, CommitProtocol {}

    /** What happened. */
    sealed interface Events extends Event, CommitProtocol {}

    /**
     * Who is known to have which versions, sent to neighbours when there is news, and to a partner whose {@link AntiEntropyProtocol.Summary} differs. The receiver adds it to what
     * it knows; nobody ever loses a version it has reported.
     *
     * @param membership stands for all members as the sender knows them; to a receiver that knows others, positions mean nothing
     * @param answer whether the receiver is to send what it knows beyond this; if it knows other members, by name
     */
    record VersionNews(long membership, List<Tally> tallies, boolean answer) implements Messages {
        public VersionNews {
            tallies = List.copyOf(tallies);
        }

        @Override
        public boolean isQuestion() {
            return answer;
        }
    }

    /**
     * The same by name, to a partner that knows other members.
     *
     * @param answer whether the receiver is to send what it knows beyond this
     */
    record Versions(List<Report> reports, boolean answer) implements Messages {
        public Versions {
            reports = List.copyOf(reports);
        }

        @Override
        public boolean isQuestion() {
            return answer;
        }
    }

    /**
     * Some members have these versions.
     *
     * @param positions theirs in the list of all members in ascending order, from 1
     */
    record Tally(Ranges versions, Ranges positions) {}

    /**
     * These members have these versions.
     *
     * @param attestation the signature of the member, which is then one; null where members have no keys. In a network with seeds a report without one counts for nothing
     */
    record Report(
            Ranges versions, List<NodeId> members, @Nullable Attestation attestation) {
        // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
        public Report(Ranges versions, List<NodeId> members, @Nullable Attestation attestation) {
            this.versions = versions;
            this.members = List.copyOf(members);
            this.attestation = attestation;
        }
    }

    /**
     * A member's signature of {@link Statement#versions}.
     *
     * @param incarnation the life of the member in which it has signed
     */
    record Attestation(long incarnation, Signature signature) {}

    /** Tell the neighbours which versions who has, as far as that is news. */
    record ReportRound(long generation) implements Timers {}

    /**
     * The node knows that every member has these versions.
     *
     * @param members how many they are, this node included
     */
    record Committed(Ranges versions, int members) implements Events {}
}
