package dev.hearsay.core.math;

/** Majorities of a fixed electorate: ⌊n/2⌋+1 of all who may vote, whether they can be reached or not. */
public final class Quorum {

    /** How a vote stands. */
    public enum Outcome {
        /** Enough have said yes; whatever else comes cannot change it. */
        APPROVED,
        /** So many have said no that yes can no longer reach a quorum. */
        REJECTED,
        /** The votes that are still out decide. */
        OPEN
    }

    private Quorum() {}

    /** The smallest number of voters of which any two such sets have one in common. */
    public static int size(int voters) {
        if (voters < 1) {
            throw new IllegalArgumentException("a vote needs at least 1 voter, not " + voters);
        }
        return voters / 2 + 1;
    }

    /** How a vote of so many voters stands after these answers. */
    public static Outcome outcome(int voters, int yes, int no) {
        if (yes < 0 || no < 0 || yes + no > voters) {
            throw new IllegalArgumentException(yes + " yes and " + no + " no are not votes of " + voters + " voters");
        }
        int needed = size(voters);
        if (yes >= needed) {
            return Outcome.APPROVED;
        }
        return voters - no < needed ? Outcome.REJECTED : Outcome.OPEN;
    }
}
