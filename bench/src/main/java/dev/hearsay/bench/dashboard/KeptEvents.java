package dev.hearsay.bench.dashboard;

import dev.hearsay.bench.process.Broadcasts;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Fills a dashboard's memory of events, and counts those that should be in it and are not. */
final class KeptEvents implements AutoCloseable {

    private static final int WANTED = 100_000;
    private static final long PAUSE_MILLIS = 100;
    private static final long QUIET_MILLIS = 2_000;
    /** Of the oldest messages some events may have made room for later ones. */
    private static final int CUT_MESSAGES = 3;

    private final HttpClient client = HttpClient.newHttpClient();
    private final NodeId dashboard;
    private final int nodes;

    KeptEvents(NodeId dashboard, int nodes) {
        this.dashboard = dashboard;
        this.nodes = nodes;
    }

    /** Sends messages until so many events have happened that the oldest are forgotten; returns how many are kept. */
    long fill(Broadcasts broadcasts) throws IOException, InterruptedException, WireException {
        JsonObject page = log("limit=1");
        for (int i = 0; page.whole("last") < 1.2 * WANTED; i++) {
            broadcasts.nanosOf(i, 1);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            page = log("limit=1");
        }
        TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
        page = log("limit=1");
        return page.whole("last") - page.whole("first") + 1;
    }

    /** Of the messages whose events are all young enough: how many arrivals at nodes are missing in the trace. */
    long lost() throws IOException, InterruptedException, WireException {
        Map<RumorId, Integer> delivered = new HashMap<>();
        Set<RumorId> published = new LinkedHashSet<>();
        for (String line : get("/api/trace").lines().toList()) {
            switch (TraceJson.read(line).event()) {
                case RumorProtocol.Published message -> published.add(message.id());
                case RumorProtocol.Delivered arrival -> delivered.merge(arrival.id(), 1, Integer::sum);
                default -> {}
            }
        }
        long lost = log("signal=missed&limit=1").whole("matched");
        for (RumorId message : published.stream().skip(CUT_MESSAGES).toList()) {
            lost += Math.abs(nodes - 1 - delivered.getOrDefault(message, 0));
        }
        return lost;
    }

    private JsonObject log(String query) throws IOException, InterruptedException, WireException {
        return JsonObject.parse(get("/api/log?" + query));
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + dashboard + path)).build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        client.close();
    }
}
