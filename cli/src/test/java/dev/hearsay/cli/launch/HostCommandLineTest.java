package dev.hearsay.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.memory.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCommandLineTest {

    private static final int QUARTER = 4000;

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 300, 380, 400, 500, 1000, 2000, 3000})
    void nodesOfOneProcessHaveWhatTheyNeedWhereTheMachineHasIt(int nodes) {
        long heap = (long) HostCommandLine.heapMegabytes(nodes, 1, QUARTER) << 20;
        // What docs/limits.md says that a node may always take.
        assertThat(new MemoryBudget(heap).overhead().max()).isGreaterThan(nodes * (585L << 10));
    }

    @Test
    void theyTakeNoMoreThanHalfOfIt() {
        assertThat(HostCommandLine.heapMegabytes(5000, 1, QUARTER)).isEqualTo(2 * QUARTER);
        assertThat(HostCommandLine.heapMegabytes(16, 1, 100))
                .as("a small network")
                .isEqualTo(528);
        assertThat(HostCommandLine.heapMegabytes(5000, 1, 100))
                .as("a small machine")
                .isEqualTo(1400);
    }

    @Test
    void manyProcessesShareHalfOfIt() {
        assertThat(HostCommandLine.heapMegabytes(1, 4, QUARTER)).isEqualTo(513);
        assertThat(HostCommandLine.heapMegabytes(1, 40, QUARTER)).isEqualTo(200);
        assertThat(HostCommandLine.heapMegabytes(1, 1000, QUARTER)).isEqualTo(80);
    }
}
