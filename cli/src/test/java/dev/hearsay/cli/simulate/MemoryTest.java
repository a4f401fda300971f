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
        var builder = SimulationSpec.builder();
        String[] words = options.substring(2).split(" --|\\s", -1);
        for (int i = 0; i < words.length; i += 2) {
            builder.set(words[i], words[i + 1]);
        }
        assertThat((double) Memory.needed(builder.build()) / MEGABYTE)
                .isBetween(0.95 * measuredMegabytes, 1.5 * measuredMegabytes);
    }

    @Test
    void aRunThatFitsIsNotRefused() {
        SimulationSpec million =
                SimulationSpec.builder().set("nodes", 1_000_000).build();
        assertThatCode(() -> Memory.demand(million, 1_400 * MEGABYTE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Memory.demand(million, 1_000 * MEGABYTE)).hasMessageContaining("need about 1.2 GB");
    }
}
