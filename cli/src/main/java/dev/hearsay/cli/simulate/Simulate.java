package dev.hearsay.cli.simulate;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.FormatConverter;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.sim.Latency;
import dev.hearsay.sim.SimulationReport;
import dev.hearsay.sim.SimulationSpec;
import dev.hearsay.sim.SimulationSpecBuilder;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "simulate", description = "Spread rumors in a simulated network of up to millions of nodes.")
@Manual(
        examples = {
            "gossip simulate --nodes 10000 --topology random:8",
            "gossip simulate --nodes 1000 --spread push:3 --loss 1% --runs 100 # means and 95 % intervals",
            "gossip simulate --topology small-world:6:0.1 --latency uniform:5ms-20ms",
            "gossip simulate --crash 5%@50ms+2s --partition 30%@0s+1s --heal 5s # faults, then all must converge",
            "gossip simulate --nodes 100 --seeds 5 --loss 10% --crash 3@20s --runs 20 # how soon is a dead peer removed?",
            "gossip simulate --nodes 1000000 --loss 1% -o json",
            "gossip simulate --spread push:4 --runs 100 --rows runs.csv --curves curves.csv # to plot them elsewhere",
            "gossip simulate --topology file:mine.graphml --bytes # an overlay of your own"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.INTERRUPTED})
public final class Simulate extends GossipCommand {

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe network:%n", order = 1)
    private Nodes nodes = new Nodes();

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe rumors:%n", order = 2)
    private Rumors rumors = new Rumors();

    @ArgGroup(exclusive = false, validate = false, heading = "%nTransport, and what goes wrong:%n", order = 3)
    private Faults faults = new Faults();

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe study:%n", order = 4)
    private Runs runs = new Runs();

    @ArgGroup(exclusive = false, validate = false, heading = "%nThe results:%n", order = 5)
    private Outputs outputs = new Outputs();

    /** Options about the network. Each is handed to the spec as it was written, if it was. */
    static final class Nodes {
        @Option(
                names = {"-n", "--nodes"},
                paramLabel = "N",
                description = "How many nodes (default: 1000).")
        @Nullable
        String nodes;

        @Option(
                names = "--seeds",
                paramLabel = "S",
                description =
                        "How many seeds decide who is a member; the nodes are then their peers (default: 0, none).")
        @Nullable
        String seeds;

        @Option(
                names = "--topology",
                paramLabel = "SPEC",
                description = OverlaySpec.SYNTAX + ", file:FILE (GraphML, or a list of links)"
                        + " (default: random:8; with seeds powerlaw, and nothing else).")
        @Nullable
        String topology;

        @Option(
                names = "--anti-entropy",
                paramLabel = "TIME",
                description = "From round to round, or off (default: 1s).")
        @Nullable
        String antiEntropy;

        @Option(
                names = "--heartbeats",
                paramLabel = "TIME",
                description = "From round to round, or off (default: off; with seeds 1s).")
        @Nullable
        String heartbeats;

        @Option(names = "--retain", paramLabel = "N", description = "Rumors that a node keeps (default: 100000).")
        @Nullable
        String retain;

        @Option(names = "--disk", paramLabel = "TIME", description = "Until something is durable (default: 0s).")
        @Nullable
        String disk;

        @Option(
                names = "--disk-failure",
                paramLabel = "SHARE",
                description = "Of the times that a disk fails to make something durable (default: 0%%).")
        @Nullable
        String diskFailure;
    }

    /** Options about what is published, and how it spreads. */
    static final class Rumors {
        @Option(names = "--spread", paramLabel = "SPEC", description = "flood (default), or push:K.")
        @Nullable
        String spread;

        @Option(names = "--relays", paramLabel = "R", description = "How often a node passes a rumor on (default: 1).")
        @Nullable
        String relays;

        @Option(
                names = "--publish",
                paramLabel = "WHAT",
                description = "messages (default), versions, or entries of the key/value state.")
        @Nullable
        String publish;

        @Option(names = "--rumors", paramLabel = "N", description = "How many are published (default: 1).")
        @Nullable
        String rumors;

        @Option(
                names = "--first",
                paramLabel = "TIME",
                description = "When the first rumor is published (default: 0s).")
        @Nullable
        String first;

        @Option(names = "--every", paramLabel = "TIME", description = "From one rumor to the next (default: 100ms).")
        @Nullable
        String every;

        @Option(
                names = "--publisher",
                paramLabel = "NODE",
                description = "The node that publishes, numbered from 0 (default: any).")
        @Nullable
        String publisher;

        @Option(names = "--payload", paramLabel = "BYTES", description = "The size of a rumor (default: 64).")
        @Nullable
        String payload;

        @Option(
                names = "--paths",
                paramLabel = "on|off",
                description = "Whether rumors carry their path (default: off).")
        @Nullable
        String paths;
    }

    /** Options about what the network does to messages and nodes. */
    static final class Faults {
        @Option(names = "--latency", paramLabel = "SPEC", description = Latency.SYNTAX + " (default: 10ms).")
        @Nullable
        String latency;

        @Option(
                names = "--loss",
                paramLabel = "SHARE",
                description = "Messages that are lost, such as 1%% (default: 0%%).")
        @Nullable
        String loss;

        @Option(names = "--duplicate", paramLabel = "SHARE", description = "Messages that come twice (default: 0%%).")
        @Nullable
        String duplicate;

