package dev.hearsay.sim;

import dev.hearsay.core.Declaration;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.VotingProtocol;
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

    /**
     * What one report showed when it came.
     *
     * @param witnesses those whom the accused had named, and who were members; whoever confirms it where it had named none
     */
    private record Shown(Set<NodeId> confirmed, Set<NodeId> witnesses) {}

    private final Signatures checker;
    private final Registrations registrations;
    private final Map<NodeId, Declaration> declarations = new HashMap<>();
    private final Map<Statement, List<Shown>> reports = new HashMap<>();

    /**
     * Nothing yet.
     *
     * @param registrations the members as this seed knows them at the time
     */
    Evidence(Signatures checker, Registrations registrations) {
        this.checker = checker;
        this.registrations = registrations;
    }

    void shown(Message message) {
        if (message instanceof DeclarationProtocol.Declare(Declaration declaration)) {
            declared(declaration);
        } else if (message instanceof RemovalProtocol.DeadNodeReport report) {
            reported(report);
        } else if (message instanceof VotingProtocol.ProposeRemove(RemovalProtocol.DeadNodeReport report)) {
            reported(report);
        }
    }

    private void declared(Declaration declaration) {
        NodeId peer = declaration.registration().peer();
        if (declaration.registration().equals(registrations.of(peer)) && declaration.isGenuine(checker)) {
            declarations.merge(peer, declaration, (one, other) -> other.isAfter(one) ? other : one);
        }
    }

    private void reported(RemovalProtocol.DeadNodeReport report) {
        if (report.declaration() != null) {
            declared(report.declaration());
        }
        Statement removal = report.removal();
        Set<NodeId> confirmed = new HashSet<>();
        for (RemovalProtocol.Confirmation one : report.confirmations()) {
            Statement witness = registrations.of(one.witness());
            if (witness != null && checker.isValid(witness.key(), removal.confirmation(), one.signature())) {
                confirmed.add(one.witness());
            }
        }
        Declaration declaration = declarations.get(removal.peer());
        Set<NodeId> witnesses = new HashSet<>();
        if (declaration != null && declaration.registration().removal().equals(removal)) {
            for (NodeId neighbour : declaration.neighbours()) {
                if (!neighbour.equals(removal.peer()) && registrations.of(neighbour) != null) {
                    witnesses.add(neighbour);
                }
            }
        }
        if (!witnesses.isEmpty()) {
            confirmed.retainAll(witnesses);
        }
        reports.computeIfAbsent(removal, r -> new ArrayList<>()).add(new Shown(confirmed, witnesses));
    }

    /**
     * What is wrong with a vote for this removal; null if nothing is.
     *
     * @param isPresent whether somebody was in reach all the time, and so must be counted
     */
    @Nullable
    String findFault(Statement removal, Predicate<NodeId> isPresent) {
        String fault = "without any report";
        for (Shown shown : reports.getOrDefault(removal, List.of())) {
            Set<NodeId> present = new HashSet<>(shown.witnesses);
            present.removeIf(witness -> !isPresent.test(witness));
            present.addAll(shown.confirmed);
            if (2 * shown.confirmed.size() > present.size()) {
                return null;
            }
            fault = "with the word of " + shown.confirmed.size() + " of " + present.size() + " neighbours";
        }
        return fault;
    }

    /** How a seed knows members. */
    interface Registrations {
        /** The registration of a member; null of who is none. */
        @Nullable
        Statement of(NodeId member);
    }
}
