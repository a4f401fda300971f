package dev.hearsay.web.picture;

import dev.hearsay.core.RumorId;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The way of one message through the network. */
public final class MessageModel {

    private static final int DUPLICATE_LINKS_MAX = 4096;
    private static final long UNKNOWN = -1;

    /**
     * The first copy that a node got.
     *
     * @param from the node that sent it; -1 if it is not known, or there is none
     */
    record Arrival(int node, int from, long atMicros, int hops) {}

    /** The first copy over a link that nobody needed. */
    record Copy(int from, int to, long atMicros) {}

    /** More hops than this count as so many; nothing but an error needs them. */
    private static final int HOPS_MAX = 255;

    /** When so many of the nodes that have it had it, in microseconds after its publication. */
    record Times(long half, long ninetyPercent, long last) {}

    final int number;
    final RumorId id;
    int origin = -1;
    private long publishedMicros = UNKNOWN;
    private long firstMicros = Long.MAX_VALUE;
    final Map<Integer, Arrival> arrivals = new LinkedHashMap<>();
    private final Map<Long, Copy> copies = new LinkedHashMap<>();
    int duplicates;

    @Nullable
    String text;

    MessageModel(int number, RumorId id) {
        this.number = number;
        this.id = id;
    }

    void published(long atMicros) {
        publishedMicros = atMicros;
    }

    /** Returns whether it is the first at that node. */
    boolean arrived(Arrival arrival) {
        firstMicros = Math.min(firstMicros, arrival.atMicros());
        return arrivals.putIfAbsent(arrival.node(), arrival) == null;
    }

    /** Returns whether the link is one that is remembered. */
    boolean duplicated(Copy copy) {
        duplicates++;
        long link = (long) copy.from() << 32 | copy.to();
        return copies.size() < DUPLICATE_LINKS_MAX && copies.putIfAbsent(link, copy) == null;
    }

    /** Lets go of some nodes. */
    void forget(IntPredicate which) {
        origin = origin >= 0 && which.test(origin) ? -1 : origin;
        arrivals.keySet().removeIf(which::test);
        arrivals.replaceAll((node, arrival) -> arrival.from() >= 0 && which.test(arrival.from())
                ? new Arrival(node, -1, arrival.atMicros(), arrival.hops())
                : arrival);
        copies.values().removeIf(copy -> which.test(copy.to()) || (copy.from() >= 0 && which.test(copy.from())));
    }

    Collection<Copy> copies() {
        return copies.values();
    }

    /** How many nodes it reached after 0, 1, 2 … hops. */
    int[] hops() {
        int[] counts = new int[HOPS_MAX + 1];
        int most = -1;
        for (Arrival arrival : arrivals.values()) {
            int hops = Math.clamp(arrival.hops(), 0, HOPS_MAX);
            counts[hops]++;
            most = Math.max(most, hops);
        }
        return Arrays.copyOf(counts, most + 1);
    }

    /** When it was published; of a message that was published out of sight, when it was first seen. */
    long beginMicros() {
        return publishedMicros == UNKNOWN ? firstMicros : publishedMicros;
    }

    Times times() {
        long[] delays = arrivals.values().stream()
                .mapToLong(arrival -> Math.max(0, arrival.atMicros() - beginMicros()))
                .toArray();
        if (delays.length == 0) {
            return new Times(0, 0, 0);
        }
        Arrays.sort(delays);
        int last = delays.length - 1;
        return new Times(delays[last / 2], delays[(int) Math.ceil(last * 0.9)], delays[last]);
    }
}
