package dev.hearsay.sim;

import dev.hearsay.core.Declaration;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one seed has been shown against peers, by the definition: more than half of the neighbours whom the accused itself has named, as far as they can be
 * reached, confirm with their signatures that it is silent.
 */
final class Evidence {

    private final Signatures checker;
    private final Map<NodeId, Declaration> declarations = new HashMap<>();
    private final Map<Statement, List<Set<Message.Confirmation>>> reports = new HashMap<>();

    Evidence(Signatures checker) {
        this.checker = checker;
    }

    void shown(Message message) {
        switch (message) {
            case Message.Declare(Declaration declaration) -> declared(declaration);
            case Message.DeadNodeReport report -> reported(report);
            case Message.ProposeRemove(Message.DeadNodeReport report) -> reported(report);
            default -> {}
        }
    }

    private void declared(Declaration declaration) {
        if (declaration.isGenuine(checker)) {
            declarations.merge(
                    declaration.registration().peer(), declaration, (one, other) -> other.isAfter(one) ? other : one);
        }
    }

    private void reported(Message.DeadNodeReport report) {
        if (report.jury() != null) {
            declared(report.jury());
        }
        reports.computeIfAbsent(report.removal(), r -> new ArrayList<>()).add(new HashSet<>(report.confirmations()));
    }

    /**
     * What is wrong with a vote for this removal; null if nothing is.
     *
     * @param registration of a member, as this seed knows it; null of who is none
     * @param isPresent whether somebody was in reach all the time, and so must be counted
     */
    @Nullable
    String findFault(Statement removal, Registrations registration, Predicate<NodeId> isPresent) {
        Declaration declaration = declarations.get(removal.peer());
        boolean isNamed =
                declaration != null && declaration.registration().removal().equals(removal);
        String fault = "without any report";
        for (Set<Message.Confirmation> confirmations : reports.getOrDefault(removal, List.of())) {
            Set<NodeId> confirmed = new HashSet<>();
            for (Message.Confirmation one : confirmations) {
                Statement juror = registration.of(one.juror());
                if (juror != null && checker.isValid(juror.key(), removal.confirmation(), one.signature())) {
                    confirmed.add(one.juror());
                }
            }
            Set<NodeId> jurors = new HashSet<>(confirmed);
            if (isNamed) {
                confirmed.retainAll(declaration.neighbours());
                jurors.retainAll(confirmed);
                for (NodeId neighbour : declaration.neighbours()) {
                    if (registration.of(neighbour) != null && isPresent.test(neighbour)) {
                        jurors.add(neighbour);
                    }
                }
            }
            boolean hasNoJury = isNamed
                    && declaration.neighbours().stream().allMatch(neighbour -> registration.of(neighbour) == null);
            if (2 * confirmed.size() > jurors.size() || hasNoJury) {
                return null;
            }
            fault = "with the word of " + confirmed.size() + " of " + jurors.size() + " neighbours";
        }
        return fault;
    }

    /** How a seed knows members. */
    interface Registrations {
        @Nullable
        Statement of(NodeId member);
    }
}
