package dev.hearsay.core;

import java.util.Arrays;

/**
 * What is spread: a payload, who published it, and when.
 *
 * <p>A rumor never changes on its way; what does (hops, path) is around it, in {@link RelayedRumor}. The payload is shared,
 * not copied: nobody may write to it.
 *
 * @param id digest of all the other components, see {@link #of}; of a version, all but the time
 * @param origin who published it
 * @param sequence its number among those of its origin, from 1
 * @param createdMicros wall clock of its origin when it was published, microseconds since 1970
 * @param relays how many times each node passes it on, at least 1
 * @param content the message itself; empty while it is {@linkplain Bulky away}
 * @param size how many bytes that has
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of the id, and nobody writes to the payload
public record Rumor(RumorId id, Origin origin, long sequence, long createdMicros, int relays, byte[] content, int size)
        implements Bulky {

    /** More repetitions than this no longer help and would only load the network. */
    public static final int RELAYS_MAX = 100;

    private static final byte[] NOTHING = {};

    public Rumor {
        if (sequence < 1) {
            throw new IllegalArgumentException("rumors are numbered from 1, not " + sequence);
        }
        if (relays < 1 || relays > RELAYS_MAX) {
            throw new IllegalArgumentException("relays must be 1 to " + RELAYS_MAX + ", not " + relays);
        }
        if (content.length != size && content.length != 0) {
            throw new IllegalArgumentException("a payload of " + size + " bytes cannot have " + content.length);
        }
    }

    /** One whose payload is here. */
    public Rumor(RumorId id, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {
        this(id, origin, sequence, createdMicros, relays, payload, payload.length);
    }

    /** The message itself, which must not be away. */
    public byte[] payload() {
        if (isAway()) {
            throw new IllegalStateException("the payload of " + this + " is in the store");
        }
        return content;
    }

    @Override
    public byte[] bytes() {
        return payload();
    }

    @Override
    public boolean isAway() {
        return content.length != size;
    }

    @Override
    public Rumor away() {
        return isAway() ? this : new Rumor(id, origin, sequence, createdMicros, relays, NOTHING, size);
    }

    @Override
    public Rumor with(byte[] bytes) {
        return new Rumor(id, origin, sequence, createdMicros, relays, bytes, size);
    }

    /** A new rumor, with the id that its content gives it. */
    public static Rumor of(
            Sha256 sha256, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {
        RumorId id = id(sha256, origin, sequence, createdMicros, relays, payload);
        return new Rumor(id, origin, sequence, createdMicros, relays, payload);
    }

    /** Whether the id is the one its content gives it; a forged or damaged rumor fails this, and one whose payload is away. */
    public boolean isGenuine(Sha256 sha256) {
        return !isAway()
                && id.equals(id(sha256, origin, sequence, createdMicros, relays, content))
                && (!isVersion() || Arrays.equals(content, digits(sequence)));
    }

    /**
     * A version of {@link Origin#VERSIONS}. Whoever puts it into the network, and whenever, it is one and the same rumor.
     *
     * @param createdMicros when this node was given it
     */
    public static Rumor version(Sha256 sha256, long version, long createdMicros, int relays) {
        return of(sha256, Origin.VERSIONS, version, createdMicros, relays, digits(version));
    }

    /** Whether it is a version, which has no one publisher. */
    public boolean isVersion() {
        return origin.equals(Origin.VERSIONS);
    }

    private static byte[] digits(long number) {
        String text = Long.toString(number);
        byte[] digits = new byte[text.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) text.charAt(i);
        }
        return digits;
    }

    private static RumorId id(
            Sha256 sha256, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {
        // Exactly as large as it becomes: every node does this with every rumor.
        int bytes = 3 * Integer.BYTES + 2 * origin.node().host().length() + 3 * Long.BYTES + payload.length;
        Content content = new Content(bytes)
                .putNode(origin.node())
                .putLong(origin.epoch())
                .putLong(sequence)
                .putLong(origin.equals(Origin.VERSIONS) ? 0 : createdMicros)
                .putInt(relays)
                .putBytes(payload);
        byte[] hashed = content.toBytes();
        assert hashed.length == bytes : "the content of a rumor has " + hashed.length + " bytes, not " + bytes;
        return RumorId.of(sha256.of(hashed));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rumor rumor && rumor.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "Rumor[" + id.brief() + " " + origin.node() + "#" + sequence + ", " + size + " bytes]";
    }
}
