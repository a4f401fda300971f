package dev.hearsay.cli.check;

/** What was found instead of what must hold. */
final class Unmet extends Exception {

    private static final long serialVersionUID = 1;

    Unmet(String found) {
        super(found);
    }

    /** Demands that something holds. */
    static void unless(boolean holds, String found) throws Unmet {
        if (!holds) {
            throw new Unmet(found);
        }
    }
}
