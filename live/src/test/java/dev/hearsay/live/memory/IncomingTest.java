package dev.hearsay.live.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncomingTest {

    private final MemoryBudget.Account account = new MemoryBudget.Account(100);
    private final Incoming incoming = new Incoming(account);
    private final List<String> turnedAway = new ArrayList<>();

    private Incoming.Reading begin(String name) {
        return incoming.begin(() -> turnedAway.add(name));
    }

    @Test
    void whoHoldsMostGoesNotWhoComesNext() {
        Incoming.Reading large = begin("large");
        Incoming.Reading small = begin("small");
        assertThat(large.holds(95)).isTrue();
        assertThat(small.holds(10)).isTrue();
        assertThat(turnedAway).containsExactly("large");
        assertThat(account.used()).isEqualTo(10);
        assertThat(large.holds(96)).as("it has not heard of it yet").isFalse();
        assertThat(large.holds(0)).isFalse();
        assertThat(account.used()).isEqualTo(10);
    }

    @Test
    void whoIsItselfTheLargestIsToldSo() {
        Incoming.Reading small = begin("small");
        Incoming.Reading large = begin("large");
        assertThat(small.holds(30)).isTrue();
        assertThat(large.holds(71)).isFalse();
        assertThat(turnedAway).isEmpty();
        assertThat(account.used()).isEqualTo(30);
    }

    @Test
    void aLoneLargeOneIsLetThrough() {
        Incoming.Reading lone = begin("lone");
        assertThat(lone.holds(500)).isTrue();
        assertThat(lone.holds(0)).isTrue();
        assertThat(account.used()).isZero();
        account.add(100);
        assertThat(begin("next").holds(500)).as("beside what others hold").isTrue();
    }
}
