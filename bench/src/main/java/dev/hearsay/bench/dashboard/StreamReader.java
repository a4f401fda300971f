package dev.hearsay.bench.dashboard;

import dev.hearsay.core.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a dashboard's stream as a browser does, and counts its bytes. */
final class StreamReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong bytes = new AtomicLong();

    StreamReader(NodeId dashboard) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + dashboard + "/api/events"))
                .build();
        InputStream stream = client.send(request, BodyHandlers.ofInputStream()).body();
        Thread.ofVirtual().start(() -> read(stream));
    }

    private void read(InputStream stream) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                bytes.addAndGet(count);
            }
        } catch (IOException e) {
            // Closed below; had it been lost before, the figure would be far too small.
        }
    }

    /** How many have come so far. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
