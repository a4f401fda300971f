package dev.hearsay.live.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;

/**
 * What Netty can do with a connection and Vert.x does not offer. The two directions of a connection end one by one in TCP, and
 * people who pipe lines into {@code nc} expect an answer after the last one; Vert.x closes both at once. And it closes only
 * when all is written, which is never if the other side does not read.
 */
final class Sockets {

    private static final long LAST_WORDS_SECONDS = 1;

    private Sockets() {}

    /** The other side may end its direction; then this is called, once, and the connection stays open. */
    static void allowHalfClose(NetSocket socket, Runnable whenInputEnds) {
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

    /** Closes the connection when all is written, or a moment later. */
    static void close(NetSocket socket) {
        Channel channel = channel(socket);
        socket.close();
        if (channel.isOpen()) {
            var _ = channel.eventLoop().schedule(() -> abort(socket), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Closes the connection now; what is not written yet is lost. */
    static void abort(NetSocket socket) {
        // From its context on: the channel's own close() passes by Vert.x, which would wait for what is not written.
        var _ = ((NetSocketInternal) socket).channelHandlerContext().close();
    }

    private static Channel channel(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }
}
