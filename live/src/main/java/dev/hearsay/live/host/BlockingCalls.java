package dev.hearsay.live.host;

import dev.hearsay.live.host.HostException.Code;
import dev.hearsay.live.node.NodeDriver;
import dev.hearsay.live.transport.TransportException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what happens on loops, and says in a sentence why it did not. Not for the loops themselves. */
final class BlockingCalls {

    private static final Logger LOG = LoggerFactory.getLogger(BlockingCalls.class);

    private BlockingCalls() {}

    static void done(Future<?> future) throws HostException {
        try {
            future.await();
        } catch (Exception e) {
            throw explain(e);
        }
    }

    /** Returns when all nodes are ready, or have not been for so long that it goes on without. */
    static void ready(List<NodeDriver> drivers, long secondsMax) throws HostException {
        try {
            Future.all(drivers.stream().map(NodeDriver::ready).toList()).await(secondsMax, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("Not all nodes are ready after {} s; going on", secondsMax);
        } catch (RuntimeException e) {
            throw new HostException(Code.FAILED, "a node stopped while it started", e);
        }
    }

    private static HostException explain(Throwable e) {
        if (e instanceof TransportException transport) {
            Code code = transport.isPortTaken() ? Code.PORT_TAKEN : Code.FAILED;
            return new HostException(code, String.valueOf(e.getMessage()), e);
        }
        return new HostException(Code.FAILED, String.valueOf(e.getMessage()), e);
    }
}
