package dev.hearsay.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void isCompleteOnceEveryNodeButTheSenderHasEveryMessage() throws InterruptedException {
        Arrivals arrivals = new Arrivals(3, 100, 2);
        arrivals.note(1, 100);
        arrivals.note(2, 100);
        arrivals.note(0, 101);
        assertThat(arrivals.missing()).isEqualTo(1);
        assertThat(arrivals.await(0)).isFalse();
        arrivals.note(2, 101);
        assertThat(arrivals.missing()).isZero();
        assertThat(arrivals.await(0)).isTrue();
    }

    @Test
    void countsAMessageThatComesTwiceOnce() {
        Arrivals arrivals = new Arrivals(3, 0, 100);
        arrivals.note(1, 70);
        arrivals.note(1, 70);
        assertThat(arrivals.missing()).isEqualTo(199);
    }

    @Test
    void passesOverMessagesOfOtherRuns() {
        Arrivals arrivals = new Arrivals(3, 10, 5);
        arrivals.note(1, 9);
        arrivals.note(1, 15);
        assertThat(arrivals.missing()).isEqualTo(10);
    }

    @Test
    void keepsNodesApartWhereTheirBitsMeet() {
        Arrivals arrivals = new Arrivals(3, 0, 65);
        arrivals.note(0, 64);
        arrivals.note(1, 0);
        arrivals.note(1, 64);
        arrivals.note(2, 0);
        assertThat(arrivals.missing()).isEqualTo(130 - 4);
    }
}
