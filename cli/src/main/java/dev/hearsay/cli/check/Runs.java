package dev.hearsay.cli.check;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The networks of one run of the command: a stage that needs one like that of the stage before goes on with it. */
final class Runs implements AutoCloseable {

    private final Workplace place;
    private final TestNetwork.Terms terms;
    private int started;
    private Stage.@Nullable Plan plan;
    private @Nullable TestNetwork network;

    Runs(Workplace place, TestNetwork.Terms terms) {
        this.place = place;
        this.terms = terms;
    }

    /** Whether such a network runs already. */
    boolean has(Stage.Plan wanted) {
        return network != null && wanted.equals(plan);
    }

    /** A network of that plan. */
    TestNetwork network(Stage.Plan wanted) throws IOException, InterruptedException {
        TestNetwork running = network;
        if (running != null && wanted.equals(plan)) {
            return running;
        }
        close();
        TestNetwork fresh = new TestNetwork(place, "network-" + ++started, wanted, terms);
        network = fresh;
        plan = wanted;
        return fresh;
    }

    @Override
    public void close() throws IOException {
        if (network != null) {
            network.close();
            network = null;
        }
    }
}
