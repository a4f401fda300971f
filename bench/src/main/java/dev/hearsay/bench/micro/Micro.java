package dev.hearsay.bench.micro;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The section that runs the JMH benchmarks of this package. */
public final class Micro {

    private Micro() {}

    public static Findings run(BenchSettings settings) throws IOException {
        Path log = settings.logs("micro").resolve("jmh.log");
        TimeValue iteration = settings.quick() ? TimeValue.milliseconds(200) : TimeValue.seconds(1);
        Options options = new OptionsBuilder()
                .include(Micro.class.getPackageName() + "\\..*Benchmark")
                .forks(settings.quick() ? 1 : settings.repetitions())
                .warmupIterations(settings.quick() ? 1 : 3)
                .warmupTime(iteration)
                .measurementIterations(settings.quick() ? 2 : 5)
                .measurementTime(iteration)
                .output(log.toString())
                .build();
        Collection<RunResult> results = List.of();
        List<String> failures = new ArrayList<>();
        try {
            results = new Runner(options).run();
        } catch (RunnerException e) {
            failures.add(e.getMessage() + ", see " + log);
        }
        return findings(results, failures);
    }

    private static Findings findings(Collection<RunResult> results, List<String> failures) {
        Table table = new Table("benchmark", "parameters", "ns", "± (99.9 %)");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (RunResult run : results) {
            Result<?> result = run.getPrimaryResult();
            String[] words = run.getParams().getBenchmark().split("\\.", -1);
            String name = words[words.length - 2].replace("Benchmark", "") + "." + words[words.length - 1];
            List<String> parameters = run.getParams().getParamsKeys().stream()
                    .map(key -> key + "=" + run.getParams().getParam(key))
                    .toList();
            table.row(
                    name,
                    String.join(" ", parameters),
                    Numbers.of(result.getScore()),
                    Numbers.of(result.getScoreError()));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("benchmark", name);
            row.put("parameters", parameters);
            row.put("nanos", result.getScore());
            row.put("error", result.getScoreError());
            rows.add(row);
        }
        return new Findings(
                "micro",
                "Parts of Hearsay alone (JMH), time per rumor or event",
                List.of(table),
                rows,
                List.of(),
                List.of(),
                failures);
    }
}
