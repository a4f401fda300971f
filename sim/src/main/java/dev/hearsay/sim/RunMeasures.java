package dev.hearsay.sim;

import dev.hearsay.core.math.Percentiles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run. Where a run has several rumors, each measure is the mean over them, and NaN if one of them never got so far.
 *
 * @param values by name, in the order of {@link Measure}
 * @param simulatedNanos how long it took in its own time
 */
public record RunMeasures(Map<Measure, Double> values, long simulatedNanos) {

    private static final double NANOS_PER_MILLI = 1e6;

    public RunMeasures {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    static RunMeasures of(
            SimulationSpec spec,
            Hosts hosts,
            DeliveryChecker deliveryChecker,
            CommitChecker commitChecker,
            StateChecker stateChecker,
            @Nullable MembershipChecker membershipChecker,
            long events,
            long nowNanos) {
        List<Tracked> rumors = deliveryChecker.measured();
        int up = hosts.up();
        Map<Measure, Double> values = new TreeMap<>();
        values.put(Measure.RESIDUE, mean(rumors, rumor -> residue(rumor, up)));
        values.put(Measure.TRAFFIC, mean(rumors, rumor -> (double) rumor.payloadMessages / spec.nodes()));
        values.put(Measure.REDUNDANCY, redundancy(rumors));
        List<long[]> delays = new ArrayList<>();
        List<long[]> hops = new ArrayList<>();
        for (Tracked rumor : rumors) {
            delays.add(rumor.delays());
            hops.add(rumor.sortedHops());
        }
        for (Measure measure : List.of(Measure.T50, Measure.T90, Measure.T99, Measure.T100)) {
            values.put(measure, rank(delays, up, measure.percent()) / NANOS_PER_MILLI);
        }
        for (Measure measure : List.of(Measure.HOPS50, Measure.HOPS90, Measure.HOPS99, Measure.HOPS)) {
            values.put(measure, rank(hops, up, measure.percent()));
        }
        values.put(Measure.COVERAGE, stateChecker.isEmpty() ? deliveryChecker.coverage() : stateChecker.coverage());
        values.put(Measure.CONTROL, (double) deliveryChecker.controlMessages() / spec.nodes());
        if (Measure.COMMIT.isOf(spec)) {
            values.put(Measure.COMMIT, commitChecker.delayMillis());
        }
        if (membershipChecker != null) {
            for (Measure measure : Measure.of(spec)) {
                if (measure.isOfMembership()) {
                    values.put(measure, membershipChecker.times().value(measure));
                }
            }
        }
        values.put(Measure.EVENTS, (double) events);
        return new RunMeasures(values, nowNanos);
    }

    private static double residue(Tracked rumor, int up) {
        BitSet reached = (BitSet) rumor.eager.reached().clone();
        reached.and(rumor.holders);
        return up == 0 ? 0 : (double) (up - reached.cardinality()) / up;
    }

    private static double redundancy(List<Tracked> rumors) {
        long duplicates = 0;
        long deliveries = 0;
        for (Tracked rumor : rumors) {
            duplicates += rumor.duplicates;
            deliveries += rumor.deliveries();
        }
        return deliveries == 0 ? 0 : (double) duplicates / deliveries;
    }

    private static double rank(List<long[]> sorted, int total, double percent) {
        return mean(sorted, values -> {
            long value = Percentiles.nearestRank(values, total, percent);
            return value < 0 ? Double.NaN : value;
        });
    }

    /** NaN if one is. */
    private static <T> double mean(List<T> things, ToDoubleFunction<T> value) {
        return things.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /** The value of a measure; NaN if it has none. */
    public double value(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** The same with what the caller has measured. */
    public RunMeasures with(Measure measure, double value) {
        Map<Measure, Double> more = new TreeMap<>(values);
        more.put(measure, value);
        return new RunMeasures(more, simulatedNanos);
    }
}
