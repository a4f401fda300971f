package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loops;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectTransportTest extends TransportContract {

    @Override
    Transport transport(Loops onLoops) {
        return new DirectTransport(new TcpTransport(
                onLoops.vertx(),
                node -> TcpTransport.NO_SEED,
                self -> request -> new Problem(404, "Not found", "No pages here.", "").answer(request.response())));
    }

    @Override
    List<byte[]> garbage() {
        return List.of("hello\r\n".getBytes(UTF_8), "{not JSON at all}\n".getBytes(UTF_8));
    }

    /** There are no frames, so there is no limit to the size of one. */
    @Override
    @Test
    void refusesWhatIsTooLarge() {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new Message.Gossip(carried(a.id, new byte[9 << 20])), new Message.Summary(1, 0, 0));
        Await.until("both messages", () -> b.receiver.got.size() == 2);
        assertThat(a.receiver.refused).isEmpty();
    }

    @Override
    byte[] half(NodeId to) {
        return "{\"from\":".getBytes(UTF_8);
    }
}
