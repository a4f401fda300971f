package dev.hearsay.core.membership;

import dev.hearsay.core.Context;
import dev.hearsay.core.Declaration;
import dev.hearsay.core.Declarations;
import dev.hearsay.core.Effects;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.math.Quorum;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What speaks against a request or a report on the face of it, before anybody is examined: its signatures, its incarnation, its witnesses. */
final class RequestValidation {

    /**
     * Nobody lives so often. Without a limit, whoever once had an address could leave it at the highest incarnation there is, to nobody's use.
     */
    static final long INCARNATIONS_AHEAD_MAX = 1L << 32;

    /** What a reporter writes for people is passed on and logged. */
    private static final int TEXT_LENGTH_MAX = 512;

    private final Context context;
    private final Electorate electorate;
    private final Admission admission;
    private final PeerList list;
    private final Promises promises;
    private final LivenessChecks livenessChecks;
    private final Declarations declarations;

    RequestValidation(
            Context context,
            Electorate electorate,
            Admission admission,
            PeerList list,
            Promises promises,
            LivenessChecks livenessChecks,
            Declarations declarations) {
        this.context = context;
        this.electorate = electorate;
        this.admission = admission;
        this.list = list;
        this.promises = promises;
        this.livenessChecks = livenessChecks;
        this.declarations = declarations;
    }

    /** Why nobody should vote for this request; null if there is no reason. */
    @Nullable
    String to(RegistrationProtocol.RegisterRequest request) {
        Statement statement = request.statement();
        if (statement.change() != Change.REGISTER) {
            return "this is not a registration";
        }
        if (!admission.isSecret(request.secret())) {
            return "the join secret is missing or wrong";
        }
        if (!context.signatures().isValid(statement.key(), statement.request(), request.proof())) {
            return "the request is not signed with the key it names";
        }
        if (electorate.isSeed(statement.peer())) {
            return "this is the address of a seed";
        }
        long certified = list.incarnation(statement.peer());
        long promised = promises.incarnation(statement);
        if (statement.incarnation() <= certified) {
            return "incarnation " + statement.incarnation() + " is not above " + certified + ", which is certified";
        }
        if (statement.incarnation() <= promised) {
            return "incarnation " + statement.incarnation() + " is not above " + promised
                    + ", for which this seed has signed another request";
        }
        if (statement.incarnation() - Math.max(certified, promised) > INCARNATIONS_AHEAD_MAX) {
            return "incarnation " + statement.incarnation() + " is too far above " + Math.max(certified, promised)
                    + ", the latest";
        }
        return admission.crowd(statement.peer(), list);
    }

    /** Why this report is not enough; null if it is. Witnesses that have not confirmed are looked for meanwhile. */
    @Nullable
    String to(long nowNanos, RemovalProtocol.DeadNodeReport report, Effects effects) {
        Statement registration = list.registration(report.removal().peer());
        if (registration == null || !registration.removal().equals(report.removal())) {
            return "it is not about a registered life of that peer";
        }
        if (report.confirmations().size() > list.size()) {
            return "it has more confirmations than there ever were peers";
        }
        if (report.text().length() > TEXT_LENGTH_MAX) {
            return "its text is longer than " + TEXT_LENGTH_MAX + " characters";
        }
        Declaration told = report.declaration();
        if (told != null && told.registration().equals(registration)) {
            declarations.note(told);
        }
        Set<NodeId> witnesses = declarations.witnesses(registration);
        Set<NodeId> confirmed = new LinkedHashSet<>();
        byte[] content = report.removal().confirmation();
        for (RemovalProtocol.Confirmation confirmation : report.confirmations()) {
            if (confirmed.contains(confirmation.witness())) {
                continue;
            }
            Statement witness = list.registration(confirmation.witness());
            if (witness == null || confirmation.witness().equals(registration.peer())) {
                return confirmation.witness() + " is not a member that could confirm it";
            }
            if (!context.signatures().isValid(witness.key(), content, confirmation.signature())) {
                return "the confirmation of " + confirmation.witness() + " is forged";
            }
            if (witnesses.isEmpty() || witnesses.contains(confirmation.witness())) {
                confirmed.add(confirmation.witness());
            }
        }
        List<NodeId> present = new ArrayList<>();
        for (NodeId witness : witnesses) {
            if (confirmed.contains(witness) || !livenessChecks.isAbsent(nowNanos, witness)) {
                present.add(witness);
            }
        }
        int needed = witnesses.isEmpty() ? 1 : Quorum.size(Math.max(1, present.size()));
        if (confirmed.size() >= needed) {
            return null;
        }
        present.removeAll(confirmed);
        for (NodeId witness : present) {
            Statement life = list.registration(witness);
            if (life != null) {
                livenessChecks.callOut(nowNanos, life, effects);
            }
        }
        return "only " + confirmed.size() + " of its " + witnesses.size() + " neighbours confirm it, and " + needed
                + " must";
    }
}
