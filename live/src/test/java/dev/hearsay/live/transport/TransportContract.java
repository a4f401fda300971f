package dev.hearsay.live.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.live.Await;
import dev.hearsay.live.Ports;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.loop.Loops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport promises. Each one extends this with its own way to open, and its own kind of garbage. */
abstract class TransportContract {

    /** One node of a test. */
    final class Peer {
        final NodeId id;
        final Loop loop;
        final RecordingReceiver receiver = new RecordingReceiver();
        private Transport.Endpoint endpoint;

        Peer(NodeId id, Loop loop) {
            this.id = id;
            this.loop = loop;
        }

        Peer open() {
            endpoint = loop.call(() -> transport.open(loop, id, receiver))
                    .compose(opened -> opened)
                    .await();
            return this;
        }

        void send(Peer to, Message... messages) {
            send(to.id, messages);
        }

        void send(NodeId to, Message... messages) {
            loop.call(() -> {
                        for (Message message : messages) {
                            endpoint.send(to, message);
                        }
                        return null;
                    })
                    .await();
        }

        long queued() {
            return loop.call(endpoint::queued).await();
        }

        void close() {
            loop.call(endpoint::close).compose(closed -> closed).await();
        }
    }

    Loops loops;
    Transport transport;
    List<NodeId> addresses;
    private int peers;

    /** The transport to be tested. */
    abstract Transport transport(Loops onLoops);

    /** Bytes that are nothing to this transport. */
    abstract List<byte[]> garbage();

    /** The beginning of something that would be all right if it went on. */
    abstract byte[] half(NodeId to);