        @Option(names = "--reorder", paramLabel = "SHARE", description = "Messages that are overtaken (default: 0%%).")
        @Nullable
        String reorder;

        @Option(
                names = "--crash",
                paramLabel = "FAULT",
                description =
                        "NODES@TIME[+FOR][:DISK], such as 5%%@200ms+1s: 5 %% of the nodes stop after 200 ms for"
                                + " 1 s. DISK is what happens to their disks: no-disk, torn-write, lost-tail or"
                                + " old-page. NODES may be numbers too, such as 3,17; of seeds s40%% or s0,s2. Like the next seven, it may be given several times.")
        @Nullable
        List<String> crash;

        @Option(names = "--leave", paramLabel = "FAULT", description = "NODES@TIME[+FOR]: they stop in good order.")
        @Nullable
        List<String> leave;

        @Option(names = "--pause", paramLabel = "FAULT", description = "NODES@TIME+FOR: they stand still.")
        @Nullable
        List<String> pause;

        @Option(names = "--slow", paramLabel = "FAULT", description = "NODES@TIME[+FOR]:BY: they are late by so much.")
        @Nullable
        List<String> slow;

        @Option(names = "--partition", paramLabel = "FAULT", description = "NODES@TIME[+FOR]: cut off from the others.")
        @Nullable
        List<String> partition;

        @Option(names = "--cut", paramLabel = "FAULT", description = "NODES@TIME[+FOR]: they hear and are not heard.")
        @Nullable
        List<String> cut;

        @Option(names = "--skew", paramLabel = "FAULT", description = "NODES@TIME:BY: their clocks are wrong.")
        @Nullable
        List<String> skew;

        @Option(
                names = "--stranger",
                paramLabel = "FAULT",
                description =
                        "NODES@TIME[+FOR]:EVERY, such as 100%%@0s+10s:50ms: somebody outside says anything to them, in anybody's name.")
        @Nullable
        List<String> stranger;
    }

    /** Options about the runs. */
    static final class Runs {
        @Option(names = "--until", paramLabel = "TIME", description = "The limit of simulated time (default: 10m).")
        @Nullable
        String until;

        @Option(
                names = "--heal",
                paramLabel = "TIME",
                description = "When all faults end and nothing is lost any more; from then on everything must converge"
                        + " (default: off).")
        @Nullable
        String heal;

        @Option(names = "--within", paramLabel = "TIME", description = "How soon after that (default: 60s).")
        @Nullable
        String within;

        @Option(
                names = "--random-seed",
                paramLabel = "SEED",
                description = "Decides everything in the first run; each further run takes the next (default: 1).")
        @Nullable
        String randomSeed;

        @Option(names = "--runs", paramLabel = "R", description = "How many runs (default: 1).")
        @Nullable
        String runs;
    }

    /** Options about what becomes of the results. */
    static final class Outputs {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORMAT",
                converter = FormatConverter.class,
                defaultValue = "table",
                description = "table (default), json, jsonl or csv.")
        Format output = Format.TABLE;

        @Option(names = "--bytes", description = "Count bytes, too: of messages as JSON.")
        boolean countsBytes;

        @Option(names = "--rows", paramLabel = "FILE.csv", description = "Write the measures of each run there.")
        @Nullable
        String rows;

        @Option(
                names = "--curves",
                paramLabel = "FILE.csv",
                description = "When 1, 2 … 100 %% of the live nodes had the rumor, run by run.")
        @Nullable
        String curves;

        @Option(
                names = "--times",
                paramLabel = "FILE.csv",
                description = "When each node had the rumor, and over how many links.")
        @Nullable
        String times;

        @Option(
                names = "--save-overlay",
                paramLabel = "FILE",
                description = "Write the overlay of the first run: " + OverlayFile.FORMATS + ".")
        @Nullable
        String overlay;

        @Option(names = "--force", description = "Overwrite these files.")
        boolean isForced;
    }

    public Simulate(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        SimulationSpec spec = spec();
        SimulationReport report;
        var names =
                new StudyFiles.Names(outputs.rows, outputs.curves, outputs.times, outputs.overlay, outputs.isForced);
        try (Progress progress = new Progress(console().err(), console().isAnimated());
                Study study = new Study(spec, names, outputs.countsBytes)) {
            report = study.run(progress);
        }
        Results.report(report).print(outputs.output, console().out());
        return ExitCode.DONE;
    }

    private SimulationSpec spec() {
        try {
            SimulationSpecBuilder spec = SimulationSpec.builder();
            for (Object group : List.of(nodes, rumors, faults, runs)) {
                apply(group, spec);
            }
            return spec.build();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage() + ".", "See: gossip simulate --help");
        }
    }

    /** Hands over the options that were given, by their names; the spec knows what they mean. */
    private static void apply(Object group, SimulationSpecBuilder spec) {
        for (Field field : group.getClass().getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            if (option != null) {
                String name = option.names()[option.names().length - 1].substring(2);
                switch (valueOf(field, group)) {
                    case null -> {}
                    case List<?> several -> several.forEach(value -> spec.set(name, value.toString()));
                    case String file
                    when name.equals("topology") && file.startsWith(OverlaySpec.FILE) -> {
                        String path = file.substring(OverlaySpec.FILE.length());
                        spec.topology(new OverlaySpec.Given(path, OverlayFile.read(path)));
                    }
                    case Object value -> spec.set(name, value.toString());
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object group) {
        try {
            return field.get(group);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + field, e);
        }
    }
}
