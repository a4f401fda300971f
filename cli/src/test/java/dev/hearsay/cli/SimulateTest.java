package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hearsay.sim.Measure;
import dev.hearsay.wire.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulateTest extends GossipRun {

    private static final List<Measure> OF_STATIC_NETWORKS = Arrays.stream(Measure.values())
            .filter(measure -> !measure.isOfMembership() && measure != Measure.COMMIT)
            .filter(measure -> !measure.label().endsWith("Bytes"))
            .toList();

    @Test
    void measuresARunInEveryFormat() throws Exception {
        JsonObject json = gossip.line("simulate --nodes 100 --topology random:4 --loss 1% --runs 6 -o json")
                .ok()
                .json();
        assertThat(json.integer("runs")).isEqualTo(6);
        assertThat(json.has("seeds")).isFalse();
        for (Measure measure : OF_STATIC_NETWORKS) {
            JsonObject interval = json.object(measure.label());
            assertThat(interval.number("median"))
                    .as(measure.label())
                    .isBetween(interval.number("medianLow"), interval.number("medianHigh"));
        }
        JsonObject residue = json.object("residue");
        assertThat(residue.number("mean")).isBetween(residue.number("low"), residue.number("high"));
        assertThat(json.object("t100").number("mean")).isPositive();
        assertThat(json.object("wallMillis").number("mean")).isPositive();
        String csv = gossip.line("simulate --nodes 100 -o csv").ok().out();
        assertThat(csv)
                .as("of one run there is no interval")
                .contains("\r\nt100,")
                .doesNotContainPattern("t100,[0-9.]+,[0-9]");
        assertThat(csv)
                .startsWith(
                        "measure,mean,low,high,n,p5,median,p95,medianLow,medianHigh,never,neverLow,neverHigh,unit\r\n")
                .contains("\r\nt50,");
        assertThat(gossip.line("simulate --nodes 100 -o jsonl").ok().out().lines())
                .hasSize(OF_STATIC_NETWORKS.size());
        var table = gossip.line("simulate --nodes 100").ok();
        assertThat(table.out()).contains("MEASURE", "t100", "gossip simulate --nodes 100 ");
        assertThat(table.err()).isEmpty();
    }

    /** Quantiles of one run would feign that all runs are like it. */
    @Test
    void ofOneRunThereIsItsValueAndNothingThatTakesSeveral() throws Exception {
        List<String> ofSeveral =
                List.of("low", "high", "p5", "median", "p95", "medianLow", "medianHigh", "neverLow", "neverHigh");
        String line = "simulate --nodes 100 --spread push:2 --anti-entropy off";
        JsonObject json = gossip.line(line + " -o json").ok().json();
        for (Measure measure : OF_STATIC_NETWORKS) {
            JsonObject row = json.object(measure.label());
            assertThat(row.integer("n") + row.number("never"))
                    .as(measure.label())
                    .isEqualTo(1);
            assertThat(ofSeveral).as(measure.label()).noneMatch(row::has);
        }
        assertThat(json.object("t100").has("mean")).isFalse();
        assertThat(gossip.line(line).ok().out())
                .contains("Note: this is one run, which tells nothing of how runs differ; see --runs.", "VALUE")
                .contains("t100: never got there, as the rumor died out or time was up.")
                .doesNotContain("MEAN");
        JsonObject two = gossip.line(line + " --runs 2 -o json").ok().json().object("residue");
        assertThat(ofSeveral)
                .filteredOn(two::has)
                .containsExactly("low", "high", "p5", "median", "p95", "neverLow", "neverHigh");
        assertThat(gossip.line(line + " --runs 2").ok().out()).contains("MEAN").doesNotContain("this is one run");
    }

    @Test
    void measuresCommitWhereVersionsArePublishedAndChecksEntries() throws Exception {
        JsonObject json = gossip.line("simulate --nodes 30 --publish versions --rumors 2 -o json")
                .ok()
                .json();
        assertThat(json.object("commit").number("mean")).isPositive();
        JsonObject entries = gossip.line(
                        "simulate --nodes 30 --publish entries --rumors 9 --loss 20% --crash 20%@1s+2s --heal 5s -o json")
                .ok()
                .json();
        assertThat(entries.object("coverage").number("mean")).isEqualTo(1);
        assertThat(gossip.line("simulate --publish entries").fails(2).err()).contains("set a time to heal");
        assertThat(gossip.line("simulate --publish news").fails(2).err())
                .contains("--publish is messages, versions or entries, not 'news'");
    }

    @Test
    void saysHowManyRunsNeverGotThere() throws Exception {
        String line = "simulate --nodes 200 --spread push:4 --anti-entropy off --runs 20";
        JsonObject t100 = gossip.line(line + " -o json").ok().json().object("t100");
        int known = t100.integer("n");
        assertThat(known).isBetween(0, 19);
        assertThat(t100.number("never")).isEqualTo((20 - known) / 20.0);
        assertThat(t100.number("neverLow")).isBetween(0.0, t100.number("never"));
        assertThat(gossip.line(line).ok().out())
                .contains("t100: " + (20 - known) + " of 20 runs never got there")
                .contains("the mean is over the others, the quantiles are over all");
        assertThat(gossip.line("simulate --nodes 200 --runs 3").ok().out()).doesNotContain("never got there");
    }

    @Test
    void saysThatAnOverlayWasRepaired() throws Exception {
        assertThat(gossip.line("simulate --nodes 10 --topology random:1").ok().out())
                .contains("Note: random:1 fell apart into 5 pieces; 4 links were added to connect them.");
        String runs = "simulate --nodes 10 --topology random:2 --runs 8";
        int repaired = gossip.line(runs + " -o json").ok().json().integer("repairedRuns");
        assertThat(repaired).isBetween(1, 7);
        assertThat(gossip.line(runs).ok().out()).contains("Note: in " + repaired + " of 8 runs the overlay fell apart");
    }

    @Test
    void givesTheSameResultsForTheSameRandomSeed() throws Exception {
        String line = "simulate --nodes 200 --topology scale-free:2 --latency uniform:5ms-20ms --loss 2% --runs 4"
                + " --random-seed 9 -o jsonl";
        String one = withoutTime(gossip.line(line).ok().out());
        assertThat(withoutTime(gossip.line(line).ok().out())).isEqualTo(one);
        assertThat(withoutTime(
                        gossip.line(line.replace("seed 9", "seed 10")).ok().out()))
                .isNotEqualTo(one);
    }

    private static String withoutTime(String rows) {
        return rows.lines().filter(row -> !row.contains("wallMillis")).toList().toString();
    }

    @Test
    void repeatsARunByTheCommandItPrints() throws Exception {
        JsonObject first = gossip.line("simulate --nodes 50 --crash 10%@20ms+1s --pause 3@0s+1s --heal 3s -o json")
                .ok()
                .json();
        String command = first.text("command");
        assertThat(command).contains("--crash 10%@20ms+1s", "--pause 3@0s+1s");
        JsonObject second = gossip.line(command.substring("gossip ".length()) + " -o json")
                .ok()
                .json();
        assertThat(second.object("events").number("mean"))
                .isEqualTo(first.object("events").number("mean"));
    }

    /** What a failing run prints must be accepted here, whatever went into it. */
    @Test
    void takesEveryOptionThatACommandCanHave() throws Exception {
        String everything = "simulate --nodes 6 --topology circular --spread push:2 --relays 2 --rumors 2 --every 50ms"
                + " --publisher 0 --payload 8 --latency uniform:1ms-2ms --loss 1% --duplicate 1% --reorder 1%"
                + " --anti-entropy 500ms --heartbeats 500ms --retain 9 --paths on --disk 1ms --disk-failure 1%"
                + " --crash 1@10ms+1s:no-disk --leave 2@20ms+1s --pause 3@30ms+1s --slow 4@40ms+1s:5ms"
                + " --partition 1@50ms+1s --cut 2@60ms+1s --skew 3@70ms:1s --stranger 4@80ms+1s:50ms --until 1m --heal 2s --within 50s"
                + " --random-seed 3 --runs 1";
        String command = gossip.line(everything + " -o json").ok().json().text("command");
        assertThat(command.substring("gossip ".length()).split(" ")).containsExactlyInAnyOrder(everything.split(" "));
    }

    @Test
    void measuresMembershipWhereThereAreSeeds() throws Exception {
        JsonObject json = gossip.line("simulate --nodes 12 --seeds 3 --loss 5% --crash 3@20s --runs 3 -o json")
                .ok()
                .json();
        assertThat(json.integer("seeds")).isEqualTo(3);
        assertThat(json.text("command")).contains("--seeds 3", "--topology powerlaw:1", "--heartbeats 1s");
        assertThat(json.object("registrationMax").number("mean")).isPositive();
        assertThat(json.object("detection").number("mean")).isBetween(2_000.0, 20_000.0);
        assertThat(json.object("removals").number("mean")).isEqualTo(1);
        assertThat(json.object("falseRemovals").number("mean")).isZero();
        assertThat(json.object("removalMessages").number("mean")).isPositive();
        assertThat(gossip.line("simulate --seeds 3 --topology full").fails(2).err())
                .contains("topology must be powerlaw[:ALPHA[:K]], not full");
        assertThat(gossip.line("simulate --crash s1@1s").fails(2).err()).contains("there are no seeds");
        assertThat(gossip.line("simulate --seeds 3 --crash s3@1s").fails(2).err())
                .contains("there is no seed s3; they are numbered s0 to s2");
    }

    /** A row a run, in their order; and each percentage of a curve is the time of the node of that rank. */
    @Test
    void writesWhatEveryRunHasShown() throws Exception {
        Path rows = home.resolve("rows.csv");
        Path curves = home.resolve("curves.csv");
        Path times = home.resolve("times.csv");
        JsonObject json = gossip.line(
                        "simulate --nodes 50 --spread push:3 --anti-entropy off --latency exponential:10ms --rumors 2"
                                + " --runs 6 --random-seed 3 --bytes -o json --rows " + rows + " --curves " + curves
                                + " --times " + times)
                .ok()
                .json();
        List<String> lines = Files.readAllLines(rows);
        List<String> header = List.of(lines.getFirst().split(","));
        assertThat(header)
                .startsWith("run", "randomSeed", "residue", "traffic")
                .endsWith("trafficBytes", "controlBytes");
        assertThat(lines).hasSize(7);
        double sum = 0;
        for (int run = 0; run < 6; run++) {
            String[] fields = lines.get(run + 1).split(",", -1);
            assertThat(fields).hasSize(header.size()).startsWith("" + run, "" + (3 + run));
            sum += Double.parseDouble(fields[header.indexOf("trafficBytes")]);
        }
        assertThat(json.object("trafficBytes").number("mean"))
                .isCloseTo(sum / 6, within(1e-6))
                .isGreaterThan(100);

        List<String[]> delivered = fields(times);
        assertThat(delivered.stream().map(one -> Integer.parseInt(one[0]))).isSorted();
        List<String[]> percents = fields(curves);
        assertThat(percents).hasSize(6 * 2 * 100);
        for (String[] point : percents) {
            long rank = (Long.parseLong(point[3]) * 50 + 99) / 100;
            String expected = delivered.stream()
                    .filter(one -> one[0].equals(point[0]) && one[2].equals(point[2]))
                    .map(one -> one[4])
                    .skip(rank - 1)
                    .findFirst()
                    .orElse("");
            assertThat(point[4]).as("%s", List.of(point)).isEqualTo(expected);
        }
        String two = gossip.line("simulate --rows a.csv --times a.csv").fails(2).err();
        assertThat(two).contains("One file cannot be two things.");
        assertThat(gossip.line("simulate --rows a.csv --times ./no/../a.csv")
                        .fails(2)
                        .err())
                .contains("One file cannot be two things.");
        assertThat(gossip.line("simulate --rows " + home.resolve("no/rows.csv"))
                        .fails(1)
                        .err())
                .contains("rows.csv cannot be written: There is no ");
    }

    @Test
    void replacesNoFileUnlessThatIsWanted() throws Exception {
        Path kept = Files.writeString(home.resolve("kept.csv"), "mine");
        Path fresh = home.resolve("fresh.csv");
        Path folder = Files.createDirectory(home.resolve("folder.csv"));
        for (String option : List.of("--rows", "--curves", "--times", "--save-overlay")) {
            String other = option.equals("--rows") ? " --times " : " --rows ";
            assertThat(gossip.line("simulate --nodes 10" + other + fresh + " " + option + " " + kept)
                            .fails(2)
                            .err())
                    .contains(
                            kept + " is there already.",
                            "Overwrite it with --force, or choose another: " + option + " FILE");
            assertThat(kept).hasContent("mine");
            assertThat(fresh).doesNotExist();
            assertThat(gossip.line("simulate --nodes 10 " + option + " " + folder)
                            .fails(2)
                            .err())
                    .contains(folder + " is a folder.");
        }
        gossip.line("simulate --nodes 10 --force --rows " + kept).ok();
        assertThat(kept).content().startsWith("run,randomSeed,");
        // What is written there is kept by nobody.
        gossip.line("simulate --nodes 10 --rows /dev/null").ok();
    }

    private static List<String[]> fields(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    @Test
    void takesAnOverlayFromAFileAndSavesOne() throws Exception {
        Path saved = home.resolve("an overlay.graphml");
        String line = "simulate --nodes 40 --topology random:3 --publisher 7 --loss 5%";
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--save-overlay", saved.toString(), "-o", "json"));
        JsonObject drawn = gossip.run(words.toArray(String[]::new)).ok().json();
        words = new ArrayList<>(
                List.of("simulate", "--topology", "file:" + saved, "--publisher", "7", "--loss", "5%", "-o", "json"));
        JsonObject read = gossip.run(words.toArray(String[]::new)).ok().json();
        assertThat(read.integer("nodes")).isEqualTo(40);
        assertThat(read.text("command")).contains(" --topology 'file:" + saved + "' ");
        for (Measure measure : List.of(Measure.T100, Measure.TRAFFIC, Measure.EVENTS)) {
            assertThat(read.object(measure.label()).number("mean"))
                    .as(measure.label())
                    .isEqualTo(drawn.object(measure.label()).number("mean"));
        }
        words.addAll(List.of("--nodes", "41"));
        assertThat(gossip.run(words.toArray(String[]::new)).fails(2).err())
                .contains("has 40 nodes; the number of nodes must be the same, not 41.");
        assertThat(gossip.line("simulate --nodes 10 --seeds 3 --save-overlay a.edges")
                        .fails(2)
                        .err())
                .contains("With seeds there is no overlay to save");
        assertThat(gossip.line("simulate --save-overlay a.gif").fails(2).err())
                .contains("'a.gif' does not say what it is.");
        assertThat(gossip.line("start-network file:a.edges -n 3").fails(2).err())
                .contains("is not a topology");
    }

    /** The overlay is within its limits, so that only what is reckoned before it is built can say so. */
    @Test
    void refusesAtOnceWhatDoesNotFitIntoTheMemory() {
        assertThat(gossip.line("simulate --nodes 10000000 --topology random:8 --rumors 100000")
                        .fails(1)
                        .err())
                .contains("10000000 nodes with random:8 and 100000 rumors need about ")
                .contains("GB of memory, and this may use ")
                .containsPattern("allow more: GOSSIP_JAVA_OPTS=-Xmx\\d+g gossip simulate …");
    }

    @Test
    void saysWhichRunViolatedAnInvariant() {
        // A network that is cut for good, and demanded to converge at once, does not.
        var result = gossip.line(
                        "simulate --nodes 50 --topology circular --anti-entropy off --loss 60% --heal 200ms --within 1s"
                                + " --runs 3")
                .fails(1);
        assertThat(result.err()).contains("Invariant violation: ", "replay: gossip simulate", "--random-seed ");
    }
}