    @BeforeEach
    void start() {
        loops = Loops.start(2);
        transport = transport(loops);
        addresses = Ports.free(4);
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    Peer peer() {
        Peer peer = new Peer(addresses.get(peers), loops.of(peers));
        peers++;
        return peer;
    }

    static Message[] numbered(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(hash -> new AntiEntropyProtocol.Summary(hash, 0, 0))
                .toArray(Message[]::new);
    }

    /** Sends it until it arrives: what is written to a connection that has just broken may be lost. */
    static void insist(Peer from, Peer to, long number) {
        Await.until("message " + number, () -> {
            from.send(to, new AntiEntropyProtocol.Summary(number, 0, 0));
            return to.receiver.numbers().contains(number);
        });
    }

    static RelayedRumor carried(NodeId origin, byte[] payload) {
        Rumor rumor = new Rumor(new RumorId(1, 2, 3, 4), new Origin(origin, -5), 6, 7, 8, payload);
        return new RelayedRumor(rumor, 2, List.of(origin));
    }

    // --- What arrives ------------------------------------------------------------------------------------------------

    @Test
    void deliversEveryKindOfMessageUnchanged() {
        Peer a = peer().open();
        Peer b = peer().open();
        RelayedRumor carried = carried(a.id, "apple".getBytes(UTF_8));
        Origin origin = carried.rumor().origin();
        Message[] messages = {
            new RumorProtocol.Gossip(carried),
            new AntiEntropyProtocol.Summary(-1, 0, 0),
            new AntiEntropyProtocol.Digest(List.of(new AntiEntropyProtocol.Holding(origin, 2, Ranges.of(1, 5, 7, 9)))),
            new AntiEntropyProtocol.Pull(List.of(new AntiEntropyProtocol.Want(origin, Ranges.of(3, 3)))),
            new AntiEntropyProtocol.Repair(List.of(carried), true),
            new LinkProtocol.Link(List.of(a.id, b.id), true),
            new LinkProtocol.Leave(),
            new HeartbeatProtocol.Ping(1),
            new HeartbeatProtocol.Pong(2, null)
        };
        a.send(b, messages);
        Await.until("all messages", () -> b.receiver.got.size() == messages.length);
        assertThat(b.receiver.got).allMatch(got -> got.from().equals(a.id));
        assertThat(b.receiver.got).extracting(RecordingReceiver.Got::message).containsExactlyInAnyOrder(messages);
        assertThat(b.receiver.got)
                .extracting(RecordingReceiver.Got::message)
                .filteredOn(RumorProtocol.Gossip.class::isInstance)
                .allSatisfy(message -> assertThat(((RumorProtocol.Gossip) message)
                                .carried()
                                .rumor()
                                .payload())
                        .asString(UTF_8)
                        .isEqualTo("apple"));
        Await.until("the receipt", () -> !a.receiver.linked.isEmpty());
        assertThat(a.receiver.linked).containsExactly(b.id);
    }

    @Test
    void deliversBothWaysAndToItself() {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0));
        b.send(a, new AntiEntropyProtocol.Summary(2, 0, 0));
        a.send(a, new AntiEntropyProtocol.Summary(3, 0, 0));
        Await.until(
                "both",
                () -> b.receiver.numbers().equals(List.of(1L))
                        && a.receiver.numbers().size() == 2);
        assertThat(a.receiver.numbers()).containsExactlyInAnyOrder(2L, 3L);
    }

    @Test
    void deliversManyAtOnceEachOnce() {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, numbered(1, 20_000));
        Await.until(() -> b.receiver.got.size() + " of 20000", () -> b.receiver.got.size() >= 20_000);
        assertThat(b.receiver.numbers())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 20_000).boxed().toList());
        Await.until("receipts", () -> a.queued() == 0);
        assertThat(a.receiver.overflowed).hasValue(0);
    }

    @Test
    void deliversLargePayloads() {
        Peer a = peer().open();
        Peer b = peer().open();
        byte[] payload = new byte[1 << 20];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        for (int i = 0; i < 4; i++) {
            a.send(b, new RumorProtocol.Gossip(carried(a.id, payload)));
        }
        Await.until("four large messages", () -> b.receiver.got.size() == 4);
        assertThat(b.receiver.got)
                .allSatisfy(got -> assertThat(((RumorProtocol.Gossip) got.message())
                                .carried()
                                .rumor()
                                .payload())
                        .isEqualTo(payload));
    }

    @Test
    void refusesWhatIsTooLarge() {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new RumorProtocol.Gossip(carried(a.id, new byte[9 << 20])), new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("the other message", () -> b.receiver.numbers().equals(List.of(1L)));
        assertThat(a.receiver.refused)
                .singleElement()
                .asString()
                .contains("bytes")
                .contains("the limit is");
        assertThat(b.receiver.got).hasSize(1);
    }

    // --- Peers that are not there ------------------------------------------------------------------------------------

    @Test
    void waitsForAPeerThatIsNotThereYet() {
        Peer a = peer().open();
        Peer b = peer();
        a.send(b, numbered(1, 3));
        a.send(b, numbered(4, 5));
        b.open();
        Await.until("what was sent before", () -> b.receiver.numbers().size() >= 5);
        assertThat(b.receiver.numbers()).contains(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void findsAPeerAgainThatWasAway() {
        Peer a = peer().open();
        Peer b = peer().open();
        for (long round = 1; round <= 3; round++) {
            long number = round;
            a.send(b, new AntiEntropyProtocol.Summary(number, 0, 0));
            Await.until("message " + number, () -> b.receiver.numbers().contains(number));
            b.close();
            a.send(b, new AntiEntropyProtocol.Summary(100 + number, 0, 0));
            b.open();
            insist(a, b, 100 + number);
        }
    }

    @Test
    void sendsAgainWhatANodeDidNotTakeYet() {
        Peer a = peer().open();
        Peer b = peer().open();
        b.receiver.isOpen = false;
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("it was turned away", () -> b.receiver.turnedAway.get() > 0);
        assertThat(a.receiver.linked).isEmpty();
        b.receiver.isOpen = true;
        Await.until("it came again", () -> b.receiver.numbers().contains(1L));
    }

    @Test
    void dropsTheOldestWhenTheQueueIsFullAndCountsIt() {
        Peer a = peer().open();
        Peer b = peer();
        long count = 100_000;
        a.send(b, numbered(1, count));
        long queued = a.queued();
        assertThat(queued).isPositive().isLessThan(count);
        Await.until("what was dropped is reported", () -> a.receiver.overflowed.get() == count - queued);
        b.open();
        Await.until("the newest", () -> b.receiver.got.size() >= queued);
        assertThat(b.receiver.numbers()).contains(count).doesNotContain(1L);
    }

    @Test
    void signsOfLifeDoNotWaitBehindALongQueue() {
        Peer a = peer().open();
        Peer b = peer();
        a.send(b, numbered(1, 50_000));
        a.send(b, new HeartbeatProtocol.Ping(7), new HeartbeatProtocol.Pong(8));
        b.open();
        Await.until("all of it", () -> b.receiver.got.size() == 50_002);
        assertThat(b.receiver.got.stream().limit(2000))
                .extracting(RecordingReceiver.Got::message)
                .contains(new HeartbeatProtocol.Ping(7), new HeartbeatProtocol.Pong(8));
    }

    @Test
    void aPeerThatNeverAnswersHoldsUpNobody() throws IOException {
        Peer a = peer().open();
        Peer b = peer().open();
        NodeId mute = addresses.get(3);
        try (ServerSocket server = new ServerSocket(mute.port(), 1, InetAddress.getByName(mute.host()))) {
            a.send(mute, numbered(1, 50_000));
            a.send(b, numbered(1, 50_000));
            Await.until("what the other peer is sent", () -> b.receiver.got.size() >= 50_000);
            assertThat(server.isBound()).isTrue();
        }
    }

    // --- Strangers ---------------------------------------------------------------------------------------------------

    @Test
    void garbageCostsOnlyItsOwnConnection() throws IOException {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0));
        for (byte[] bytes : garbage()) {
            try (Socket stranger = new Socket(b.id.host(), b.id.port())) {
                stranger.setSoTimeout(30_000);
                stranger.getOutputStream().write(bytes);
                stranger.shutdownOutput();
                // To the end: the node closes what makes no sense.
                stranger.getInputStream().readAllBytes();
            } catch (IOException e) {
                // A reset is as good as an end.
                assertThat(e).hasMessageContaining("reset");
            }
        }
        a.send(b, new AntiEntropyProtocol.Summary(2, 0, 0));
        Await.until("both", () -> b.receiver.numbers().equals(List.of(1L, 2L)));
        assertThat(b.receiver.got).hasSize(2);
    }

    @Test
    void halfOpenClientsHoldUpNobody() throws IOException {
        Peer a = peer().open();
        Peer b = peer().open();
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket stranger = new Socket(b.id.host(), b.id.port());
                strangers.add(stranger);
                if (i % 2 == 0) {
                    stranger.getOutputStream().write(half(b.id));
                }
            }
            a.send(b, numbered(1, 1000));
            Await.until("all of them", () -> b.receiver.got.size() == 1000);
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }

    /** With a transport that lets others make eight connections to a node. */
    void demandThatWhoSaysNothingGivesWay(Transport limited) throws IOException {
        transport = limited;
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("the first message", () -> b.receiver.numbers().contains(1L));
        List<Socket> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket stranger = new Socket(b.id.host(), b.id.port());
                stranger.setSoTimeout(1);
                crowd.add(stranger);
                if (i % 2 == 0) {
                    stranger.getOutputStream().write(half(b.id));
                }
            }
            Await.until("there are eight, and one of them is the other node", () -> ended(crowd) == 40 - 7);
            peer().open().send(b, new AntiEntropyProtocol.Summary(2, 0, 0));
            Await.until(
                    "there is room for a new node", () -> b.receiver.numbers().contains(2L));
            Await.until("one more had to go", () -> ended(crowd) == 40 - 6);
            a.send(b, new AntiEntropyProtocol.Summary(3, 0, 0));
            Await.until(
                    "the first node is still there", () -> b.receiver.numbers().contains(3L));
            assertThat(ended(crowd)).isEqualTo(40 - 6);
        } finally {
            for (Socket stranger : crowd) {
                stranger.close();
            }
        }
    }

    private static long ended(List<Socket> sockets) {
        return sockets.stream().filter(TransportContract::isEnded).count();
    }

    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    // --- Ports -------------------------------------------------------------------------------------------------------

    @Test
    void closingReleasesThePortAndEndsAllReceiving() {
        Peer a = peer().open();
        Peer b = peer().open();
        a.send(b, new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("the message", () -> b.receiver.got.size() == 1);
        b.close();
        Peer heir = new Peer(b.id, loops.of(0));
        heir.open();
        insist(a, heir, 2);
        assertThat(heir.receiver.numbers()).containsOnly(2L);
        assertThat(b.receiver.got).hasSize(1);
    }

    @Test
    void canBeClosedAndOpenedAgainAtOnce() {
        Peer a = peer();
        for (int i = 0; i < 200; i++) {
            a.open();
            a.close();
        }
        assertThat(a.receiver.refused).isEmpty();
    }

    @Test
    void saysThatThePortIsTaken() {
        Peer a = peer().open();
        Peer rival = new Peer(a.id, loops.of(1));
        assertThatThrownBy(rival::open)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.isPortTaken()).isTrue())
                .hasMessage("port " + a.id.port() + " is already in use");
        a.send(a, new AntiEntropyProtocol.Summary(1, 0, 0));
        Await.until("the first one still works", () -> a.receiver.numbers().equals(List.of(1L)));
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine() {
        Peer elsewhere = new Peer(new NodeId("192.0.2.1", 20001), loops.of(0));
        assertThatThrownBy(elsewhere::open)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.isPortTaken()).isFalse())
                .hasMessage("192.0.2.1 is not an address of this machine");
    }
}
