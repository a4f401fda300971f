package dev.hearsay.cli.check;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.ReportingCommand;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check-network",
        description =
                "Check sockets, registration, overlay, gossip, detection and security on networks of real processes.")
@Manual(
        examples = {
            "gossip check-network # six stages, about a minute; one line per check: PASS or FAIL, and the evidence",
            "gossip check-network --stage 5 # failure detection alone",
            "gossip check-network --keep # what failed can be looked into: the logs stay",
            "gossip check-network -o json"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERRUPTED})
public final class CheckNetwork extends ReportingCommand {

    /** All results. */
    record Document(int passed, int checks, double millis, String logs, List<Result> results) {}

    /**
     * What came of one check.
     *
     * @param evidence that it holds, or what was found instead
     */
    record Result(String id, String stage, String check, boolean passed, String evidence, double millis) {}

    @Option(
            names = "--stage",
            paramLabel = "N",
            description =
                    "Only this stage: 1 sockets, 2 registration, 3 overlay, 4 dissemination, 5 failure detection, 6 security.")
    private @Nullable Integer stage;

    @Option(names = "--keep", description = "Keep the logs of all processes if a check fails.")
    private boolean isKept;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = Spans.class,
            defaultValue = "30s",
            description = "How long a check waits for what must happen (default: ${DEFAULT-VALUE}).")
    private long withinNanos;

    @Option(
            names = "--ping-interval",
            paramLabel = "TIME",
            converter = Spans.class,
            defaultValue = "1s",
            description = "How often the peers check that their neighbours are alive (default: ${DEFAULT-VALUE}).")
    private long pingNanos;

    private final List<Result> results = new ArrayList<>();

    public CheckNetwork(Console console) {
        super(console);
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        List<Stage> stages = Stage.all();
        if (stage != null && (stage < 1 || stage > stages.size())) {
            throw Failure.usage("There is no stage " + stage + "; they are numbered 1 to " + stages.size() + ".", "");
        }
        if (withinNanos < 1 || pingNanos < 1) {
            throw Failure.usage("--within and --ping-interval must be longer than no time.", "");
        }
        long startedNanos = System.nanoTime();
        String logs = "";
        try (Progress progress = progress();
                Workplace place = new Workplace(console())) {
            var terms = new TestNetwork.Terms(pingNanos, withinNanos, progress);
            try (Runs runs = new Runs(place, terms)) {
                for (int number = 1; number <= stages.size() && !place.isOver(); number++) {
                    if (stage == null || stage == number) {
                        run(number, stages.get(number - 1), runs, place, progress);
                    }
                }
            }
            if (isKept && passed() < results.size()) {
                place.keep();
                logs = place.path().toString();
            }
            if (place.isOver()) {
                return ExitCode.INTERRUPTED;
            }
        }
        summarize((System.nanoTime() - startedNanos) / 1e6, logs);
        return passed() == results.size() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int passed() {
        return (int) results.stream().filter(Result::passed).count();
    }

    private void run(int number, Stage each, Runs runs, Workplace place, Progress progress)
            throws InterruptedException {
        String what = each.plan().toString();
        progress.animate("Stage " + number + ", " + each.title() + ": starting " + what + " …");
        boolean isSame = runs.has(each.plan());
        long startedNanos = System.nanoTime();
        try {
            TestNetwork network = runs.network(each.plan());
            progress.erase();
            String readiness = isSame ? "the same network" : "ready in " + TestNetwork.since(startedNanos);
            say("Stage " + number + ": " + each.title() + " (" + what + ", " + readiness + ")\n");
            int position = 0;
            for (Check check : each.checks()) {
                String id = number + "." + ++position;
                progress.animate(id + " " + check.title() + " …");
                record(id, each, check, network, place);
                progress.erase();
            }
        } catch (IOException | Failure e) {
            String reason = e instanceof Failure failure ? failure.sentence() : String.valueOf(e.getMessage());
            notStarted(number, each, reason);
        }
        say("\n");
    }

    private void record(String id, Stage each, Check check, TestNetwork network, Workplace place)
            throws InterruptedException {
        long startedNanos = System.nanoTime();
        boolean holds = false;
        String evidence;
        try {
            evidence = check.proof().of(network);
            holds = true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Failure e) {
            evidence = e.sentence();
        } catch (Exception e) {
            evidence = e instanceof CheckFailure || e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        if (!place.isOver()) {
            add(new Result(id, each.title(), check.title(), holds, evidence, (System.nanoTime() - startedNanos) / 1e6));
        }
    }

    /** Where there is no network, nothing holds of it. */
    private void notStarted(int number, Stage each, String reason) {
        List<Check> checks = each.checks();
        for (int i = 1; i <= checks.size(); i++) {
            add(new Result(number + "." + i, each.title(), checks.get(i - 1).title(), false, reason, 0));
        }
    }

    private void add(Result result) {
        results.add(result);
        String mark = result.passed() ? "PASS" : "FAIL";
        if (console().isColoured()) {
            mark = (result.passed() ? "\u001B[32m" : "\u001B[1;31m") + mark + "\u001B[0m";
        }
        say("  " + mark + " " + result.id() + " " + result.check() + ": " + Plain.of(result.evidence()) + "\n");
    }

    /** People see every line as it comes; programs get all of them at the end. */
    private void say(String line) {
        if (output() == Format.TABLE) {
            console().out().print(line);
            console().out().flush();
        }
    }

    private void summarize(double millis, String logs) {
        String summary = passed() + " of " + results.size() + " checks passed in " + Spans.ofMillis(millis) + ".\n"
                + (logs.isEmpty() ? "" : "The logs are in " + logs + "\n");
        var document = new Document(passed(), results.size(), millis, logs, results);
        print(new Report<>(document, Result.class, results, () -> summary));
    }
}
