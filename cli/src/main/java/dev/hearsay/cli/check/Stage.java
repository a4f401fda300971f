package dev.hearsay.cli.check;

import java.util.List;

/** Checks that belong together, on one network. They run in their order, and one may build on what an earlier one has done. */
interface Stage {

    /**
     * The network that a stage needs.
     *
     * @param messages how many messages a peer makes up
     */
    record Plan(int seeds, int peers, int messages) {

        /** Such as {@code 3 seeds and 5 peers}. */
        @Override
        public String toString() {
            return seeds + " seeds and " + peers + (peers == 1 ? " peer" : " peers");
        }
    }

    String title();

    Plan plan();

    List<Check> checks();

    /** A stage of each kind, in their order; made anew for every run. */
    static List<Stage> all() {
        return List.of(
                new SocketStage(),
                new RegistrationStage(),
                new OverlayStage(),
                new DisseminationStage(),
                new DetectionStage(),
                new SecurityStage());
    }
}
