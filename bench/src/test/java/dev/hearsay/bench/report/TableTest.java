package dev.hearsay.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void alignsNumbersAtTheRightAndTextAtTheLeft() {
        Table table = new Table("system", "p50", "note")
                .row("one", "1.50 ms", "fast")
                .row("another", "1,234 ms", "slow")
                .row("16 nodes: all of them", "–");
        assertThat(table).hasToString("""
                        system                      p50  note
                        one                     1.50 ms  fast
                        another                1,234 ms  slow
                        16 nodes: all of them         –
                        """);
    }

    @Test
    void refusesMoreCellsThanColumns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table("one").row("1", "2"))
                .withMessageContaining("2 cells");
    }
}
