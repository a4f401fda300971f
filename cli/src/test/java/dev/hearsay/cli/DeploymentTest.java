package dev.hearsay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations in {@code deploy/} drive real nginx and Prometheus before five real nodes. */
@Tag("slow")
class DeploymentTest {

    @TempDir
    Path home;

    private Deployment deployment;

    @BeforeEach
    void begin() throws Exception {
        deployment = new Deployment(home);
        deployment.startNodes();
    }

    @AfterEach
    void end() throws Exception {
        deployment.close();
    }

    @Test
    void aMessageThroughNginxReachesAllAndPrometheusCountsIt() throws Exception {
        deployment.startPrometheus();
        deployment.startNginx();
        deployment.tell("apple");
        deployment.awaitEverywhere("apple");
        deployment.awaitValue("sum(up{job=\"gossip\"})", 5);
        deployment.awaitValue("sum(gossip_messages_published_total)", 1);
        deployment.awaitValue("sum(gossip_messages_delivered_total)", 4);
        deployment.awaitValue("sum(gossip_delivery_delay_seconds_count)", 4);
        Gossip.await(
                "the coverage delay, which is the slowest delivery",
                () -> deployment.value("gossip:coverage_delay_seconds:max") > 0
                        && deployment.value("gossip:coverage_delay_seconds:max")
                                == deployment.value("max(gossip_delivery_delay_seconds_max)"));
        for (String expression : dashboardExpressions()) {
            assertThat(deployment.query(expression)).as(expression).contains("\"status\":\"success\"");
        }
    }

    /** The expressions of the dashboard, with values for what Grafana puts in. */
    private static List<String> dashboardExpressions() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Deployment.FILES
                        .resolve("grafana/dashboards/hearsay.json")
                        .toFile());
        List<String> expressions = new ArrayList<>();
        dashboard
                .findValuesAsText("expr")
                .forEach(expression -> expressions.add(expression
                        .replace("$instance", ".*")
                        .replace("$__rate_interval", "1m")
                        .replace("$__range", "15m")));
        assertThat(expressions).hasSizeGreaterThan(20);
        return expressions;
    }

    @Test
    void prometheusAwayForAWhileIsHarmless() throws Exception {
        deployment.startNginx();
        Process prometheus = deployment.startPrometheus();
        deployment.tell("before");
        deployment.awaitValue("sum(gossip_messages_delivered_total)", 4);
        Deployment.stop(prometheus);
        deployment.tell("meanwhile");
        deployment.awaitEverywhere("meanwhile");
        deployment.startPrometheus();
        deployment.awaitValue("sum(gossip_messages_published_total)", 2);
        deployment.awaitValue("sum(gossip_messages_delivered_total)", 8);
    }

    @Test
    void aStreamOfEventsIsUnbufferedAndResumesAfterNginxWasRestarted() throws Exception {
        Process nginx = deployment.startNginx();
        String lastId;
        try (Deployment.Events events = deployment.events(3, "")) {
            deployment.tell("first");
            // The stream goes on, so what has come of it was not held back until it was over.
            Gossip.await(
                    "an event",
                    () -> events.text().contains("\"signal\":\"delivered\"")
                            || events.text().contains("\"signal\":\"published\""));
            assertThat(events.isOver()).isFalse();
            Deployment.stop(nginx);
            Gossip.await("the end of the stream", events::isOver);
            lastId = events.lastId();
        }
        String direct = "http://" + deployment.node(1) + "/healthz";
        assertThat(Deployment.status(direct)).isEqualTo(200);
        deployment.startNginx();
        deployment.tell("second");
        deployment.awaitEverywhere("second");
        try (Deployment.Events events = deployment.events(3, lastId)) {
            Gossip.await("what was missed", () -> events.text().contains("id: "));
            String first = events.text()
                    .lines()
                    .filter(line -> line.startsWith("id: "))
                    .findFirst()
                    .orElseThrow();
            assertThat(Long.parseLong(first.substring(4))).isEqualTo(Long.parseLong(lastId) + 1);
        }
    }

    @Test
    void theDashboardIsBehindNginxAndItsUpdatesAreUnbuffered() throws Exception {
        deployment.startDashboard();
        deployment.startNginx();
        assertThat(deployment.get("/")).contains("<title>Hearsay</title>", "main.js");
        assertThat(deployment.get("/model/stream.js")).contains("EventSource");
        try (Deployment.Events updates = deployment.updates()) {
            Gossip.await("the picture", () -> updates.text().contains("event: snapshot"));
            String own = "http://127.0.0.1:" + deployment.nginxPort();
            String message = "{\"text\":\"from the page\"}";
            Gossip.await(
                    "a node that takes it",
                    () -> deployment
                                    .send("POST", "/api/messages", message, "Origin", own)
                                    .statusCode()
                            == 201);
            deployment.awaitEverywhere("from the page");
            Gossip.await("an update", () -> updates.text().contains("\"text\":\"from the page\""));
            assertThat(updates.isOver()).isFalse();
            assertThat(deployment
                            .send("POST", "/api/messages", message, "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void nodesThatAreDownAreSteppedOverAndFoundAgain() throws Exception {
        deployment.startNginx();
        deployment.killNode(2);
        deployment.killNode(3);
        for (int i = 0; i < 20; i++) {
            deployment.tell("message " + i);
        }
        assertThat(deployment.send("GET", "/nodes/2/state", "").statusCode()).isEqualTo(502);
        deployment.startNode(2);
        deployment.startNode(3);
        deployment.awaitEverywhere("message 19");
        assertThat(deployment.get("/nodes/2/state")).contains("\"node\":\"2\"");
    }

    @Test
    void strangeNamesAndForeignPagesAreKeptOut() throws Exception {
        deployment.startNginx();
        String own = "http://127.0.0.1:" + deployment.nginxPort();
        assertThat(deployment.send("PUT", "/gossip", "own page", "Origin", own).statusCode())
                .isEqualTo(202);
        assertThat(deployment
                        .send("PUT", "/gossip", "foreign page", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(deployment
                        .send("POST", "/nodes/1/messages", "foreign", "Origin", own + ".evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(deployment.sendRaw("GET /nodes/1/messages HTTP/1.1\r\nHost: evil.example\r\n"))
                .contains(" 421 ");
        assertThat(deployment.sendRaw("GET /nodes/1/messages HTTP/1.1\r\nHost: localhost\r\n"))
                .contains(" 200 ");
        assertThat(deployment.sendRaw("GET /nodes/1/messages?filter=unread HTTP/1.1\r\nHost: localhost\r\n"))
                .contains(" 200 ");
        assertThat(deployment.sendRaw("GET /nodes/1/messages?filter=nonsense HTTP/1.1\r\nHost: localhost\r\n"))
                .as("the query is passed on")
                .contains(" 400 ");
        assertThat(deployment.send("GET", "/nodes/6/state", "").body()).contains("There is no node 6");
        assertThat(deployment.sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\n"))
                .as("there is no dashboard")
                .contains(" 502 ");
    }
}
