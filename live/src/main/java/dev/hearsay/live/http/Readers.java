package dev.hearsay.live.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who reads streams of events. There is always room for one more: when there are as many as there may be, somebody of the host with the most of them has
 * to go, first of all who does not read, and else who came first. So nobody can lock the owner out, from elsewhere or by connections that are left open.
 * Used on one loop.
 */
public final class Readers {

    /** One stream. */
    public interface Reader {

        /** Whether it has not taken what it was sent before. */
        boolean isStalled();

        /** Ends it, with a word of why. */
        void dismiss(String reason);
    }

    private record Entry(String host, Reader reader) {}

    private final int readersMax;
    private final List<Entry> entries = new ArrayList<>(0);

    public Readers(int readersMax) {
        this.readersMax = readersMax;
    }

    public int count() {
        return entries.size();
    }

    /**
     * Adds a reader.
     *
     * @param host where it reads from
     */
    public void add(String host, Reader reader) {
        entries.add(new Entry(host, reader));
        if (entries.size() > readersMax) {
            Entry leaving = leaving();
            entries.remove(leaving);
            leaving.reader.dismiss(readersMax + " readers are as many as there may be, and there is a new one");
        }
    }

    public void remove(Reader reader) {
        entries.removeIf(entry -> entry.reader == reader);
    }

    private Entry leaving() {
        Map<String, Integer> counts = new HashMap<>();
        entries.forEach(entry -> counts.merge(entry.host, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        @Nullable Entry first = null;
        for (Entry entry : entries.subList(0, entries.size() - 1)) {
            if (counts.getOrDefault(entry.host, 0) == most) {
                if (entry.reader.isStalled()) {
                    return entry;
                }
                first = first == null ? entry : first;
            }
        }
        return first == null ? entries.getFirst() : first;
    }
}
