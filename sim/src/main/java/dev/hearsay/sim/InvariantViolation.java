package dev.hearsay.sim;

/** A node has broken an invariant that every run must keep, or the network has not converged though it had the chance. */
public final class InvariantViolation extends RuntimeException {

    private final transient SimulationSpec spec;

    InvariantViolation(SimulationSpec spec, long atNanos, String what, Throwable cause) {
        super(
                what + " (after " + Durations.text(atNanos / 1000 * 1000) + ", random seed " + spec.randomSeed()
                        + ")\nreplay: " + spec.command(),
                cause);
        this.spec = spec;
    }

    /** The run that shows it. */
    public SimulationSpec spec() {
        return spec;
    }
}
