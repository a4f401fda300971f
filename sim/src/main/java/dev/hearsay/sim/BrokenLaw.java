package dev.hearsay.sim;

/** What a checker has found, before the run it happened in is told. */
final class BrokenLaw extends RuntimeException {

    BrokenLaw(String what) {
        super(what);
    }
}
