package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectTransportTest extends TransportContract {

    @Override
    Transport transport(Loops onLoops) {
        return new DirectTransport(tcp(onLoops));
    }

    private static Transport tcp(Loops onLoops) {
        return new TcpTransport(
                onLoops.vertx(),
                node -> TcpTransport.NO_SEED,
                self -> (request, host) ->
                        new Problem(404, "Not found", "No pages here.", "").answer(request.response()));
    }

    @Test
    void nobodyIsLinkedToANodeThatNeverTookAnything() {
        var impatient = new DirectTransport(tcp(loops), 2);
        RecordingReceiver from = new RecordingReceiver();
        RecordingReceiver to = new RecordingReceiver();
        to.isOpen = false;
        Loop loop = loops.of(0);
        Transport.Endpoint sender = loop.call(() -> impatient.open(loop, addresses.get(0), from))
                .compose(opened -> opened)
                .await();
        loop.call(() -> impatient.open(loop, addresses.get(1), to))
                .compose(opened -> opened)
                .await();
        send(loop, sender, 1);
        Await.until("the end of its patience", () -> from.overflowed.get() == 1);
        assertThat(to.turnedAway).hasValue(3);
        assertThat(from.linked).isEmpty();
        to.isOpen = true;
        send(loop, sender, 2);
        Await.until("the link", () -> from.linked.contains(addresses.get(1)));
        assertThat(to.numbers()).containsExactly(2L);
    }

    private void send(Loop loop, Transport.Endpoint sender, long number) {
        loop.call(() -> {
                    sender.send(addresses.get(1), new AntiEntropyProtocol.Summary(number, 0, 0));
                    return null;
                })
                .await();
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
        a.send(b, new RumorProtocol.Gossip(carried(a.id, new byte[9 << 20])), new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("both messages", () -> b.receiver.got.size() == 2);
        assertThat(a.receiver.refused).isEmpty();
    }

    @Override
    byte[] half(NodeId to) {
        return "{\"from\":".getBytes(UTF_8);
    }
}
