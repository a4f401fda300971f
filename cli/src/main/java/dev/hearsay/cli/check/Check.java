package dev.hearsay.cli.check;

/**
 * Something that must hold of a network.
 *
 * @param title what, as the document of test cases has it
 */
record Check(String title, Proof proof) {

    /** Finds out whether it holds. */
    interface Proof {

        /**
         * Looks, and waits where it may take a while.
         *
         * @return the evidence that it holds: numbers, addresses, times
         * @throws CheckFailure if it does not
         */
        String of(TestNetwork network) throws Exception;
    }
}
