package dev.hearsay.web.faults;

import dev.hearsay.live.fault.FaultApi;
import dev.hearsay.live.fault.FaultException;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for those who carry out faults, on threads of its own. */
final class FaultCalls {

    private static final Logger LOG = LoggerFactory.getLogger(FaultCalls.class);

    /** What waits. */
    interface Errand<T> {
        T run() throws FaultException;
    }

    private final Loop loop;

    FaultCalls(Loop loop) {
        this.loop = loop;
    }

    /** Runs the errand, and goes on on the loop with what has come of it. */
    <T> void send(Errand<T> errand, Consumer<T> then, Consumer<Problem> otherwise) {
        Thread.ofVirtual().start(() -> {
            try {
                T result = errand.run();
                loop.execute(() -> then.accept(result));
            } catch (FaultException e) {
                loop.execute(() -> otherwise.accept(problem(e)));
            } catch (RuntimeException e) {
                LOG.error("An order about faults failed", e);
                loop.execute(() -> otherwise.accept(
                        new Problem(500, "Internal error", "The dashboard failed.", "Its log says more.")));
            }
        });
    }

    /** Why it could not be done, as whoever asked for it sees it. */
    static Problem problem(FaultException e) {
        Problem problem = FaultApi.problem(e);
        String detail = problem.detail();
        return new Problem(
                problem.status(),
                problem.title(),
                detail.substring(0, 1).toUpperCase(Locale.ROOT) + detail.substring(1),
                problem.hint());
    }
}
