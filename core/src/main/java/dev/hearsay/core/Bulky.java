package dev.hearsay.core;

/**
 * What has bytes that may be many: a rumor its payload, an entry its value. A node may know it by all the rest, and leave the bytes to its store: {@link #away}. The
 * driver puts them back before it hands such a thing to anybody; no decision of the protocol hangs on whether they are there.
 */
public sealed interface Bulky permits Rumor, Entry {

    /** Bytes that are fewer than this are never away: to fetch them would cost more than to hold them. */
    int AWAY_BYTES_MIN = 512;

    /** Hears which things with {@value #AWAY_BYTES_MIN} bytes or more a node has and no longer has, that they can be counted and shared. */
    interface Listener {
        /** Nobody counts. */
        Listener NONE = new Listener() {
            @Override
            public void added(Bulky thing) {}

            @Override
            public void removed(Bulky thing) {}
        };

        /** The node has this now. */
        void added(Bulky thing);

        /** The node no longer has this. */
        void removed(Bulky thing);
    }

    /** How many there are, here or away. */
    int size();

    /** Whether the bytes are left to the store. */
    boolean isAway();

    /** The same without its bytes. */
    Bulky away();

    /** The same with these bytes, which must be as many. */
    Bulky with(byte[] bytes);

    /** The bytes, which must be here. */
    byte[] bytes();

    default boolean isLarge() {
        return size() >= AWAY_BYTES_MIN;
    }
}
