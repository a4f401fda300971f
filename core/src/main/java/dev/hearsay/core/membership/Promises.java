package dev.hearsay.core.membership;

import dev.hearsay.core.NodeId;
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

    /** Whether signing this breaks no promise. */
    boolean mayMake(Statement statement) {
        if (statement.change() == Change.REMOVE) {
            return true;
        }
        Statement made = latest.get(statement.peer());
        return made == null || made.equals(statement) || statement.incarnation() > made.incarnation();
    }

    /** Makes it; false if it was made before, and need not be saved again. */
    boolean make(Statement statement) {
        return statement.change() == Change.REMOVE || !statement.equals(latest.put(statement.peer(), statement));
    }

    /** The incarnation up to which this seed has promised the address to others than the one who asks; 0 if it has not. */
    long incarnation(Statement statement) {
        Statement made = latest.get(statement.peer());
        return made == null || made.equals(statement) ? 0 : made.incarnation();
    }
}
