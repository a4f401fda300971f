package dev.hearsay.core.membership;

import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks to be registered while a seed has its hands full, first come, first served. Were all of a large network's peers examined at once, the
 * examinations would take longer than a vote may, and all would fail and be tried again together.
 */
final class AdmissionQueue {

    private static final int LENGTH_MAX = 10_000;

    private final Map<Statement, RegistrationProtocol.RegisterRequest> waiting = new LinkedHashMap<>();

    boolean contains(Statement statement) {
        return waiting.containsKey(statement);
    }

    /** Puts a request at the end, or leaves it where it is; false if the line is too long. */
    boolean add(RegistrationProtocol.RegisterRequest request) {
        if (waiting.size() >= LENGTH_MAX) {
            return false;
        }
        waiting.putIfAbsent(request.statement(), request);
        return true;
    }

    /** Takes the first; null if nobody waits. */
    RegistrationProtocol.@Nullable RegisterRequest poll() {
        Iterator<RegistrationProtocol.RegisterRequest> requests =
                waiting.values().iterator();
        if (!requests.hasNext()) {
            return null;
        }
        RegistrationProtocol.RegisterRequest first = requests.next();
        requests.remove();
        return first;
    }
}
