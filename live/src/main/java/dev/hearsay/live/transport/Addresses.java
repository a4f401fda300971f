package dev.hearsay.live.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;

/** A host name may have several addresses, and not every one need lead to somebody: all of them are tried, one after the other. */
public final class Addresses {

    private Addresses() {}

    /**
     * A connection to the first address that takes one.
     *
     * @param millis how long to wait for each
     * @throws IOException why the last one takes none
     */
    public static Socket connect(String host, int port, int millis) throws IOException {
        IOException failure = new UnknownHostException(host);
        for (InetAddress address : InetAddress.getAllByName(host)) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), millis);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /**
     * What comes of an attempt that is made by the name, and then at each of its addresses until it succeeds. To be called on a loop, on which
     * all of it happens.
     *
     * @param byName the first attempt
     */
    public static <T> Future<T> tryAll(
            Vertx vertx, String host, int port, Future<T> byName, Function<SocketAddress, Future<T>> attempt) {
        ContextInternal context = ((VertxInternal) vertx).getOrCreateContext();
        return byName.recover(failure -> {
            Promise<List<InetSocketAddress>> found = context.promise();
            ((VertxInternal) vertx).nameResolver().resolveAll(host, found::handle);
            return found.future().transform(all -> {
                Future<T> result = Future.failedFuture(failure);
                if (all.succeeded() && all.result().size() > 1) {
                    for (InetSocketAddress each : all.result()) {
                        var address = SocketAddress.inetSocketAddress(new InetSocketAddress(each.getAddress(), port));
                        result = result.recover(ignored -> attempt.apply(address));
                    }
                }
                return result;
            });
        });
    }
}
