package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The removals that a peer knows of, and a seed has not shown it yet. The only seed that has certified a removal may die before any other hears of it; then those
 * members that it has told are all who know, and hand it on. Registrations are not kept here: whoever is registered sees to that itself.
 */
final class UnacknowledgedRemovals {

    /** So many for each seed; of a seed that is dead for long, the oldest are forgotten. */
    private static final int REMOVALS_MAX = 1_000;

    private static final class Removal {
        final Certificate certificate;
        boolean isOverdue;

        Removal(Certificate certificate) {
            this.certificate = certificate;
        }
    }

    private final Map<NodeId, Map<NodeId, Removal>> bySeed = new LinkedHashMap<>();

    UnacknowledgedRemovals(List<NodeId> seeds) {
        seeds.forEach(seed -> bySeed.put(seed, new LinkedHashMap<>()));
    }

    /** This peer has heard of a removal. */
    void learnt(NodeId from, Certificate certificate) {
        if (certificate.statement().change() == Change.REMOVE) {
            bySeed.forEach((seed, removals) -> {
                if (!seed.equals(from)) {
                    if (removals.size() >= REMOVALS_MAX) {
                        removals.remove(removals.keySet().iterator().next());
                    }
                    removals.put(certificate.statement().peer(), new Removal(certificate));
                }
            });
        }
    }

    /** A seed has shown this, so it knows of nothing later. */
    void shown(NodeId seed, Certificate certificate) {
        Map<NodeId, Removal> removals = bySeed.get(seed);
        NodeId peer = certificate.statement().peer();
        Removal removal = removals == null ? null : removals.get(peer);
        if (removals != null
                && removal != null
                && !removal.certificate.statement().isAfter(certificate.statement())) {
            removals.remove(peer);
        }
    }

    /** A seed has answered what has changed: what it should have shown by then, the second time. */
    List<Certificate> overdue(NodeId seed) {
        List<Certificate> overdue = new ArrayList<>();
        Map<NodeId, Removal> removals = bySeed.getOrDefault(seed, Map.of());
        for (Removal removal : removals.values()) {
            if (removal.isOverdue) {
                overdue.add(removal.certificate);
            }
            removal.isOverdue = true;
        }
        overdue.forEach(certificate -> removals.remove(certificate.statement().peer()));
        return overdue;
    }
}
