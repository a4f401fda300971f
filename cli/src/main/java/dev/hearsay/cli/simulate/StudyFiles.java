package dev.hearsay.cli.simulate;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.NewFile;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.math.Percentiles;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.RunMeasures;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each run of a study has shown, as CSV, run after run in the order of their random seeds whichever ends first. */
final class StudyFiles implements AutoCloseable {

    private static final String LINE_END = "\r\n";
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * Where to write; null for what is not asked for.
     *
     * @param isForced whether these files may take the place of others
     */
    record Names(
            @Nullable String rows,
            @Nullable String curves,
            @Nullable String times,
            @Nullable String overlay,
            boolean isForced) {

        void demandNew() {
            demandNew("--rows", rows, "runs.csv");
            demandNew("--curves", curves, "curves.csv");
            demandNew("--times", times, "times.csv");
            demandNew("--save-overlay", overlay, "overlay.graphml");
        }

        private void demandNew(String option, @Nullable String name, String example) {
            if (name != null) {
                new NewFile(Path.of(name), option, isForced).demand(example);
            }
        }
    }

    /** One file. */
    private static final class Out {
        final Path path;
        final BufferedWriter writer;
        int next;

        Out(String name, String header) {
            path = Path.of(name);
            try {
                writer = Files.newBufferedWriter(path);
                writer.write(header + LINE_END);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        /** Writes what a run has shown after the runs before it: these have begun before it, and waiting for them is less than keeping its lines. */
        synchronized void add(int run, Consumer<Consumer<String>> lines) {
            try {
                while (next < run) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("another run has failed", e);
            }
            lines.accept(this::write);
            next++;
            notifyAll();
        }

        private void write(String line) {
            try {
                writer.write(line);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        Failure failed(IOException e) {
            return Failure.failed(path + " cannot be written: " + Sentences.of(e), "", e);
        }
    }

    private final SimulationSpec spec;
    private final List<Measure> measured;
    private final @Nullable String overlay;
    private final @Nullable Out rows;
    private final @Nullable Out curves;
    private final @Nullable Out times;

    /**
     * Opens them.
     *
     * @throws Failure if one cannot be written, is there already, or is to be two things
     */
    StudyFiles(SimulationSpec spec, Names names, boolean countsBytes) {
        List<String> all = Stream.of(names.rows, names.curves, names.times, names.overlay)
                .filter(Objects::nonNull)
                .toList();
        if (all.stream()
                        .map(name -> Path.of(name).toAbsolutePath().normalize())
                        .distinct()
                        .count()
                < all.size()) {
            throw Failure.usage(
                    "One file cannot be two things.", "Give each of " + String.join(", ", all) + " its own name.");
        }
        if (names.overlay != null) {
            OverlayFile.demandFormat(names.overlay);
            if (spec.seeds() > 0) {
                throw Failure.usage("With seeds there is no overlay to save: peers draw their neighbours.", "");
            }
        }
        names.demandNew();
        this.spec = spec;
        this.overlay = names.overlay;
        measured = new ArrayList<>(Measure.of(spec));
        if (countsBytes) {
            measured.addAll(List.of(Measure.TRAFFIC_BYTES, Measure.CONTROL_BYTES));
        }
        StringJoiner labels = new StringJoiner(",", "run,randomSeed,", "");
        measured.forEach(measure -> labels.add(measure.label()));
        rows = names.rows == null ? null : new Out(names.rows, labels.toString());
        curves = names.curves == null ? null : new Out(names.curves, "run,randomSeed,rumor,percent,millis");
        times = names.times == null ? null : new Out(names.times, "run,randomSeed,rumor,node,millis,hops");
    }

    /** This is the overlay of the first run. */
    void save(Graph graph) {
        if (overlay != null) {
            OverlayFile.write(overlay, graph);
        }
    }

    /** A run is over. */
    void add(int run, Simulation simulation, RunMeasures measures) {
        String start = run + "," + (spec.randomSeed() + run) + ",";
        if (rows != null) {
            StringJoiner row = new StringJoiner(",", start, LINE_END);
            measured.forEach(measure -> row.add(number(measures.value(measure))));
            rows.add(run, lines -> lines.accept(row.toString()));
        }
        if (curves != null) {
            List<List<Long>> delays = new ArrayList<>();
            simulation.eachDelivery((rumor, node, delayNanos, hops) -> {
                while (delays.size() <= rumor) {
                    delays.add(new ArrayList<>());
                }
                delays.get(rumor).add(delayNanos);
            });
            curves.add(run, lines -> lines.accept(curves(start, delays, simulation.live())));
        }
        if (times != null) {
            times.add(
                    run,
                    lines -> simulation.eachDelivery((rumor, node, delayNanos, hops) -> {
                        String millis = number(delayNanos / NANOS_PER_MILLI);
                        lines.accept(start + rumor + ',' + node + ',' + millis + ',' + hops + LINE_END);
                    }));
        }
    }

    /** Of every rumor, when so many percent of the live nodes had it; empty for those that never did. */
    private static String curves(String start, List<List<Long>> delays, int live) {
        StringBuilder lines = new StringBuilder();
        for (int rumor = 0; rumor < delays.size(); rumor++) {
            List<Long> ascending = delays.get(rumor);
            for (int percent = 1; percent <= 100; percent++) {
                int rank = Percentiles.rank(live, percent);
                lines.append(start).append(rumor).append(',').append(percent).append(',');
                lines.append(rank <= ascending.size() ? number(ascending.get(rank - 1) / NANOS_PER_MILLI) : "");
                lines.append(LINE_END);
            }
        }
        return lines.toString();
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public void close() {
        for (Out out : new @Nullable Out[] {rows, curves, times}) {
            if (out != null) {
                try {
                    out.writer.close();
                } catch (IOException e) {
                    throw out.failed(e);
                }
            }
        }
    }
}
