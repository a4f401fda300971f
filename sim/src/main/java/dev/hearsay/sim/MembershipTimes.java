package dev.hearsay.sim;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long it takes to become a member, and to be no more; and what the latter costs. */
final class MembershipTimes {

    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Hosts hosts;

    /** Since when a peer has wanted to be registered; unknown when it is, or has not begun. */
    private final long[] waitingSinceNanos;

    /** When those died of whom the seeds did not know yet. */
    private final Map<MembershipChecker.Life, Long> deathNanos = new HashMap<>();

    /** Of those who died and were removed: when the last of the others has heard it. */
    private final Map<MembershipChecker.Life, Long> goneNanos = new HashMap<>();

    private final Map<MembershipChecker.Life, Long> diedNanos = new HashMap<>();
    private long registrations;
    private double registrationNanos;
    private double registrationNanosMax;
    private long detections;
    private double detectionNanos;
    private long removals;
    private long falseRemovals;
    private long removalMessages;

    MembershipTimes(Hosts hosts) {
        this.hosts = hosts;
        this.waitingSinceNanos = new long[hosts.count()];
    }

    void booted(long nowNanos, int node) {
        waitingSinceNanos[node] = nowNanos;
    }

    void applied(long nowNanos, int node) {
        if (waitingSinceNanos[node] == UNKNOWN) {
            waitingSinceNanos[node] = nowNanos;
        }
    }

    void registered(long nowNanos, int node) {
        if (waitingSinceNanos[node] != UNKNOWN) {
            double tookNanos = nowNanos - waitingSinceNanos[node];
            waitingSinceNanos[node] = UNKNOWN;
            registrations++;
            registrationNanos += tookNanos;
            registrationNanosMax = Math.max(registrationNanosMax, tookNanos);
        }
    }

    /** A peer died; as a member in this life, unless that is null. */
    void crashed(long nowNanos, int node, MembershipChecker.@Nullable Life life) {
        waitingSinceNanos[node] = UNKNOWN;
        if (life != null) {
            deathNanos.put(life, nowNanos);
        }
    }

    /** A quorum has removed a peer, which may live all the same. */
    void removed(long nowNanos, MembershipChecker.Life life, int node, boolean isAlive) {
        removals++;
        falseRemovals += isAlive ? 1 : 0;
        Long death = deathNanos.remove(life);
        if (death != null && !isAlive) {
            detections++;
            detectionNanos += nowNanos - death;
            diedNanos.put(life, death);
        }
    }

    /** Somebody has heard of a removal. */
    void gone(long nowNanos, MembershipChecker.Life life) {
        Long death = diedNanos.get(life);
        if (death != null) {
            goneNanos.put(life, nowNanos - death);
        }
    }

    /** Counts what is said only because somebody is thought to be dead. Of a seed's pings those count that are to a member. */
    void leaves(int from, int to, Message message) {
        boolean isOfRemoval = message instanceof SuspicionProtocol.Messages
                || message instanceof RemovalProtocol.Reports
                || message instanceof RemovalProtocol.Notices
                || message instanceof VotingProtocol.ProposeRemove
                || (message instanceof VotingProtocol.Vote vote
                        && vote.statement().change() == Change.REMOVE)
                || (message instanceof HeartbeatProtocol.Ping
                        && from >= hosts.count()
                        && waitingSinceNanos[to] == UNKNOWN);
        removalMessages += isOfRemoval ? 1 : 0;
    }

    /** The value of a measure about membership; NaN if it has none. */
    double value(Measure measure) {
        return switch (measure) {
            case REGISTRATION -> registrationNanos / registrations / NANOS_PER_MILLI;
            case REGISTRATION_MAX -> registrations == 0 ? Double.NaN : registrationNanosMax / NANOS_PER_MILLI;
            case DETECTION -> detectionNanos / detections / NANOS_PER_MILLI;
            case REMOVAL ->
                goneNanos.values().stream().mapToLong(Long::longValue).average().orElse(Double.NaN) / NANOS_PER_MILLI;
            case REMOVALS -> removals;
            case FALSE_REMOVALS -> falseRemovals;
            case REMOVAL_MESSAGES -> removals == 0 ? Double.NaN : (double) removalMessages / removals;
            default -> throw new IllegalArgumentException(measure.label() + " is not about membership");
        };
    }
}
