package dev.hearsay.bench;

import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.MachineInfo;
import dev.hearsay.bench.report.ResultsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The program behind {@code bench/run}: runs the sections that are asked for, one after the other, and prints what they find. */
public final class Main {

    private static final int USAGE = 2;
    private static final int REPETITIONS = 3;

    private static final String HELP = """
            bench/run                       everything that has a target: peers, scale, simulate, cli, membership, bytes, versions, metrics, dashboard; about half an hour
            bench/run --quick               the same in a few minutes, to see that it works; the figures mean little
            bench/run peers scale           these sections only

            sections
              peers      Hearsay beside ScaleCube and JGroups, 16 and 50 nodes: ready, latency, burst
              scale      1,000 nodes of Hearsay in one process
              simulate   ./gossip simulate with a million nodes: wall time and memory
              cli        wall time of ./gossip list-peers and start-network
              membership removals in simulated networks, false ones above all; votes verified and bytes per certificate
              bytes      messages and bytes in simulated networks when nodes come and go
              versions   from the last delivery of a version until all nodes know that everybody has it
              metrics    what counting costs: latency and burst with metrics and without; bytes of idle networks
              dashboard  1,000 nodes with the dashboard open in Chromium: frames, processor time, stream, delay, what it costs
              micro      JMH: the codec, the event queues, a step of a node
              all        peers scale simulate cli membership bytes versions metrics dashboard

            options
              --quick            little work, one repetition
              --repetitions R    of each measurement, 3 unless given; medians are printed
              --nodes N          of the networks of the section bytes, 500 unless given
              -h, --help

            Tables go to the output, progress to the error stream, all figures to bench/target/results.json.
            A table line ends in "reached" or "NOT REACHED"; the exit code is 0 as long as everything could be measured.
            """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        Set<Section> sections = new LinkedHashSet<>();
        boolean quick = false;
        int repetitions = 0;
        int nodes = 0;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-h", "--help" -> {
                    System.out.print(HELP);
                    return;
                }
                case "--quick" -> quick = true;
                case "--repetitions", "--nodes" -> {
                    int number = positive(args[i], i + 1 < args.length ? args[i + 1] : "nothing");
                    repetitions = args[i].equals("--nodes") ? repetitions : number;
                    nodes = args[i].equals("--nodes") ? number : nodes;
                    i++;
                }
                default -> {
                    List<Section> named = Section.named(args[i]);
                    if (named.isEmpty()) {
                        reject("there is no section or option " + args[i]);
                    }
                    sections.addAll(named);
                }
            }
        }
        if (sections.isEmpty()) {
            sections.addAll(Section.named("all"));
        }
        Path root = Path.of(System.getProperty("hearsay.root", "")).toAbsolutePath();
        int times = repetitions > 0 ? repetitions : quick ? 1 : REPETITIONS;
        System.exit(run(sections, new BenchSettings(quick, times, nodes, root, root.resolve("bench/target"))));
    }

    private static int run(Set<Section> sections, BenchSettings settings) throws Exception {
        double loadBefore = MachineInfo.load();
        System.out.println(MachineInfo.describe());
        Path file = settings.output().resolve("results.json");
        List<Findings> all = new ArrayList<>();
        for (Section section : sections) {
            settings.progress(section.label() + " …");
            Findings findings = section.run(settings);
            System.out.print(findings);
            all.add(findings);
            ResultsFile.write(file, settings.quick(), loadBefore, all);
        }
        System.out.println("\nAll figures: " + settings.root().relativize(file));
        return all.stream().allMatch(Findings::isComplete) ? 0 : 1;
    }

    private static int positive(String option, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        reject(option + " needs a whole number of at least 1, not " + text);
        return 0;
    }

    private static void reject(String complaint) {
        System.err.println("bench/run: " + complaint + "; see bench/run --help");
        System.exit(USAGE);
    }
}
