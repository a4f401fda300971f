package dev.hearsay.live.transport;

/**
 * The bytes that a node has exchanged with other nodes over sockets, whatever framing its transport needs included; not those of
 * its pages, nor what is below TCP. Used on the node's loop only.
 */
public final class Traffic {

    private long sentBytes;
    private long receivedBytes;

    void sent(long bytes) {
        sentBytes += bytes;
    }

    void received(long bytes) {
        receivedBytes += bytes;
    }

    public long sentBytes() {
        return sentBytes;
    }

    public long receivedBytes() {
        return receivedBytes;
    }
}
