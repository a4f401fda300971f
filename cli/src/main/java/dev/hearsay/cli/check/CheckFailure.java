package dev.hearsay.cli.check;

/** What was found instead of what must hold. */
final class CheckFailure extends Exception {

    private static final long serialVersionUID = 1;

    CheckFailure(String found) {
        super(found);
    }

    /** Demands that something holds. */
    static void unless(boolean holds, String found) throws CheckFailure {
        if (!holds) {
            throw new CheckFailure(found);
        }
    }
}
