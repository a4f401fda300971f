package dev.hearsay.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stream of updates, read as browsers read it, and as no browser should. */
class UpdatesTest extends DashboardFixture {

    private static final Pattern ID = Pattern.compile("id: ([0-9a-z]+-\\d+)\n");

    /** A stream that somebody reads. */
    private final class Stream implements AutoCloseable {
        private final Socket socket;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Stream(String lastId, boolean isRead) throws IOException {
            NodeId at = dashboard.listener();
            socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(at.host(), at.port()));
            String resumed = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/events HTTP/1.1\r\nHost: localhost\r\n" + resumed + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (isRead) {
                go();
            }
        }

        /** Begins to read. */
        void go() {
            Thread.ofVirtual().start(() -> {
                try {
                    InputStream in = socket.getInputStream();
                    byte[] piece = new byte[65536];
                    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                        synchronized (read) {
                            read.write(piece, 0, length);
                        }
                    }
                } catch (IOException e) {
                    // It has ended.
                }
            });
        }

        String text() {
            synchronized (read) {
                // Without the lengths of chunks between pieces.
                return read.toString(StandardCharsets.UTF_8).replaceAll("\r\n[0-9a-f]*\r\n", "");
            }
        }

        int count(String words) {
            return text().split(Pattern.quote(words), -1).length - 1;
        }

        /** What came after the snapshot. */
        String updates() {
            String text = text();
            return text.substring(Math.max(0, text.indexOf("event: update")));
        }

        String lastId() {
            Matcher ids = ID.matcher(text());
            String last = "";
            while (ids.find()) {
                last = ids.group(1);
            }
            return last;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private void publish(String text) {
        assertThat(post("{\"text\":\"" + text + "\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void aBrowserGetsEverythingOnceThenWhatChangesAndResumesWhereItWas() throws Exception {
        start(5);
        awaitLive(5);
        String seen;
        try (Stream stream = new Stream("", true)) {
            await(stream::text, () -> stream.count("event: snapshot") == 1);
            publish("first");
            await(stream::text, () -> stream.count("\"text\":\"first\"") > 0 && stream.count("event: update") > 0);
            assertThat(stream.count("event: snapshot")).isEqualTo(1);
            seen = stream.lastId();
        }
        publish("second");
        try (Stream stream = new Stream(seen, true)) {
            await(stream::text, () -> stream.count("\"text\":\"second\"") > 0);
            assertThat(stream.count("event: snapshot")).isZero();
        }
        try (Stream stream = new Stream("another-7", true)) {
            await(stream::text, () -> stream.count("event: snapshot") == 1);
        }
    }

    @Test
    void manyEventsBecomeFewUpdates() throws Exception {
        start(5);
        awaitLive(5);
        try (Stream stream = new Stream("", true)) {
            await(stream::text, () -> stream.count("event: snapshot") == 1);
            long began = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                publish("message " + i);
            }
            await(stream::text, () -> stream.count("\"text\":\"message 99\"") > 0);
            long tenths = (System.nanoTime() - began) / 100_000_000 + 1;
            assertThat(stream.count("event: update")).isLessThanOrEqualTo((int) tenths + 1);
        }
    }

    /** Each message changes the counts of all nodes, and would otherwise tell all about each. */
    @Test
    void countsAndLinksAreToldWithoutWhatHasNotChanged() throws Exception {
        start(5);
        awaitLive(5);
        try (Stream stream = new Stream("", true)) {
            // A node whose name has just become known is told whole.
            await(
                    stream::text,
                    () -> IntStream.rangeClosed(1, 5).allMatch(node -> stream.count("\"name\":\"" + node + "\"") > 0));
            publish("apple");
            await(stream::text, () -> stream.updates().contains("\"counts\":[["));
            host.node(4).kill();
            await(stream::text, () -> stream.updates().contains("\"linkChanges\":[["));
            assertThat(stream.updates()).doesNotContain("\"links\":").contains("\"nodes\":[],\"counts\":[[");
        }
    }

    @Test
    @Tag("slow")
    void aBrowserThatDoesNotReadGetsEverythingAnewAndHoldsNobodyUp() throws Exception {
        start(5);
        awaitLive(5);
        try (Stream slow = new Stream("", false)) {
            String filler = "x".repeat(180);
            // Until more was said than a connection holds and the dashboard keeps.
            try (Stream quick = new Stream("", true)) {
                int sent = 0;
                while (number(quick.lastId()) < 250) {
                    publish(filler + sent++);
                }
            }
            slow.go();
            await(() -> slow.text().length() + " characters", () -> slow.count("event: snapshot") >= 2);
        }
    }

    private static long number(String id) {
        return id.isEmpty() ? 0 : Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
