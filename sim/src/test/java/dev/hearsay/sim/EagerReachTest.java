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

    @Test
    void whatCameAgainstTheChainCountsAsGoneAlongIt() {
        EagerReach eager = new EagerReach(4, 0);
        // Node 3 has it by anti-entropy and sends it to 2 and 2 to 1, while 0 sends it to 1.
        eager.wouldHaveGone(2, 3);
        eager.arrived(3, 2);
        eager.wouldHaveGone(1, 2);
        eager.arrived(2, 1);
        eager.arrived(0, 1);
        assertThat(eager.reached().stream()).containsExactly(0, 1, 2, 3);
    }
}
