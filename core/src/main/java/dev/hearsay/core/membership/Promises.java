package dev.hearsay.core.membership;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a seed has signed: at most one registration for one address and incarnation. Removals need no promise, for they can only be about what is
 * registered.
 */
final class Promises {

    private final Map<NodeId, Statement> latest = new LinkedHashMap<>();

    /** What was signed, for those who ask again: every other seed does. */
    private final Map<NodeId, Signature> signatures = new LinkedHashMap<>();

    /** Whether signing this breaks no promise. */
    boolean mayMake(Statement statement) {
        if (statement.change() == Change.REMOVE) {
            return true;
        }
        Statement made = latest.get(statement.peer());
        return made == null || made.equals(statement) || statement.incarnation() > made.incarnation();
    }

    /** Whether this was signed before; then signing it again tells nobody anything new. */
    boolean hasMade(Statement statement) {
        return statement.equals(latest.get(statement.peer()));
    }

    /** Takes up one of an earlier life. */
    void remember(Statement statement) {
        // What could not be saved at first is saved after what came later.
        if (statement.change() == Change.REGISTER && mayMake(statement)) {
            latest.put(statement.peer(), statement);
            signatures.remove(statement.peer());
        }
    }

    /** Makes it; false if it was made before, and need not be saved again. */
    boolean make(Statement statement) {
        if (statement.change() == Change.REMOVE || statement.equals(latest.put(statement.peer(), statement))) {
            return statement.change() == Change.REMOVE;
        }
        signatures.remove(statement.peer());
        return true;
    }

    /** This seed's signature of a statement that it has promised, or of a removal. */
    Signature sign(Statement statement, Signatures keys) {
        if (statement.change() == Change.REMOVE) {
            return keys.sign(statement.ballot());
        }
        return signatures.computeIfAbsent(statement.peer(), peer -> keys.sign(statement.ballot()));
    }

    /** The incarnation up to which this seed has promised the address to others than the one who asks; 0 if it has not. */
    long incarnation(Statement statement) {
        Statement made = latest.get(statement.peer());
        return made == null || made.equals(statement) ? 0 : made.incarnation();
    }
}
