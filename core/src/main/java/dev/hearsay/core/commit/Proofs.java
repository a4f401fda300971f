package dev.hearsay.core.commit;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The reports of members that have keys. One counts only with the signature of the member that it is about, whoever passes it on; so nobody can say of a member
 * that is paused, or cut off, that it has what it lacks.
 *
 * <p>A node signs when it reports, and checks only what is news to it. One false signature ends the reading of a message: it costs who receives it one check.
 */
final class Proofs {

    /** About how large a message of reports may be; what does not fit comes with the next. */
    private static final long MESSAGE_BYTES_MAX = 256 << 10;

    private static final long REPORT_BYTES = 256;
    private static final long RANGE_BYTES = 16;

    private final NodeId self;
    private final Attestations attestations;

    /** The latest report of each member. */
    private final TreeMap<NodeId, Report> latest = new TreeMap<>();

    /** Whose reports have not been passed on. */
    private final TreeSet<NodeId> fresh = new TreeSet<>();

    /** Where the last message ended that had no room for all. */
    private @Nullable NodeId cursor;

    Proofs(NodeId self, Attestations attestations) {
        this.self = self;
        this.attestations = attestations;
    }

    /** Signs what this node has, in place of what it has signed before. */
    void attest(Ranges own) {
        Attestation attestation = own.isEmpty() ? null : attestations.sign(own);
        if (attestation == null) {
            latest.remove(self);
        } else {
            latest.put(self, new Report(own.copy(), List.of(self), attestation));
            fresh.add(self);
        }
    }

    /** Takes what is news and genuine of what another passes on; true if there was any. */
    boolean take(NodeId from, List<Report> reports, Tallies tallies, Effects effects) {
        boolean isNews = false;
        for (Report report : reports) {
            Attestation attestation = report.attestation();
            if (attestation == null || report.members().size() != 1) {
                continue;
            }
            NodeId member = report.members().getFirst();
            if (!isLater(report, attestation, tallies.of(member), latest.get(member))) {
                continue;
            }
            if (!attestations.isGenuine(member, report.versions(), attestation)) {
                effects.tell(new Lifecycle.Refused(
                        "a report from " + from + " on the versions of " + member + " has a false signature"));
                return isNews;
            }
            latest.put(member, report);
            fresh.add(member);
            tallies.set(member, report.versions());
            isNews = true;
        }
        return isNews;
    }

    private boolean isLater(Report report, Attestation attestation, @Nullable Ranges has, @Nullable Report known) {
        NodeId member = report.members().getFirst();
        if (has == null
                || member.equals(self)
                || report.versions().size() > Tallies.RANGES_MAX
                || attestation.incarnation() != attestations.incarnation(member)) {
            return false;
        }
        Attestation before = known == null ? null : known.attestation();
        return before == null
                || attestation.incarnation() > before.incarnation()
                || report.versions().count() > has.count();
    }

    /** Takes note of who is a member now: what others have said is forgotten with them. */
    void retain(Tallies tallies) {
        latest.keySet().removeIf(member -> !member.equals(self) && tallies.of(member) == null);
    }

    /** What is to be passed on, as much as fits into a message; null if there is nothing. */
    CommitProtocol.@Nullable Versions fresh() {
        fresh.retainAll(latest.keySet());
        if (fresh.isEmpty()) {
            return null;
        }
        CommitProtocol.Versions message = message(new ArrayList<>(fresh), false);
        message.reports().forEach(report -> fresh.remove(report.members().getFirst()));
        return message;
    }

    boolean isAnyFresh() {
        return !fresh.isEmpty();
    }

    /** Answers what a partner has said of members by their positions. */
    void answer(NodeId partner, List<NodeId> beyond, Effects effects) {
        send(partner, beyond, false, effects);
    }

    /** Answers what a partner has said by name. */
    void answer(NodeId partner, List<Report> theirs, boolean isAnswerWanted, Effects effects) {
        Map<NodeId, Ranges> known = new HashMap<>();
        for (Report report : theirs) {
            if (report.members().size() == 1) {
                known.put(report.members().getFirst(), report.versions());
            }
        }
        List<NodeId> beyond = new ArrayList<>();
        latest.forEach((member, report) -> {
            Ranges other = known.get(member);
            if (other == null || !other.containsAll(report.versions())) {
                beyond.add(member);
            }
        });
        send(partner, beyond, isAnswerWanted, effects);
    }

    private void send(NodeId partner, List<NodeId> members, boolean isAnswerWanted, Effects effects) {
        CommitProtocol.Versions message = message(members, isAnswerWanted);
        if (!message.reports().isEmpty() || isAnswerWanted) {
            effects.send(partner, message);
        }
    }

    /** The reports of these as far as there is room, beginning after where the last one ended. */
    private CommitProtocol.Versions message(List<NodeId> members, boolean isAnswerWanted) {
        List<Report> reports = new ArrayList<>();
        long bytes = 0;
        int start = 0;
        while (cursor != null && start < members.size() && members.get(start).compareTo(cursor) <= 0) {
            start++;
        }
        cursor = null;
        for (int i = 0; i < members.size(); i++) {
            NodeId member = members.get((start + i) % members.size());
            Report report = latest.get(member);
            if (report != null && bytes < MESSAGE_BYTES_MAX) {
                reports.add(report);
                bytes += REPORT_BYTES + RANGE_BYTES * report.versions().size();
            } else if (report != null) {
                cursor = reports.getLast().members().getFirst();
                break;
            }
        }
        return new CommitProtocol.Versions(reports, isAnswerWanted);
    }
}
