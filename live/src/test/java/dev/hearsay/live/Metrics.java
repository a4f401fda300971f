package dev.hearsay.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;

/** The metrics of a node, as Prometheus would read them. */
public record Metrics(String text) {

    public static Metrics of(NodeId node) {
        var response = Http.get(node, "/metrics");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new Metrics(response.body());
    }

    /** The value of one series, such as {@code gossip_votes_total{vote="yes"}}. */
    public double value(String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
    }
}
