package dev.hearsay.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of the key/value state with what was written last, as far as a node knows. The value is shared, not copied: nobody may write to it.
 *
 * @param value null if the last thing that was done to the key was to delete it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of key and stamp, and nobody writes to the value
public record Entry(String key, byte @Nullable [] value, Stamp stamp) {

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public Entry(String key, byte @Nullable [] value, Stamp stamp) {
        this.key = Objects.requireNonNull(key, "key");
        this.value = value;
        this.stamp = Objects.requireNonNull(stamp, "stamp");
    }

    public boolean isDeletion() {
        return value == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry entry && entry.key.equals(key) && entry.stamp.equals(stamp);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + stamp.hashCode();
    }
}
