package dev.hearsay.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of the key/value state with what was written last, as far as a node knows. The value is shared, not copied: nobody may write to it.
 *
 * @param content the value; null if the last thing that was done to the key was to delete it, and while it is {@linkplain Bulky away}
 * @param size how many bytes the value has; -1 of a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of key and stamp, and nobody writes to the value
public record Entry(String key, byte @Nullable [] content, Stamp stamp, int size) implements Bulky {

    // Spelled out because the parameters of a compact constructor lose their @Nullable in the class file.
    public Entry(String key, byte @Nullable [] content, Stamp stamp, int size) {
        this.key = key;
        this.content = content;
        this.stamp = stamp;
        this.size = size;
        if (content != null && content.length != size) {
            throw new IllegalArgumentException("a value of " + size + " bytes cannot have " + content.length);
        }
    }

    /**
     * One whose value is here.
     *
     * @param value null if the key was deleted
     */
    public Entry(String key, byte @Nullable [] value, Stamp stamp) {
        this(key, value, stamp, value == null ? -1 : value.length);
    }

    /** The value, which must not be away; null if the key was deleted. */
    public byte @Nullable [] value() {
        if (isAway()) {
            throw new IllegalStateException("the value of '" + key + "' is in the store");
        }
        return content;
    }

    @Override
    public byte[] bytes() {
        return Objects.requireNonNull(value(), "a deletion has no value");
    }

    public boolean isDeletion() {
        return size < 0;
    }

    @Override
    public boolean isAway() {
        return content == null && size >= 0;
    }

    @Override
    public Entry away() {
        return new Entry(key, null, stamp, size);
    }

    @Override
    public Entry with(byte[] bytes) {
        return new Entry(key, bytes, stamp, size);
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
