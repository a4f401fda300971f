package dev.hearsay.learn;

import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationSpec;
import dev.hearsay.sim.SimulationSpecBuilder;
import org.teavm.jso.JSExport;

/** What a page may call. The compiler to JavaScript begins here, and keeps what can be reached. */
public final class Engine {

    private static final int EVENTS = 1 << 16;

    private Engine() {}

    /** The module does nothing by itself. */
    public static void main(String[] arguments) {}

    /**
     * Runs a simulation to its end.
     *
     * @param options as of {@code gossip simulate}, {@code nodes=50 loss=10%}
     * @return its trace digest, in hexadecimal digits
     */
    @JSExport
    public static String digest(String options) {
        SimulationSpecBuilder builder = SimulationSpec.builder();
        for (String option : options.split(" ", -1)) {
            int equals = option.indexOf('=');
            builder.set(option.substring(0, equals), option.substring(equals + 1));
        }
        Simulation simulation = Simulation.of(builder.build());
        while (simulation.advance(EVENTS)) {}
        return Long.toHexString(simulation.digest());
    }
}
