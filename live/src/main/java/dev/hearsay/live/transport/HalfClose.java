package dev.hearsay.live.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * The two directions of a connection end one by one in TCP, and people who pipe lines into {@code nc} expect an answer after
 * the last one. Vert.x closes both at once unless Netty is told otherwise.
 */
final class HalfClose {

    private HalfClose() {}

    /** The other side may end its direction; then this is called, once, and the connection stays open. */
    static void allow(NetSocket socket, Runnable whenInputEnds) {
        channel(socket).config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        ((NetSocketInternal) socket).eventHandler(event -> {
            if (event instanceof ChannelInputShutdownEvent) {
                whenInputEnds.run();
            }
        });
    }

    /** Ends this side's direction. */
    static void endOutput(NetSocket socket) {
        var _ = ((DuplexChannel) channel(socket)).shutdownOutput();
    }

    private static Channel channel(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }
}
