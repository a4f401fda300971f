package dev.hearsay.live.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Ports;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name whose first address leads to nobody. */
class AddressesTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeIsReachedAtWhicheverOfItsAddressesItIs(boolean isHttp) {
        // Names are looked up as the JDK does, which asks SeveralAddresses.
        System.setProperty("vertx.disableDnsResolver", "true");
        try (Loops loops = Loops.start(1)) {
            Transport transport = isHttp
                    ? new HttpTransport(loops.vertx(), self -> (request, host) -> none(request))
                    : new TcpTransport(
                            loops.vertx(), node -> TcpTransport.NO_SEED, self -> (request, host) -> none(request));
            List<NodeId> addresses = Ports.free(2);
            RecordingReceiver receiver = new RecordingReceiver();
            Loop loop = loops.of(0);
            Transport.Endpoint from = loop.call(
                            () -> transport.open(loop, addresses.getFirst(), new RecordingReceiver()))
                    .compose(opened -> opened)
                    .await();
            loop.call(() -> transport.open(loop, addresses.getLast(), receiver))
                    .compose(opened -> opened)
                    .await();
            NodeId named = new NodeId(SeveralAddresses.NAME, addresses.getLast().port());
            loop.execute(() -> from.send(named, new AntiEntropyProtocol.Summary(7, 0, 0)));
            Await.until("the message", () -> receiver.numbers().equals(List.of(7L)));
        } finally {
            System.clearProperty("vertx.disableDnsResolver");
        }
    }

    private static void none(io.vertx.core.http.HttpServerRequest request) {
        new Problem(404, "Not found", "No pages here.", "").answer(request.response());
    }

    @Test
    void aSocketIsToo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var socket = Addresses.connect(SeveralAddresses.NAME, server.getLocalPort(), 1000)) {
            assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }
}
