package dev.hearsay.live.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.Await;
import dev.hearsay.live.Http;
import dev.hearsay.live.Network;
import dev.hearsay.live.SeededNetwork;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededSettings;
import dev.hearsay.live.profile.Profile;
import dev.hearsay.wire.MessageJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever can reach a port can say anything in any name, as often as it likes. */
class StrangersTest extends HostFixture {

    private static final int PINGS = 300_000;
    private static final int PINGS_OVER_HTTP = 20_000;

    /** More than a node has links to strangers, and far fewer than there are names. */
    private static final int LINKS_MAX = 256;

    /** Somebody who can be called by 16 million addresses, and counts who calls at once. */
    private static final class Called implements AutoCloseable {
        final ServerSocket listener;
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger openMax = new AtomicInteger();

        Called() throws IOException {
            listener = new ServerSocket(0, 1024);
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            try {
                while (true) {
                    Socket connection = listener.accept();
                    openMax.accumulateAndGet(open.incrementAndGet(), Math::max);
                    Thread.ofVirtual().start(() -> read(connection));
                }
            } catch (IOException closed) {
                // That is how it ends.
            }
        }

        private void read(Socket connection) {
            try (connection) {
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // It is not open any more, which is all that counts.
            } finally {
                open.decrementAndGet();
            }
        }

        NodeId name(int number) {
            return new NodeId(
                    "127." + (1 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255),
                    listener.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @Test
    void aFloodOfPingsInDistinctNamesCostsFewLinksFewLinesAndLittleMemory() throws Exception {
        SeededNetwork network = SeededNetwork.of(1, 1, directory);
        NodeId seed = network.seeds().getFirst();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.hearsay");
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
        try (Called called = new Called()) {
            start(some(network, new HostOptions.Member(NodeName.seed(1), seed, List.of())));
            MessageJson json = new MessageJson();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (int i = 0; i < PINGS; i++) {
                lines.write(json.writeLine(called.name(i), new HeartbeatProtocol.Ping(i)));
            }
            byte[] flood = lines.toByteArray();
            long heldBefore = held();
            Queue<String> answers = new ConcurrentLinkedQueue<>();
            try (Socket stranger = new Socket(seed.host(), seed.port())) {
                Thread reader = Thread.ofVirtual().start(() -> read(stranger, answers));
                stranger.getOutputStream().write(flood);
                stranger.shutdownOutput();
                // Meanwhile somebody honest joins.
                try (Host peers = Host.start(
                        some(network, new HostOptions.Member(1, network.peers().getFirst(), List.of())))) {
                    Await.until(
                            "the honest peer is registered",
                            () -> peers.nodes().getFirst().isReady());
                }
                reader.join();
            }
            assertThat(Http.get(seed, "/readyz").statusCode()).isEqualTo(200);
            assertThat(called.openMax.get()).as("links to strangers").isLessThanOrEqualTo(LINKS_MAX);
            assertThat(answers).as("answers on the stranger's own connection").anyMatch(line -> line.contains("PONG"));
            assertThat(log.list).as("lines of the log").hasSizeLessThan(200);
            assertThat(held() - heldBefore).as("bytes held").isLessThan(64L << 20);
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void aFloodOfPingsOverHttpCostsFewLinksAndFewLines() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("dev.hearsay");
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
        try (Called called = new Called()) {
            start(HostOptions.inMemory(Network.of(2, "full")));
            NodeId node = host.node(1).address();
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int i = 0; i < PINGS_OVER_HTTP; i++) {
                String body =
                        "{\"from\":\"" + called.name(i) + "\",\"messages\":[{\"type\":\"PING\",\"number\":" + i + "}]}";
                String end = i == PINGS_OVER_HTTP - 1 ? "Connection: close\r\n" : "";
                requests.writeBytes(("PUT /gossip HTTP/1.1\r\nHost: x\r\nContent-Type: " + MessageJson.CONTENT_TYPE
                                + "\r\n" + end + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(UTF_8));
            }
            byte[] flood = requests.toByteArray();
            try (Socket stranger = new Socket(node.host(), node.port())) {
                Thread writer = Thread.ofVirtual().start(() -> {
                    try {
                        stranger.getOutputStream().write(flood);
                    } catch (IOException e) {
                        // Then not all are answered.
                    }
                });
                String answers = new String(stranger.getInputStream().readAllBytes(), UTF_8);
                writer.join();
                assertThat(answers.split("HTTP/1.1 204 ", -1)).as("taken").hasSize(PINGS_OVER_HTTP + 1);
            }
            awaitEverywhere(List.of(publish(1, "still here")));
            assertThat(called.openMax.get()).as("links to strangers").isLessThanOrEqualTo(LINKS_MAX);
            assertThat(log.list).as("lines of the log").hasSizeLessThan(200);
        } finally {
            root.detachAppender(log);
        }
    }

    private static HostOptions some(SeededNetwork network, HostOptions.Member member) {
        return HostOptions.seeded(
                List.of(member),
                new HostOptions.Seeding(
                        network.config(), SeededSettings.of(Profile.CLASSIC), network.files(), null, false));
    }

    private static void read(Socket socket, Queue<String> answers) {
        try {
            socket.getInputStream().transferTo(new OutputStream() {
                private final StringBuilder line = new StringBuilder();

                @Override
                public void write(int b) {
                    if (b == '\n') {
                        if (answers.size() < 100) {
                            answers.add(line.toString());
                        }
                        line.setLength(0);
                    } else {
                        line.append((char) b);
                    }
                }
            });
        } catch (IOException gone) {
            answers.add("broken");
        }
    }

    private static long held() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
