package dev.hearsay.bench.peers;

import dev.hearsay.bench.report.Numbers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the trials of one system of one size have found. */
final class Figures {

    private final Map<PeerMeasure, List<Double>> values = new EnumMap<>(PeerMeasure.class);

    void add(Map<PeerMeasure, Double> trial) {
        trial.forEach((measure, value) ->
                values.computeIfAbsent(measure, m -> new ArrayList<>()).add(value));
    }

    /** Of all trials that have found it out; NaN if none has. */
    double median(PeerMeasure measure) {
        return Numbers.median(values.getOrDefault(measure, List.of()));
    }

    /** The median as a cell of a table. */
    String cell(PeerMeasure measure) {
        return Numbers.of(median(measure));
    }

    /** For the results file: each measure with its median and all values. */
    Map<String, Object> toRow(String system, int nodes) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        row.put("nodes", nodes);
        values.forEach((measure, all) -> {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("median", Numbers.median(all));
            figures.put("all", all);
            row.put(measure.key(), figures);
        });
        return row;
    }
}
