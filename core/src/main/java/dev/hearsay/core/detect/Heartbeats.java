package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Event;
import dev.hearsay.core.Family;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Role;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Notices that a neighbour is silent. What comes in a neighbour's name spares it a ping, but only for a few rounds: anybody can say something in
 * the name of the dead, and only the living return the number of a ping ({@link Nonces}). So a neighbour that says much is pinged every {@value
 * #PROOF_AFTER} rounds, one that says nothing every round, and without an answer what is said in its name stops counting after {@value #TRUST}.
 *
 * <p>A node doubts itself before it blames others: if its own timers come late, or none of its pings is answered, everything it waits for is
 * stretched, up to nine times, until it is well again (the local health multiplier of Dadgar, Phillips, Currey, <i>Lifeguard</i>, 2018). And it is
 * patient with a neighbour as far as the round trips to it are long and uneven (the retransmission time-out of Jacobson, <i>Congestion
 * avoidance and control</i>, 1988), so that a slow link is no reason to suspect anybody.
 *
 * <p>What it finds holds for this node's links only: it takes nobody's membership away.
 */
public final class Heartbeats implements Part {

    public static final Role ROLE =
            Role.of("heartbeats").takes(Family.HEARTBEATS).hears(Family.LIFE, Family.LINKS, Family.MEMBERS);

    /**
     * How patient a node is with its neighbours at least.
     *
     * @param intervalNanos from one look to the next
     * @param suspectAfter intervals of silence after which a neighbour is suspected
     * @param silentAfter intervals of silence after which the link is given up
     */
    public record Settings(long intervalNanos, int suspectAfter, int silentAfter) {
        private static final int INTERVALS_MAX = 10_000;

        /** A look a second, suspected after 2, given up after 5. */
        public static final Settings DEFAULT = new Settings(1_000_000_000L, 2, 5);

        public Settings {
            if (intervalNanos < 1 || suspectAfter < 1 || silentAfter <= suspectAfter || silentAfter > INTERVALS_MAX) {
                throw new IllegalArgumentException(
                        "heartbeats need a positive interval, and more intervals to give up than to suspect, up to "
                                + INTERVALS_MAX);
            }
        }
    }

    /** One neighbour. There may be millions of these in a simulation, so round trips are kept in microseconds. */
    private static final class Watch {
        private static final int MICROS_MAX = 1 << 27;

        long heardNanos;
        int smoothedMicros;
        int variationMicros;
        short intervals;

        /** Rounds since it has answered a ping. */
        byte unproven;

        boolean isSuspected;

        Watch(long heardNanos) {
            this.heardNanos = heardNanos;
        }

        void heard(long nowNanos) {
            heardNanos = nowNanos;
            intervals = 0;
        }

        /** Takes a round trip into the smoothed one and its mean deviation, with Jacobson's gains of 1/8 and 1/4. */
        void measured(long roundTripNanos) {
            int micros = (int) Math.min(MICROS_MAX, roundTripNanos / 1000);
            if (smoothedMicros == 0) {
                smoothedMicros = Math.max(1, micros);
                variationMicros = micros / 2;
                return;
            }
            variationMicros += (Math.abs(micros - smoothedMicros) - variationMicros) / 4;
            smoothedMicros = Math.max(1, smoothedMicros + (micros - smoothedMicros) / 8);
        }

        /** How long an answer may take. */
        long patienceNanos() {
            return 1000L * (smoothedMicros + 4L * variationMicros);
        }
    }

    /** Rounds after which a neighbour must answer a ping, however much is said in its name. */
    static final int PROOF_AFTER = 4;

    /** Rounds after which nothing but such an answer counts: time for some pings to be lost. */
    static final int TRUST = 8;

    private static final int MULTIPLIER_MAX = 8;
    private static final int PATIENCE_INTERVALS_MAX = 8;
    private static final int ROUNDS_PER_DEPARTED = 16;

    private final Settings settings;
    private final Context context;
    private final BooleanSupplier isAnswered;
    private final Nonces nonces;
    private final Map<NodeId, Watch> neighbours = new LinkedHashMap<>();

    /** Members that were lost, and are tried until they answer or are no members any more. */
    private final Set<NodeId> silent = new LinkedHashSet<>();

    private final Set<NodeId> departed = new LinkedHashSet<>();
    private long generation;
    private long dueNanos;
    private int multiplier;
    private int pinged;
    private boolean isHearing;

    /**
     * A node's heartbeats.
     *
     * @param isAnswered whether others have reason to answer this node; while they have not, their silence says nothing about them
     */
    public Heartbeats(Settings settings, Context context, Nonces nonces, BooleanSupplier isAnswered) {
        this.settings = settings;
        this.isAnswered = isAnswered;
        this.context = context;
        this.nonces = nonces;
    }

    @Override
    public Role role() {
        return ROLE;
    }

    @Override
    public void start(long nowNanos, Effects effects) {
        next(nowNanos, context.random().nextLong(settings.intervalNanos()), effects);
    }

    @Override
    public void fire(long nowNanos, Timer timer, Effects effects) {
        switch ((HeartbeatProtocol.Timers) timer) {
            case HeartbeatProtocol.HeartbeatRound round -> {
                if (round.generation() == generation) {
                    round(nowNanos, effects);
                }
            }
        }
    }

    @Override
    public void receive(long nowNanos, NodeId from, Message message, Effects effects) {
        switch ((HeartbeatProtocol.Messages) message) {
            case HeartbeatProtocol.Ping ping -> {
                effects.send(from, new HeartbeatProtocol.Pong(ping.number(), null));
                if (silent.contains(from) || departed.contains(from)) {
                    effects.send(from, nonces.ping(from));
                }
            }
            case HeartbeatProtocol.Pong pong -> answered(nowNanos, from, pong, effects);
        }
    }

    @Override
    public void hear(long nowNanos, Event event, Effects effects) {
        if (event instanceof Lifecycle.Started started) {
            started.neighbours().forEach(neighbour -> neighbours.put(neighbour, new Watch(nowNanos)));
        } else if (event instanceof LinkProtocol.LinkUp up) {
            forget(up.neighbour());
            neighbours.putIfAbsent(up.neighbour(), new Watch(nowNanos));
        } else if (event instanceof LinkProtocol.LinkDown down) {
            neighbours.remove(down.neighbour());
            switch (down.reason()) {
                case SILENT -> silent.add(down.neighbour());
                case LEFT -> departed.add(down.neighbour());
                case REMOVED, UNNEEDED -> {}
            }
        } else if (event instanceof MembershipProtocol.MemberRemoved removed) {
            forget(removed.member());
        } else if (event instanceof MembershipProtocol.MemberDismissed dismissed) {
            forget(dismissed.member());
        }
    }

    /** Stops trying to reach a lost node; false if it was not lost. */
    private boolean forget(NodeId node) {
        boolean wasSilent = silent.remove(node);
        return departed.remove(node) || wasSilent;
    }

    /** Something has come in this node's name. */
    public void heard(long nowNanos, NodeId from) {
        isHearing = true;
        Watch watch = neighbours.get(from);
        if (watch != null && watch.unproven < TRUST && !watch.isSuspected) {
            watch.heard(nowNanos);
        }
    }

    /** Takes the answer to a ping, if it is one: if it returns what only the node that was pinged can know. */
    private void answered(long nowNanos, NodeId from, HeartbeatProtocol.Pong pong, Effects effects) {
        if (!nonces.isKnown(from, pong.number())) {
            return;
        }
        isHearing = true;
        Watch watch = neighbours.get(from);
        if (watch != null) {
            long roundTripNanos = nonces.roundTripNanos(nowNanos, pong.number());
            if (roundTripNanos >= 0 && roundTripNanos <= PATIENCE_INTERVALS_MAX * settings.intervalNanos()) {
                watch.measured(roundTripNanos);
            }
            watch.heard(nowNanos);
            watch.unproven = 0;
            if (watch.isSuspected) {
                watch.isSuspected = false;
                effects.tell(new HeartbeatProtocol.Cleared(from));
            }
        }
        if (forget(from)) {
            effects.tell(new HeartbeatProtocol.Reappeared(from));
        }
    }

    private void next(long nowNanos, long delayNanos, Effects effects) {
        dueNanos = nowNanos + delayNanos;
        effects.after(delayNanos, new HeartbeatProtocol.HeartbeatRound(++generation));
    }

    /**
     * Looks at the node itself before it looks at the others.
     *
     * @return whether this round may count against the others
     */
    private boolean isSound(long nowNanos) {
        long lateNanos = nowNanos - dueNanos;
        // A single neighbour that does not answer says more about the neighbour.
        boolean isDeaf = pinged > 1 && !isHearing;
        boolean isIll = isDeaf || lateNanos > settings.intervalNanos() / 2;
        boolean isNewlyDeaf = isDeaf && multiplier == 0;
        multiplier = Math.clamp(multiplier + (isIll ? 1 : -1), 0, MULTIPLIER_MAX);
        isHearing = false;
        // What a node did not hear while it was held up is not the others' fault.
        return !isNewlyDeaf && lateNanos <= stretchedNanos();
    }

    private long stretchedNanos() {
        return (multiplier + 1) * settings.intervalNanos();
    }

    private void round(long nowNanos, Effects effects) {
        boolean isSound = isSound(nowNanos) && isAnswered.getAsBoolean();
        next(nowNanos, stretchedNanos(), effects);
        nonces.begin(nowNanos);
        pinged = 0;
        List<NodeId> lost = new ArrayList<>(0);
        for (Map.Entry<NodeId, Watch> entry : neighbours.entrySet()) {
            Watch watch = entry.getValue();
            if (isSound) {
                watch.unproven = (byte) Math.min(TRUST, watch.unproven + 1);
            }
            if (nowNanos - watch.heardNanos >= settings.intervalNanos()) {
                if (isSound) {
                    watch.intervals++;
                }
                long slack = Math.min(PATIENCE_INTERVALS_MAX, watch.patienceNanos() / settings.intervalNanos());
                if (watch.intervals >= settings.silentAfter() + slack) {
                    lost.add(entry.getKey());
                    continue;
                }
                if (watch.intervals >= settings.suspectAfter() + slack && !watch.isSuspected) {
                    watch.isSuspected = true;
                    effects.tell(new HeartbeatProtocol.Suspected(entry.getKey(), watch.intervals));
                }
            } else if (watch.unproven < PROOF_AFTER) {
                continue;
            }
            effects.send(entry.getKey(), nonces.timed(entry.getKey()));
            pinged++;
        }
        for (NodeId neighbour : lost) {
            effects.tell(new HeartbeatProtocol.Silent(neighbour));
        }
        if (!silent.isEmpty()) {
            NodeId tried = List.copyOf(silent).get(context.random().nextInt(silent.size()));
            effects.send(tried, nonces.ping(tried));
        }
        // Who has left comes back by itself; but a goodbye may be late, and come after the return.
        if (generation % ROUNDS_PER_DEPARTED == 0) {
            departed.forEach(node -> effects.send(node, nonces.ping(node)));
        }
    }
}
