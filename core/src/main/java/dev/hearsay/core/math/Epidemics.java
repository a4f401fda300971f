package dev.hearsay.core.math;

/** What the papers predict, to hold a simulation against. */
public final class Epidemics {

    private Epidemics() {}

    /**
     * Rounds until push has reached all of n nodes: log₂ n + ln n (Pittel, <i>On spreading a rumor</i>, SIAM J. Appl.
     * Math. 47, 1987), up to O(1).
     */
    public static double pushRounds(int nodes) {
        return Math.log(nodes) / Math.log(2) + Math.log(nodes);
    }

    /**
     * The fraction of nodes that a push of the given fanout never reaches when each node pushes once, as the network
     * grows: the solution in [0, 1) of s = e<sup>-k(1-s)</sup>, the extinct part of a Poisson branching process (Kermack
     * and McKendrick 1927; for gossip, Kermarrec, Massoulié, Ganesh 2003). 1 for a fanout of at most 1.
     */
    public static double pushResidue(double fanout) {
        if (fanout <= 1) {
            return 1;
        }
        double residue = 0;
        for (int i = 0; i < 200; i++) {
            residue = Math.exp(-fanout * (1 - residue));
        }
        return residue;
    }

    /**
     * Expected residue of rumor mongering with push, feedback and coin 1/k: the solution of s = e<sup>-(k+1)(1-s)</sup>
     * (Demers et al., <i>Epidemic algorithms for replicated database maintenance</i>, 1987, section 1.4).
     */
    public static double feedbackCoinResidue(int k) {
        return pushResidue(k + 1);
    }
}
