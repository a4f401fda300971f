package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EagerReachTest {

    @Test
    void onlyUnbrokenChainsFromThePublisherCount() {
        EagerReach eager = new EagerReach(6, 0);
        eager.arrived(0, 1);
        eager.arrived(3, 4);
        eager.arrived(4, 5);
        assertThat(eager.reached().stream()).containsExactly(0, 1);
    }

    @Test
    void aChainThatAntiEntropyBeganIsClosedByACopyThatComesLater() {
        EagerReach eager = new EagerReach(6, 0);
        eager.arrived(4, 5);
        eager.arrived(3, 4);
        eager.arrived(0, 1);
        eager.arrived(1, 3);
        assertThat(eager.reached().stream()).containsExactly(0, 1, 3, 4, 5);
    }
}
