package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Random64;
import org.junit.jupiter.api.Test;

class EagerReachTest {

    @Test
    void onlyUnbrokenChainsFromThePublisherCount() {
        EagerReach eager = new EagerReach(6, 0, 0, new Random64(1));
        eager.arrived(0, 1);
        eager.arrived(3, 4);
        eager.arrived(4, 5);
        assertThat(eager.reached().stream()).containsExactly(0, 1);
    }

    @Test
    void aChainThatAntiEntropyBeganIsClosedByACopyThatComesLater() {
        EagerReach eager = new EagerReach(6, 0, 0, new Random64(1));
        eager.arrived(4, 5);
        eager.arrived(3, 4);
        eager.arrived(0, 1);
        eager.arrived(1, 3);
        assertThat(eager.reached().stream()).containsExactly(0, 1, 3, 4, 5);
    }

    @Test
    void whatCameAgainstTheChainCountsAsGoneAlongIt() {
        EagerReach eager = new EagerReach(4, 0, 0, new Random64(1));
        // A ring. Node 3 has it by anti-entropy of 0 and sends it to 2, and 2 to 1, while 0 sends it to 1.
        eager.turned(3, 0, new int[] {2, 0});
        eager.relayed(3, new int[] {2});
        eager.turned(2, 3, new int[] {1, 3});
        eager.arrived(3, 2);
        eager.relayed(2, new int[] {1});
        eager.arrived(0, 1);
        eager.arrived(2, 1);
        eager.arrived(1, 2);
        assertThat(eager.reached().stream()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whoWouldNotHaveBeenDrawnDoesNotCount() {
        EagerReach eager = new EagerReach(5, 0, 0, new Random64(1));
        // Node 2 has it from 3, which is outside of the chain, and has drawn 4, not 1: so it would not have drawn 3.
        eager.turned(2, 3, new int[] {1, 3, 4});
        eager.arrived(3, 2);
        eager.relayed(2, new int[] {4});
        eager.arrived(2, 4);
        eager.arrived(0, 1);
        eager.arrived(1, 2);
        assertThat(eager.reached().stream()).containsExactly(0, 1, 2, 4);
    }
}
