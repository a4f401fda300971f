package dev.hearsay.sim;

/** What a checker has found, before the run it happened in is told. */
final class BrokenInvariant extends RuntimeException {

    BrokenInvariant(String what) {
        super(what);
    }
}
