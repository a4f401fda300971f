package dev.hearsay.cli.simulate;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.sim.InvariantViolation;
import dev.hearsay.sim.Measure;
import dev.hearsay.sim.Observer;
import dev.hearsay.sim.RunMeasures;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationReport;
import dev.hearsay.sim.SimulationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The runs of a study, spread over the processors: side by side, never one over several. */
final class Study implements AutoCloseable {

    private static final long FRAME_MILLIS = 80;
    private static final int BAR = 30;

    private final SimulationSpec spec;
    private final AtomicInteger repaired = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();
    /** How far each run has come, 0 to 1. */
    private final AtomicReferenceArray<Double> shares;

    private final boolean countsBytes;
    private final StudyFiles files;
    private volatile String overlayNote = "";

    /**
     * A study to be done.
     *
     * @param countsBytes whether to count bytes, too, which takes as long again
     */
    Study(SimulationSpec spec, StudyFiles.Names names, boolean countsBytes) {
        Memory.demand(spec, Runtime.getRuntime().maxMemory());
        this.spec = spec;
        this.countsBytes = countsBytes;
        this.files = new StudyFiles(spec, names, countsBytes);
        this.shares = new AtomicReferenceArray<>(spec.runs());
    }

    /**
     * Does all runs.
     *
     * @throws Failure if a run broke an invariant, or there was not enough memory
     */
    SimulationReport run(Progress progress) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(workers())) {
            CompletionService<RunMeasures> running = new ExecutorCompletionService<>(workers);
            for (int run = 0; run < spec.runs(); run++) {
                int number = run;
                running.submit(() -> run(number));
            }
            try {
                List<RunMeasures> measures = collect(running, progress);
                return SimulationReport.of(spec, overlayNote(), repaired.get(), measures);
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw failure(Objects.requireNonNullElse(e.getCause(), e));
            }
        }
    }

    private String overlayNote() {
        return spec.runs() == 1 || repaired.get() == 0
                ? overlayNote
                : "in " + repaired + " of " + spec.runs()
                        + " runs the overlay fell apart, and links were added to connect it";
    }

    private List<RunMeasures> collect(CompletionService<RunMeasures> running, Progress progress)
            throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        List<RunMeasures> measures = new ArrayList<>(spec.runs());
        while (measures.size() < spec.runs()) {
            Future<RunMeasures> done = running.poll(FRAME_MILLIS, TimeUnit.MILLISECONDS);
            if (done != null) {
                measures.add(done.get());
            }
            progress.animate(line(measures.size(), (System.nanoTime() - begun) / 1e9));
        }
        progress.erase();
        return measures;
    }

    /** As many as there are processors, unless the memory is too small for so many networks. */
    private int workers() {
        long fit = Runtime.getRuntime().maxMemory() / Memory.heap(spec);
        int processors = Runtime.getRuntime().availableProcessors();
        return (int) Math.max(1, Math.min(fit, Math.min(processors, spec.runs())));
    }

    private RunMeasures run(int number) {
        long begun = System.nanoTime();
        ByteCount bytes = new ByteCount();
        Simulation simulation = Simulation.of(spec.run(number), countsBytes ? bytes : Observer.NONE);
        if (simulation.overlay().addedLinks() > 0) {
            repaired.incrementAndGet();
        }
        if (number == 0) {
            overlayNote = simulation.overlay().repairNote();
            files.save(simulation.overlay().graph());
        }
        long[] counted = new long[1];
        RunMeasures measures = simulation.run(progress -> {
            events.addAndGet(progress.events() - counted[0]);
            counted[0] = progress.events();
            shares.set(number, progress.coverage());
            if (Thread.interrupted()) {
                throw new IllegalStateException("another run has failed");
            }
        });
        shares.set(number, 1.0);
        measures = measures.with(Measure.WALL_MILLIS, (System.nanoTime() - begun) / 1e6);
        measures = countsBytes ? bytes.addTo(measures, spec.nodes()) : measures;
        files.add(number, simulation, measures);
        return measures;
    }

    private String line(int done, double seconds) {
        double share = 0;
        for (int run = 0; run < spec.runs(); run++) {
            Double one = shares.get(run);
            share += one == null ? 0 : one;
        }
        String runs = spec.runs() == 1 ? "" : ", " + done + " of " + spec.runs() + " runs";
        return String.format(
                Locale.ROOT,
                "%s %3.0f %%%s, %.1f million events/s",
                Progress.bar(share / spec.runs(), BAR),
                100 * share / spec.runs(),
                runs,
                events.get() / 1e6 / Math.max(1e-3, seconds));
    }

    private Failure failure(Throwable cause) {
        return switch (cause) {
            case Failure failure -> failure;
            case InvariantViolation violation -> {
                String[] parts = String.valueOf(violation.getMessage()).split("\n", 2);
                yield Failure.failed(
                        "Invariant violation: " + parts[0] + ".", parts.length > 1 ? parts[1] : "", violation);
            }
            case IllegalArgumentException refused ->
                Failure.usage(refused.getMessage() + ".", "See: gossip simulate --help");
            case OutOfMemoryError full ->
                Memory.tooLittle(spec, Runtime.getRuntime().maxMemory(), full);
            default -> Failure.failed("A run failed: " + cause + ".", "", cause);
        };
    }

    @Override
    public void close() {
        files.close();
    }
}
