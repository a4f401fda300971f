package dev.hearsay.core.state;

import dev.hearsay.core.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries that could not be made durable when later ones of their keys had been written, and what was there before them. */
final class UndoneWrites {

    private static final int MAX = 1_000;

    private record Undone(Entry entry, @Nullable Entry previous) {}

    private final Map<String, Undone> undone = new LinkedHashMap<>();

    /** What was there before a write that has failed: not what it found, if that had failed, too. What is kept of the key is forgotten. */
    @Nullable
    Entry before(String key, @Nullable Entry previous) {
        Undone earlier = undone.remove(key);
        return earlier != null && earlier.entry.equals(previous) ? earlier.previous : previous;
    }

    void add(Entry entry, @Nullable Entry previous) {
        undone.put(entry.key(), new Undone(entry, previous));
        if (undone.size() > MAX) {
            undone.remove(undone.keySet().iterator().next());
        }
    }
}
