package dev.hearsay.live.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who reads streams of events, or is connected at all. There is always room for one more: when there are as many as there may be, somebody of the host with the
 * most of them has to go, first of all who is stalled, and else who came first. So nobody can lock the owner out, from elsewhere or by connections that are left
 * open. Used on one loop.
 */
public final class Readers {

    /** One stream, or connection. */
    public interface Reader {

        /** Whether it has not taken what it was sent before, or has not said anything whole. */
        boolean isStalled();

        /** Ends it, with a word of why. */
        void dismiss(String reason);
    }

    private final int readersMax;

    /** Each with its host, in the order in which they came. */
    private final Map<Reader, String> hosts = new LinkedHashMap<>();

    private final Map<String, Integer> counts = new HashMap<>();

    public Readers(int readersMax) {
        this.readersMax = readersMax;
    }

    public int count() {
        return hosts.size();
    }

    /**
     * Adds a reader.
     *
     * @param host where it reads from
     */
    public void add(String host, Reader reader) {
        hosts.put(reader, host);
        counts.merge(host, 1, Integer::sum);
        if (hosts.size() > readersMax) {
            Reader leaving = leaving(reader);
            remove(leaving);
            leaving.dismiss(readersMax + " readers are as many as there may be, and there is a new one");
        }
    }

    public void remove(Reader reader) {
        String host = hosts.remove(reader);
        if (host != null) {
            counts.computeIfPresent(host, (known, count) -> count == 1 ? null : count - 1);
        }
    }

    private Reader leaving(Reader added) {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        Reader first = added;
        for (Map.Entry<Reader, String> entry : hosts.entrySet()) {
            Reader reader = entry.getKey();
            if (reader != added && counts.getOrDefault(entry.getValue(), 0) == most) {
                if (reader.isStalled()) {
                    return reader;
                }
                first = first == added ? reader : first;
            }
        }
        return first == added ? hosts.keySet().iterator().next() : first;
    }
}
