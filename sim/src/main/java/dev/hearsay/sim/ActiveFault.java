package dev.hearsay.sim;

/** A fault that has struck. Two of the same fault are two. */
final class ActiveFault {

    private final Fault fault;
    private final int[] victims;
    private final int[] lives;

    /**
     * Notes it.
     *
     * @param victims the nodes it has hit
     * @param lives in which of its lives each was hit
     */
    ActiveFault(Fault fault, int[] victims, int[] lives) {
        this.fault = fault;
        this.victims = victims;
        this.lives = lives;
    }

    Fault fault() {
        return fault;
    }

    int[] victims() {
        return victims;
    }

    int[] lives() {
        return lives;
    }
}
