package dev.hearsay.core;

import java.util.Objects;

/**
 * What is spread: a payload, who published it, and when.
 *
 * <p>A rumor never changes on its way; what does (hops, path) is around it, in {@link Carried}. The payload is shared,
 * not copied: nobody may write to it.
 *
 * @param id digest of all the other components, see {@link #of}
 * @param origin who published it
 * @param sequence the how manieth of its origin, from 1
 * @param createdMicros wall clock of its origin when it was published, microseconds since 1970
 * @param relays how many times each node passes it on, at least 1
 * @param payload the message itself
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of the id, and nobody writes to the payload
public record Rumor(RumorId id, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {

    /** More repetitions than this no longer help and would only load the network. */
    public static final int RELAYS_MAX = 100;

    public Rumor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(payload, "payload");
        if (sequence < 1) {
            throw new IllegalArgumentException("rumors are numbered from 1, not " + sequence);
        }
        if (relays < 1 || relays > RELAYS_MAX) {
            throw new IllegalArgumentException("relays must be 1 to " + RELAYS_MAX + ", not " + relays);
        }
    }

    /** A new rumor, with the id that its content gives it. */
    public static Rumor of(
            Sha256 sha256, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {
        RumorId id = id(sha256, origin, sequence, createdMicros, relays, payload);
        return new Rumor(id, origin, sequence, createdMicros, relays, payload);
    }

    /** Whether the id is the one its content gives it; a forged or damaged rumor fails this. */
    public boolean isGenuine(Sha256 sha256) {
        return id.equals(id(sha256, origin, sequence, createdMicros, relays, payload));
    }

    private static RumorId id(
            Sha256 sha256, Origin origin, long sequence, long createdMicros, int relays, byte[] payload) {
        String host = origin.node().host();
        byte[] content = new byte[4 + 2 * host.length() + 4 + 3 * 8 + 4 + payload.length];
        int at = putInt(content, 0, host.length());
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            content[at++] = (byte) (c >> 8);
            content[at++] = (byte) c;
        }
        at = putInt(content, at, origin.node().port());
        at = putLong(content, at, origin.epoch());
        at = putLong(content, at, sequence);
        at = putLong(content, at, createdMicros);
        at = putInt(content, at, relays);
        System.arraycopy(payload, 0, content, at, payload.length);
        return RumorId.of(sha256.of(content));
    }

    private static int putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
        return at + 4;
    }

    private static int putLong(byte[] bytes, int at, long value) {
        return putInt(bytes, putInt(bytes, at, (int) (value >>> 32)), (int) value);
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
        return "Rumor[" + id.brief() + " " + origin.node() + "#" + sequence + ", " + payload.length + " bytes]";
    }
}
