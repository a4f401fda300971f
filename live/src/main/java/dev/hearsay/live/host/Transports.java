package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.profile.SeedConfig;
import dev.hearsay.live.transport.DirectTransport;
import dev.hearsay.live.transport.HttpTransport;
import dev.hearsay.live.transport.Pages;
import dev.hearsay.live.transport.TcpTransport;
import dev.hearsay.live.transport.Transport;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Which transport carries the messages of a network. */
final class Transports {

    private Transports() {}

    /** HTTP in a static network, lines where there are seeds; with pages for people on every node. */
    static Transport of(Vertx vertx, HostOptions options, Function<NodeId, Pages> pages) {
        HostOptions.Seeding seeding = options.seeding();
        if (seeding == null) {
            return new HttpTransport(vertx, options.bind(), pages);
        }
        SeedConfig config = seeding.config();
        Transport tcp = new TcpTransport(
                vertx,
                node -> config.seeds().containsKey(node) ? config.seedPort(node) : TcpTransport.NO_SEED,
                options.bind(),
                pages);
        return seeding.isDirect() ? new DirectTransport(tcp) : tcp;
    }
}
