package dev.hearsay.core.spread;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far each rumor has come, seen from where the events of all nodes come together: a host, a command that watches, a
 * simulation. Finds out when every live node has a rumor, once per rumor. The events of different nodes may come in any order.
 *
 * <p>A node counts as live from its first event, or {@link #include}, until it departs or is stopped. When one goes, what only
 * it lacked has converged.
 */
public final class Coverage {

    /** Hears that a rumor has reached every live node. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A rumor has reached every live node.
         *
         * @param atMicros when the last one got it, or when the last one that lacked it went
         * @param origin who published it
         */
        void onConverged(long atMicros, NodeId origin, RumorProtocol.Converged converged);
    }

    /**
     * How far one rumor has come.
     *
     * @param of how many nodes are live
     * @param reached how many of these have it
     * @param delaysMicros from its publication to each arrival, ascending, the origin's 0 included; of nodes that are gone too
     * @param duplicates copies that came to nodes that had it
     * @param hopsMax links crossed to the farthest node
     * @param hasConverged whether all live nodes had it at some time
     */
    @SuppressWarnings("ArrayRecordComponent") // a copy, and nobody compares it
    public record Reach(int reached, int of, long[] delaysMicros, int duplicates, int hopsMax, boolean hasConverged) {}

    private static final int UNKNOWN = -1;
    private static final int HISTORY_MIN = 16;

    /** One rumor's way through the network. */
    private static final class Track {
        @Nullable
        NodeId origin;

        long publishedMicros = UNKNOWN;
        long firstMicros = Long.MAX_VALUE;
        long lastMicros;
        long[] has = new long[1];
        long @Nullable [] arrivals;
        int arrivalCount;
        int liveCount;
        int duplicates;
        int hopsMax;
        boolean hasConverged;

        boolean has(int node) {
            int word = node >> 6;
            return word < has.length && (has[word] & (1L << node)) != 0;
        }

        void set(int node) {
            int word = node >> 6;
            if (word >= has.length) {
                has = Arrays.copyOf(has, word + 1);
            }
            has[word] |= 1L << node;
        }

        void clear(int node) {
            int word = node >> 6;
            if (word < has.length) {
                has[word] &= ~(1L << node);
            }
        }
    }

    private final int rumorsMax;
    private final boolean keepsArrivals;
    private final Listener listener;
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final List<Boolean> live = new ArrayList<>();
    private final LinkedHashMap<RumorId, Track> tracks = new LinkedHashMap<>();
    private int liveCount;

    /**
     * A tracker that has seen nothing yet.
     *
     * @param rumorsMax the oldest rumors are let go beyond this many, converged or not
     * @param keepsArrivals whether {@link Reach#delaysMicros} is wanted: eight bytes per rumor and node
     */
    public Coverage(int rumorsMax, boolean keepsArrivals, Listener listener) {
        if (rumorsMax < HISTORY_MIN) {
            throw new IllegalArgumentException("a history of " + rumorsMax + " rumors is too short");
        }
        this.rumorsMax = rumorsMax;
        this.keepsArrivals = keepsArrivals;
        this.listener = listener;
    }

    /** Counts a node as live before it has said anything. */
    public void include(NodeId node) {
        setLive(numberOf(node), true);
    }

    /** How many nodes are live. */
    public int liveNodes() {
        return liveCount;
    }

    /**
     * Takes an event in.
     *
     * @param atMicros by a clock that all nodes share
     */
    public void observe(long atMicros, NodeId node, Event event) {
        if (event instanceof RumorProtocol.Published published) {
            Track track = track(published.id());
            // A version may be put in at several nodes; the first counts.
            if (track.publishedMicros == UNKNOWN || atMicros < track.publishedMicros) {
                track.origin = node;
                track.publishedMicros = atMicros;
            }
            reached(atMicros, numberOf(node), published.id(), track);
        } else if (event instanceof RumorProtocol.Delivered delivered) {
            Track track = track(delivered.id());
            if (track.origin == null) {
                track.origin = delivered.origin();
            }
            track.hopsMax = Math.max(track.hopsMax, delivered.hops());
            reached(atMicros, numberOf(node), delivered.id(), track);
        } else if (event instanceof RumorProtocol.Duplicate duplicate) {
            Track track = tracks.get(duplicate.id());
            if (track != null) {
                track.duplicates++;
            }
        } else if (event instanceof Lifecycle.Started started) {
            begun(numberOf(node), started.remembered());
        } else if (event instanceof Lifecycle.Departed || event instanceof Lifecycle.Stopped) {
            gone(atMicros, node);
        }
    }

    /** How far the rumor has come; null if it was never heard of, or has been let go. */
    public @Nullable Reach reach(RumorId id) {
        Track track = tracks.get(id);
        if (track == null) {
            return null;
        }
        long[] delays = track.arrivals == null ? new long[0] : Arrays.copyOf(track.arrivals, track.arrivalCount);
        for (int i = 0; i < delays.length; i++) {
            delays[i] = Math.max(0, delays[i] - begin(track));
        }
        Arrays.sort(delays);
        return new Reach(track.liveCount, liveCount, delays, track.duplicates, track.hopsMax, track.hasConverged);
    }

    private static long begin(Track track) {
        return track.publishedMicros == UNKNOWN ? track.firstMicros : track.publishedMicros;
    }

    private Track track(RumorId id) {
        Track track = tracks.get(id);
        if (track == null) {
            track = new Track();
            tracks.put(id, track);
            if (tracks.size() > rumorsMax) {
                tracks.pollFirstEntry();
            }
        }
        return track;
    }

    private int numberOf(NodeId node) {
        Integer number = numbers.get(node);
        if (number == null) {
            number = numbers.size();
            numbers.put(node, number);
            live.add(false);
            setLive(number, true);
        }
        return number;
    }

    private void setLive(int number, boolean isLive) {
        if (live.get(number) == isLive) {
            return;
        }
        live.set(number, isLive);
        liveCount += isLive ? 1 : -1;
        for (Track track : tracks.values()) {
            if (track.has(number)) {
                track.liveCount += isLive ? 1 : -1;
            }
        }
    }

    private void reached(long atMicros, int number, RumorId id, Track track) {
        if (track.has(number)) {
            return;
        }
        track.set(number);
        track.firstMicros = Math.min(track.firstMicros, atMicros);
        track.lastMicros = Math.max(track.lastMicros, atMicros);
        if (keepsArrivals) {
            long[] arrivals = track.arrivals == null ? new long[8] : track.arrivals;
            arrivals = track.arrivalCount == arrivals.length ? Arrays.copyOf(arrivals, 2 * arrivals.length) : arrivals;
            arrivals[track.arrivalCount++] = atMicros;
            track.arrivals = arrivals;
        }
        if (live.get(number)) {
            track.liveCount++;
        }
        announceIfConverged(track.lastMicros, id, track);
    }

    /** A node that remembers nothing must get everything again. */
    private void begun(int number, int remembered) {
        if (remembered == 0) {
            for (Track track : tracks.values()) {
                if (track.has(number)) {
                    track.clear(number);
                    track.liveCount -= live.get(number) ? 1 : 0;
                }
            }
        }
        setLive(number, true);
    }

    private void gone(long atMicros, NodeId node) {
        int number = numberOf(node);
        if (!live.get(number)) {
            return;
        }
        setLive(number, false);
        tracks.forEach((id, track) -> announceIfConverged(atMicros, id, track));
    }

    private void announceIfConverged(long atMicros, RumorId id, Track track) {
        if (track.hasConverged || liveCount == 0 || track.liveCount < liveCount) {
            return;
        }
        track.hasConverged = true;
        NodeId origin = Objects.requireNonNull(track.origin, "a rumor that was seen has an origin");
        long micros = Math.max(0, track.lastMicros - begin(track));
        listener.onConverged(
                atMicros, origin, new RumorProtocol.Converged(id, track.liveCount, micros, track.duplicates));
    }
}
