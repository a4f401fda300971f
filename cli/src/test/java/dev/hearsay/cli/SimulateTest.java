package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.sim.Measure;
import dev.hearsay.wire.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateTest {

    @TempDir
    Path home;

    private Gossip gossip;

    @BeforeEach
    void begin() {
        gossip = new Gossip(home);
    }

    @Test
    void measuresARunInEveryFormat() throws Exception {
        JsonObject json = gossip.line("simulate --nodes 100 --topology random:4 --loss 1% --runs 5 -o json")
                .ok()
                .json();
        assertThat(json.integer("runs")).isEqualTo(5);
        for (Measure measure : Measure.values()) {
            JsonObject interval = json.object(measure.label());
            assertThat(interval.number("low")).as(measure.label()).isLessThanOrEqualTo(interval.number("mean"));
            assertThat(interval.number("mean")).isLessThanOrEqualTo(interval.number("high"));
        }
        assertThat(json.object("t100").number("mean")).isPositive();
        assertThat(json.object("wallMillis").number("mean")).isPositive();
        String csv = gossip.line("simulate --nodes 100 -o csv").ok().out();
        assertThat(csv).startsWith("measure,mean,low,high,unit\r\n").contains("\r\nt50,");
        assertThat(gossip.line("simulate --nodes 100 -o jsonl").ok().out().lines())
                .hasSize(Measure.values().length);
        var table = gossip.line("simulate --nodes 100").ok();
        assertThat(table.out()).contains("MEASURE", "t100", "gossip simulate --nodes 100 ");
        assertThat(table.err()).isEmpty();
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

    @Test
    void saysWhichRunBrokeALaw() {
        // A network that is cut for good, and demanded to converge at once, does not.
        var result = gossip.line(
                        "simulate --nodes 50 --topology circular --anti-entropy off --loss 60% --heal 200ms --within 1s"
                                + " --runs 3")
                .fails(1);
        assertThat(result.err()).contains("A law was broken", "replay: gossip simulate", "--random-seed ");
    }
}
