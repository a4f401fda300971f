package dev.hearsay.sim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a study has shown.
 *
 * @param spec what was studied
 * @param overlayNote what there is to say about the overlays; empty if nothing
 * @param repairedRuns in how many runs links were added to the overlay to connect it
 * @param measures what the runs have shown of each; in the order of {@link Measure}
 */
public record SimulationReport(
        SimulationSpec spec, String overlayNote, int repairedRuns, Map<Measure, Estimate> measures) {

    public SimulationReport {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }

    /** Over all runs of a study, in any order. */
    public static SimulationReport of(
            SimulationSpec spec, String overlayNote, int repairedRuns, List<RunMeasures> runs) {
        Map<Measure, Estimate> measures = new LinkedHashMap<>();
        for (Measure measure : Measure.values()) {
            if (!measure.isOf(spec)
                    && runs.stream().noneMatch(run -> run.values().containsKey(measure))) {
                continue;
            }
            double[] values =
                    runs.stream().mapToDouble(run -> run.value(measure)).toArray();
            measures.put(measure, Estimate.of(values, measure.kind(spec, values)));
        }
        return new SimulationReport(spec, overlayNote, repairedRuns, measures);
    }

    public Estimate measure(Measure measure) {
        Estimate estimate = measures.get(measure);
        if (estimate == null) {
            throw new IllegalArgumentException("the report has no " + measure.label());
        }
        return estimate;
    }
}
