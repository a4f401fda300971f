package dev.hearsay.sim;

import java.util.Arrays;

/** When each peer was out of reach of others: down, paused, slow, or in a network with a partition or a cut. */
final class Reachability {

    /** Up to here a removal by mere bad luck is so unlikely that it counts as an invariant violation. */
    private static final double LOSS_MAX = 0.1;

    private static final double LATENCY_NANOS_MAX = 200e6;

    /** Whoever was out of reach may still be removed for it so long afterwards: a vote, and a round of questions to witnesses before it. */
    private static final long AFTERMATH_NANOS = 20_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final Hosts hosts;
    private boolean isHeld;
    private final long suspicionNanos;

    /** Since when a peer is out of reach; {@link #NEVER} if it is not. */
    private final long[] sinceNanos;

    /** When a peer was last out of reach, counting only times longer than the suspicion time. */
    private final long[] endedNanos;

    Reachability(SimulationSpec spec, Hosts hosts) {
        this.hosts = hosts;
        this.isHeld =
                spec.network().loss() <= LOSS_MAX && spec.network().latency().meanNanos() <= LATENCY_NANOS_MAX;
        this.suspicionNanos = Hosts.SUSPECT_AFTER * spec.protocol().heartbeatNanos();
        this.sinceNanos = new long[spec.nodes()];
        this.endedNanos = new long[spec.nodes()];
        Arrays.fill(sinceNanos, NEVER);
        Arrays.fill(endedNanos, NEVER);
    }

    /** Faults have struck, or are over. */
    void refresh(long nowNanos, Network network) {
        for (int node = 0; node < sinceNanos.length; node++) {
            boolean isOut = !hosts.isRunning(node) || network.isDivided() || network.slowNanos(node) > 0;
            if (isOut && sinceNanos[node] == NEVER) {
                sinceNanos[node] = nowNanos;
            } else if (!isOut && sinceNanos[node] != NEVER) {
                if (nowNanos - sinceNanos[node] >= suspicionNanos) {
                    endedNanos[node] = nowNanos;
                }
                sinceNanos[node] = NEVER;
            }
        }
    }

    /** From now on anybody may be removed: messages are lost on purpose. */
    void excuse() {
        isHeld = false;
    }

    /** Whether there is no excuse for removing a peer that lives. */
    boolean isBlameless(long nowNanos, int node) {
        boolean isLongOut = sinceNanos[node] != NEVER && nowNanos - sinceNanos[node] >= suspicionNanos;
        boolean wasLongOut = endedNanos[node] != NEVER && nowNanos - endedNanos[node] <= AFTERMATH_NANOS;
        return isHeld && !isLongOut && !wasLongOut;
    }
}
