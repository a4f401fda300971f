package dev.hearsay.core.detect;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Part;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Notices that a neighbour is silent. Whatever comes from a neighbour counts as a sign of life, so a ping is only sent where
 * there was nothing else to hear, and one ping keeps both ends of a link content.
 *
 * <p>A node doubts itself before it blames others: if its own timers come late, or none of its pings is answered, everything it waits for is
 * stretched, up to nine times, until it is well again (the local health multiplier of Dadgar, Phillips, Currey, <i>Lifeguard</i>, 2018). And it is
 * patient with a neighbour as far as the round trips to it are long and uneven (the retransmission time-out of Jacobson, <i>Congestion
 * avoidance and control</i>, 1988), so that a slow link is no reason to suspect anybody.
 *
 * <p>What it finds holds for this node's links only: it takes nobody's membership away.
 */
public final class Heartbeats implements Part {

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
        boolean isSuspected;

        Watch(long heardNanos) {
            this.heardNanos = heardNanos;
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

    private static final int MULTIPLIER_MAX = 8;
    private static final int PATIENCE_INTERVALS_MAX = 8;
    private static final int ROUNDS_PER_DEPARTED = 16;

    private final Settings settings;
    private final Context context;
    private final BooleanSupplier isAnswered;
    private final Map<NodeId, Watch> neighbours = new LinkedHashMap<>();
    private final List<NodeId> silent = new ArrayList<>();
    private final List<NodeId> departed = new ArrayList<>(0);
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
    public Heartbeats(Settings settings, Context context, BooleanSupplier isAnswered) {
        this.settings = settings;
        this.isAnswered = isAnswered;
        this.context = context;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() -> {
                next(nowNanos, context.random().nextLong(settings.intervalNanos()), effects);
            }
            case Input.Fired(Timer.HeartbeatRound round) -> {
                if (round.generation() == generation) {
                    round(nowNanos, effects);
                }
            }
            case Input.Received(NodeId from, Message.Ping ping) -> {
                effects.send(from, new Message.Pong(ping.number(), null));
                if (!neighbours.containsKey(from)) {
                    forget(from);
                    effects.tell(new Signal.Reappeared(from));
                }
            }
            case Input.Received(NodeId from, Message.Pong pong) -> {
                measure(nowNanos, from, pong);
                if (forget(from)) {
                    effects.tell(new Signal.Reappeared(from));
                }
            }
            default -> throw new IllegalArgumentException("heartbeats do not take " + input);
        }
    }

    @Override
    public void hear(long nowNanos, Signal signal, Effects effects) {
        switch (signal) {
            case Signal.Started started ->
                started.neighbours().forEach(neighbour -> neighbours.put(neighbour, new Watch(nowNanos)));
            case Signal.LinkUp up -> {
                forget(up.neighbour());
                neighbours.putIfAbsent(up.neighbour(), new Watch(nowNanos));
            }
            case Signal.LinkDown down -> {
                neighbours.remove(down.neighbour());
                switch (down.reason()) {
                    case SILENT -> silent.add(down.neighbour());
                    case LEFT -> departed.add(down.neighbour());
                    case REMOVED, UNNEEDED -> {}
                }
            }
            default -> throw new IllegalArgumentException("heartbeats do not hear " + signal);
        }
    }

    /** Stops trying to reach a lost node; false if it was not lost. */
    private boolean forget(NodeId node) {
        boolean wasSilent = silent.remove(node);
        return departed.remove(node) || wasSilent;
    }

    /** Anything that comes from a node is a sign of its life. */
    public void heard(long nowNanos, NodeId from, Effects effects) {
        isHearing = true;
        Watch watch = neighbours.get(from);
        if (watch != null) {
            if (watch.isSuspected) {
                effects.tell(new Signal.Cleared(from));
            }
            watch.heardNanos = nowNanos;
            watch.intervals = 0;
            watch.isSuspected = false;
        }
    }

    /** A ping's number is the time at which it left, so that nothing need be remembered of it. */
    private void measure(long nowNanos, NodeId from, Message.Pong pong) {
        Watch watch = neighbours.get(from);
        long roundTripNanos = nowNanos - pong.number();
        if (watch != null
                && roundTripNanos >= 0
                && roundTripNanos <= PATIENCE_INTERVALS_MAX * settings.intervalNanos()) {
            watch.measured(roundTripNanos);
        }
    }

    private void next(long nowNanos, long delayNanos, Effects effects) {
        dueNanos = nowNanos + delayNanos;
        effects.after(delayNanos, new Timer.HeartbeatRound(++generation));
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
        pinged = 0;
        List<NodeId> lost = new ArrayList<>(0);
        for (Map.Entry<NodeId, Watch> entry : neighbours.entrySet()) {
            Watch watch = entry.getValue();
            if (nowNanos - watch.heardNanos < settings.intervalNanos()) {
                continue;
            }
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
                effects.tell(new Signal.Suspected(entry.getKey(), watch.intervals));
            }
            effects.send(entry.getKey(), new Message.Ping(nowNanos));
            pinged++;
        }
        for (NodeId neighbour : lost) {
            effects.tell(new Signal.Silent(neighbour));
        }
        if (!silent.isEmpty()) {
            effects.send(silent.get(context.random().nextInt(silent.size())), new Message.Ping(nowNanos));
        }
        // Who has left comes back by itself; but a goodbye may be late, and come after the return.
        if (generation % ROUNDS_PER_DEPARTED == 0) {
            departed.forEach(node -> effects.send(node, new Message.Ping(nowNanos)));
        }
    }
}
