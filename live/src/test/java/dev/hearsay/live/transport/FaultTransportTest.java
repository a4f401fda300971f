package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.Await;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.FaultTransport;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import dev.hearsay.live.http.Problem;
import dev.hearsay.live.loop.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Without a fault it keeps the contract of what it wraps; with one it does what the fault says. */
class FaultTransportTest extends TransportContract {

    private static final long SECOND = 1_000_000_000L;

    private FaultTransport faults;

    @Override
    Transport transport(Loops onLoops) {
        faults = new FaultTransport(new TcpTransport(
                onLoops.vertx(),
                node -> TcpTransport.NO_SEED,
                self -> (request, host) ->
                        new Problem(404, "Not found", "No pages here.", "").answer(request.response())));
        return faults;
    }

    @Override
    List<byte[]> garbage() {
        return List.of("hello\r\n".getBytes(UTF_8), "{not JSON at all}\n".getBytes(UTF_8));
    }

    @Override
    byte[] half(NodeId to) {
        return "{\"from\":".getBytes(UTF_8);
    }

    private void apply(LiveFault... inForce) {
        List<FaultOrder> orders = new ArrayList<>();
        for (LiveFault fault : inForce) {
            orders.add(new FaultOrder(FaultOrder.id(orders.size() + 1), fault, SECOND, 42));
        }
        faults.apply(orders).await();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Sends what no fault hits any more, and waits for it: all that was sent before has come, or never will. */
    private void endAndSend(Peer from, Peer to, long number) {
        apply();
        insist(from, to, number);
    }

    /** What came last may have been sent more than once. */
    private static List<Long> upTo10000(Peer at) {
        return at.receiver.numbers().stream().filter(number -> number <= 10_000).toList();
    }

    @Test
    void losesAShareWhichTheRandomSeedDecides() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Loss(TrafficSelector.ALL, 0.3));
        a.send(b, numbered(1, 10_000));
        endAndSend(a, b, 10_001);
        List<Long> first = upTo10000(b);
        // Five standard deviations of a binomial with n = 10,000 and p = 0.7 are 229.
        assertThat(first.size()).isBetween(7000 - 229, 7000 + 229);
        b.receiver.got.clear();
        apply(new LiveFault.Loss(TrafficSelector.ALL, 0.3));
        a.send(b, numbered(1, 10_000));
        // Not the same number: that of the first time may still come.
        endAndSend(a, b, 10_002);
        assertThat(upTo10000(b)).isEqualTo(first);
    }

    @Test
    void repeatsAShare() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Duplicate(TrafficSelector.ALL, 0.2));
        a.send(b, numbered(1, 10_000));
        endAndSend(a, b, 10_001);
        assertThat(b.receiver.numbers()).containsAll(numbers(1, 10_000));
        // Five standard deviations of a binomial with n = 10,000 and p = 0.2 are 200.
        assertThat(upTo10000(b).size() - 10_000).isBetween(2000 - 200, 2000 + 200);
    }

    @Test
    void delaysOneLinkInOrderAndNoOther() {
        Peer a = peer().open();
        Peer b = peer().open();
        Peer c = peer().open();
        apply(new LiveFault.Delay(new TrafficSelector(Set.of(a.id), Set.of(b.id), false), 60 * SECOND, 60 * SECOND));
        a.send(b, numbered(1, 1000));
        a.send(c, new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("the other link", () -> c.receiver.numbers().equals(List.of(1L)));
        assertThat(a.queued()).isGreaterThanOrEqualTo(1000);
        assertThat(b.receiver.got).isEmpty();
        // Another fault, or the end of another, lets nothing go that this one holds.
        apply(
                new LiveFault.Delay(new TrafficSelector(Set.of(a.id), Set.of(b.id), false), 50_000_000, 50_000_000),
                new LiveFault.Cut(new TrafficSelector(Set.of(c.id), Set.of(), false)));
        a.send(b, numbered(1001, 1010));
        assertThat(b.receiver.got).isEmpty();
        apply();
        a.send(b, new AntiEntropyProtocol.Summary(1011, 0, 0));
        Await.until("all", () -> b.receiver.got.size() == 1011);
        assertThat(b.receiver.numbers()).isEqualTo(numbers(1, 1011));
    }

    @Test
    void whatIsDelayedComesByItself() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Delay(TrafficSelector.ALL, 20_000_000, 20_000_000));
        a.send(b, numbered(1, 500));
        a.send(b, numbered(501, 1000));
        Await.until("all", () -> b.receiver.got.size() == 1000);
        assertThat(b.receiver.numbers()).isEqualTo(numbers(1, 1000));
        apply(new LiveFault.Delay(TrafficSelector.ALL, 0, 40_000_000));
        a.send(b, numbered(1001, 2000));
        Await.until("all of the others", () -> b.receiver.got.size() == 2000);
        assertThat(b.receiver.numbers().subList(1000, 2000))
                .containsExactlyInAnyOrderElementsOf(numbers(1001, 2000))
                .as("a delay that varies lets some overtake")
                .isNotEqualTo(numbers(1001, 2000));
        Await.until("an empty queue", () -> a.queued() == 0);
    }

    @Test
    void boundsWhatADelayHoldsBack() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Delay(TrafficSelector.ALL, 60 * SECOND, 60 * SECOND));
        a.send(b, numbered(1, 70_000));
        long dropped = a.receiver.overflowed.get();
        assertThat(dropped).isEqualTo(70_000 - 65_536);
        assertThat(a.queued()).isEqualTo(65_536);
        a.send(b, new RumorProtocol.Gossip(carried(a.id, new byte[40 << 20])));
        a.send(b, new RumorProtocol.Gossip(carried(a.id, new byte[40 << 20])));
        assertThat(a.queued()).as("payloads are bounded too").isEqualTo(1);
        a.close();
        assertThat(b.receiver.got).isEmpty();
    }

    @Test
    void cutsOneWay() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Cut(new TrafficSelector(Set.of(a.id), Set.of(b.id), false)));
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0), new HeartbeatProtocol.Ping(1));
        a.send(a, new AntiEntropyProtocol.Summary(7, 0, 0));
        insist(b, a, 2);
        assertThat(a.receiver.linked).as("nothing has reached the other").doesNotContain(b.id);
        endAndSend(a, b, 3);
        assertThat(b.receiver.numbers()).containsOnly(3L);
        assertThat(b.receiver.got).allMatch(got -> got.message() instanceof AntiEntropyProtocol.Summary);
        assertThat(a.receiver.numbers()).contains(7L);
    }

    @Test
    void partsGroupsAndWhoeverComesLaterIsOfTheRest() {
        Peer a = peer().open();
        Peer b = peer().open();
        apply(new LiveFault.Partition(List.of(Set.of(a.id, b.id))));
        Peer late = peer().open();
        insist(a, b, 1);
        a.send(late, new AntiEntropyProtocol.Summary(2, 0, 0));
        late.send(a, new AntiEntropyProtocol.Summary(3, 0, 0));
        insist(late, late, 4);
        endAndSend(a, late, 5);
        endAndSend(late, a, 6);
        assertThat(late.receiver.numbers()).containsOnly(4L, 5L);
        assertThat(a.receiver.numbers()).containsOnly(6L);
    }
}
