package dev.hearsay.sim;

import java.util.Arrays;
import java.util.List;

/** What is measured of a run, and the names by which results are printed. */
public enum Measure {
    /** The fraction of live nodes that eager spreading alone has not reached when it falls silent, or time is up. */
    RESIDUE("residue", "", 0),
    /** Messages with the rumor in them, sent per node of the network; of repairs, each rumor in them counts. */
    TRAFFIC("traffic", "messages/node", 0),
    /** Copies that came to a node that had the rumor, per delivery. */
    REDUNDANCY("redundancy", "duplicates/delivery", 0),
    /** Time from the publication until half of the live nodes had the rumor, its publisher included. */
    T50("t50", "ms", 50),
    T90("t90", "ms", 90),
    T99("t99", "ms", 99),
    /** Until all had it, whether by eager spreading or by anti-entropy. */
    T100("t100", "ms", 100),
    /** Links crossed until half of the live nodes had the rumor, by the copy that came first. */
    HOPS50("hops50", "", 50),
    HOPS90("hops90", "", 90),
    HOPS99("hops99", "", 99),
    /** Links crossed until all had it. */
    HOPS("hops", "", 100),
    /** The fraction of live nodes that had the rumor at the end. */
    COVERAGE("coverage", "", 0),
    /** All other messages of the run, sent per node. */
    CONTROL("control", "messages/node", 0),
    /** Time from the last delivery of a version until all nodes know that everybody has it. */
    COMMIT("commit", "ms", 0),
    /** Time from the start of a peer, or from its removal, until it is registered. */
    REGISTRATION("registration", "ms", 0),
    /** The longest of these. */
    REGISTRATION_MAX("registrationMax", "ms", 0),
    /** Time from the death of a member until a quorum of seeds has removed it. */
    DETECTION("detection", "ms", 0),
    /** Until the last of the others has heard of it. */
    REMOVAL("removal", "ms", 0),
    /** Peers that were removed, each life counted. */
    REMOVALS("removals", "", 0),
    /** Those among them that were up. */
    FALSE_REMOVALS("falseRemovals", "", 0),
    /** Messages sent only because somebody was thought to be dead, per removal. */
    REMOVAL_MESSAGES("removalMessages", "messages/removal", 0),
    /** Bytes of the messages of {@link #TRAFFIC}, sent per node; of those who count them. */
    TRAFFIC_BYTES("trafficBytes", "bytes/node", 0),
    /** Bytes of the messages of {@link #CONTROL}. */
    CONTROL_BYTES("controlBytes", "bytes/node", 0),
    /** Events handled by the simulator. */
    EVENTS("events", "", 0),
    /** What the run took in the time of its caller. */
    WALL_MILLIS("wallMillis", "ms", 0);

    private final String label;
    private final String unit;
    private final double percent;

    Measure(String label, String unit, double percent) {
        this.label = label;
        this.unit = unit;
        this.percent = percent;
    }

    /** What is measured of such a network; bytes not among it, as the simulator has no idea of them. */
    public static List<Measure> of(SimulationSpec spec) {
        return Arrays.stream(values()).filter(measure -> measure.isOf(spec)).toList();
    }

    boolean isOf(SimulationSpec spec) {
        return switch (this) {
            case COMMIT -> spec.publishing().kind() == SimulationSpec.Publishing.Kind.VERSIONS;
            case TRAFFIC_BYTES, CONTROL_BYTES -> false;
            default -> spec.seeds() > 0 || !isOfMembership();
        };
    }

    /** Whether there is such a thing only where seeds decide who is a member. */
    public boolean isOfMembership() {
        return switch (this) {
            case REGISTRATION, REGISTRATION_MAX, DETECTION, REMOVAL, REMOVALS, FALSE_REMOVALS, REMOVAL_MESSAGES -> true;
            default -> false;
        };
    }

    /**
     * What is known of its values in such a network: where rumors may die out, a run in which one does is unlike the others, and so is one that has none as time
     * was up; and where seeds decide, one in which somebody tries again after a loss, or is removed once more than usual.
     */
    Estimate.Kind kind(SimulationSpec spec, double... values) {
        boolean isAlike = !spec.mayLoseRumors()
                && !isOfMembership()
                && Arrays.stream(values).noneMatch(Double::isNaN);
        return switch (this) {
            case RESIDUE, COVERAGE ->
                isAlike && Arrays.stream(values).distinct().count() <= 1 ? Estimate.Kind.ALIKE : Estimate.Kind.SHARES;
            default -> isAlike ? Estimate.Kind.ALIKE : Estimate.Kind.MIXED;
        };
    }

    /** Whether it is about how far a rumor has come, so that there is none where it has not. */
    public boolean isOfReach() {
        return percent > 0;
    }

    /** The name in results. */
    public String label() {
        return label;
    }

    /** The unit; empty for plain numbers. */
    public String unit() {
        return unit;
    }

    /** Of times and hops: the percentage of nodes they are about. */
    double percent() {
        return percent;
    }
}
