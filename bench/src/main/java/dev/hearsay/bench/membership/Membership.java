package dev.hearsay.bench.membership;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Table;
import dev.hearsay.bench.report.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The section about who is a member: mistakes and delays in the simulator, and the price of signatures. */
public final class Membership {

    private static final String TITLE =
            "Membership: removals in the simulator, certificates with Ed25519, and live networks";

    private Membership() {}

    public static Findings run(BenchSettings settings) throws IOException, InterruptedException {
        List<Table> tables = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        Removals.measure(settings, failures).addTo(tables, rows, targets, notes);
        Certificates.measure(settings).addTo(tables, rows);
        Live.measure(settings, failures).addTo(tables, rows, targets);
        return new Findings("membership", TITLE, tables, rows, targets, notes, failures);
    }
}
