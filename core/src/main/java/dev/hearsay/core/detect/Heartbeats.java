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

/**
 * Notices that a neighbour is silent. Whatever comes from a neighbour counts as a sign of life, so a ping is only sent where
 * there was nothing else to hear, and one ping keeps both ends of a link content.
 *
 * <p>What it finds holds for this node's links only: it takes nobody's membership away.
 */
public final class Heartbeats implements Part {

    /**
     * How patient a node is with its neighbours.
     *
     * @param intervalNanos from one look to the next
     * @param suspectAfter intervals of silence after which a neighbour is suspected
     * @param silentAfter intervals of silence after which the link is given up
     */
    public record Settings(long intervalNanos, int suspectAfter, int silentAfter) {
        /** A look a second, suspected after 2, given up after 5. */
        public static final Settings DEFAULT = new Settings(1_000_000_000L, 2, 5);

        public Settings {
            if (intervalNanos < 1 || suspectAfter < 1 || silentAfter <= suspectAfter) {
                throw new IllegalArgumentException(
                        "heartbeats need a positive interval, and more intervals to give up than to suspect");
            }
        }
    }

    private static final class Watch {
        long heardNanos;
        int intervals;

        Watch(long heardNanos) {
            this.heardNanos = heardNanos;
        }
    }

    private static final int ROUNDS_PER_DEPARTED = 16;

    private final Settings settings;
    private final Context context;
    private final Map<NodeId, Watch> neighbours = new LinkedHashMap<>();
    private final List<NodeId> silent = new ArrayList<>();
    private final List<NodeId> departed = new ArrayList<>(0);
    private long generation;
    private long roundNanos;

    public Heartbeats(Settings settings, Context context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void step(long nowNanos, Input input, Effects effects) {
        switch (input) {
            case Input.Started() -> {
                roundNanos = nowNanos;
                long phase = context.random().nextLong(settings.intervalNanos());
                effects.after(phase, new Timer.HeartbeatRound(++generation));
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
        Watch watch = neighbours.get(from);
        if (watch != null) {
            if (watch.intervals >= settings.suspectAfter) {
                effects.tell(new Signal.Cleared(from));
            }
            watch.heardNanos = nowNanos;
            watch.intervals = 0;
        }
    }

    private void round(long nowNanos, Effects effects) {
        effects.after(settings.intervalNanos(), new Timer.HeartbeatRound(++generation));
        // A round that comes late says that this node was held up; what it did not hear meanwhile is not the others'
        // fault.
        boolean wasHeldUp = nowNanos - roundNanos > 2 * settings.intervalNanos();
        roundNanos = nowNanos;
        List<NodeId> lost = new ArrayList<>(0);
        for (Map.Entry<NodeId, Watch> entry : neighbours.entrySet()) {
            Watch watch = entry.getValue();
            if (nowNanos - watch.heardNanos < settings.intervalNanos()) {
                continue;
            }
            if (!wasHeldUp) {
                watch.intervals++;
            }
            if (watch.intervals >= settings.silentAfter) {
                lost.add(entry.getKey());
                continue;
            }
            if (watch.intervals == settings.suspectAfter && !wasHeldUp) {
                effects.tell(new Signal.Suspected(entry.getKey(), watch.intervals));
            }
            effects.send(entry.getKey(), new Message.Ping(generation));
        }
        for (NodeId neighbour : lost) {
            effects.tell(new Signal.Silent(neighbour));
        }
        if (!silent.isEmpty()) {
            effects.send(silent.get(context.random().nextInt(silent.size())), new Message.Ping(generation));
        }
        // Who has left comes back by itself; but a goodbye may be late, and come after the return.
        if (generation % ROUNDS_PER_DEPARTED == 0) {
            departed.forEach(node -> effects.send(node, new Message.Ping(generation)));
        }
    }
}
