package dev.hearsay.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.sim.SimulationSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {

    private static final long MEGABYTE = 1 << 20;

    /** What was alive at most, measured with a small young generation: not less, and not half as much again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 100000 --topology random:8 | 90",
                "--nodes 100000 --topology random:32 | 212",
                "--nodes 100000 --topology random:8 --rumors 10 --every 10ms | 420",
                "--nodes 30000 --topology random:8 --heartbeats 1s | 94",
                "--nodes 3000 --topology powerlaw:1:100 | 24",
                "--nodes 2000 --topology full | 110"
            })
    void isWhatWasMeasured(String options, long measuredMegabytes) {
        assertThat((double) Memory.needed(spec(options)) / MEGABYTE)
                .isBetween(0.95 * measuredMegabytes, 1.5 * measuredMegabytes);
    }

    private static SimulationSpec spec(String options) {
        var builder = SimulationSpec.builder();
        String[] words = options.substring(2).split(" --|\\s", -1);
        for (int i = 0; i < words.length; i += 2) {
            builder.set(words[i], words[i + 1]);
        }
        return builder.build();
    }

    /** What is as large as this by itself, whatever else there is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nodes 10000 --publish versions | 800000000",
                "--nodes 10000 --rumors 10000 --retain 1 | 1600000000",
                "--nodes 10 --rumors 10000 --payload 100000 | 1000000000"
            })
    void countsWhatGrowsWithMoreThanTheNodes(String options, long bytes) {
        assertThat(Memory.needed(spec(options))).isBetween(bytes, 2 * bytes);
        assertThat(Memory.needed(spec("--nodes 1000 --publish entries --heal 1s --rumors 100000")))
                .as("of entries there are few keys")
                .isLessThan(10 * MEGABYTE);
    }

    @Test
    void aRunThatFitsIsNotRefused() {
        SimulationSpec million =
                SimulationSpec.builder().set("nodes", 1_000_000).build();
        assertThatCode(() -> Memory.demand(million, 1_600 * MEGABYTE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Memory.demand(million, 1_400 * MEGABYTE)).hasMessageContaining("need about 1.5 GB");
    }
}
