package dev.hearsay.core;

import java.util.Arrays;

/** Bytes to be hashed or signed: every value in a fixed form, every text with its length, so that no two contents look alike. */
public final class Content {

    private static final int CAPACITY = 128;

    private byte[] bytes;
    private int size;

    public Content() {
        this(CAPACITY);
    }

    /** With room for so many bytes, and for more. */
    Content(int capacity) {
        this.bytes = new byte[capacity];
    }

    public Content putInt(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    public Content putLong(long value) {
        return putInt((int) (value >>> 32)).putInt((int) value);
    }

    /** The length, then UTF-16 code units. */
    public Content putText(String text) {
        putInt(text.length());
        room(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) (text.charAt(i) >> 8);
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    public Content putNode(NodeId node) {
        return putText(node.host()).putInt(node.port());
    }

    /** The bytes alone; whoever puts several must put their lengths. */
    public Content putBytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** All of it; nothing can be put behind it. */
    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void room(int needed) {
        if (bytes.length - size < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + needed));
        }
    }
}
