package dev.hearsay.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.Host;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.host.HostedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of the network: where nodes are, what of them is shown, and how. */
class GraphTest extends BrowserFixture {

    private static final double PIXELS = 3;

    /** Makes 2,100 nodes, each linked to the next and to one far away, of the first one of a network. */
    private static final String MULTIPLY = """
            (text) => {
              const network = JSON.parse(text);
              const [first] = network.nodes;
              const numbers = Array.from({ length: 2100 }, (_, i) => i);
              network.nodes = numbers.map((i) => ({ ...first, i, name: String(i + 1), address: `10.0.0.1:${i + 1}` }));
              network.links = numbers.flatMap((i) => [[i, (i + 1) % 2100], [i, (i * 7 + 3) % 2100]]).filter(([a, b]) => a !== b);
              return JSON.stringify(network);
            }""";

    private LivePage live;

    private void openWithNodes(int nodes) throws Exception {
        host = Networks.ofNodes(nodes);
        watchWithFaults();
        open(Look.DESK.still(), LivePage.PLACE);
        live = new LivePage(page);
        live.awaitNodesThat("connected", nodes);
    }

    /** Nodes stay where they are, whoever goes or comes, and are there again the next time. */
    @Test
    void placesStayTheSame() throws Exception {
        openWithNodes(8);
        page.waitForFunction("() => Object.keys(localStorage).some((key) => localStorage[key].includes('127.0.0.1'))");
        Map<String, Drawing.Point> places = Drawing.of(page).names();
        host.node(3).kill();
        assertThat(live.node("Node 3")).not().containsText("connected");
        assertSame(places, Drawing.of(page).names());
        host.node(3).start();
        assertThat(live.node("Node 3")).containsText("connected");
        assertSame(places, Drawing.of(page).names());
        page.reload();
        live.awaitNodesThat("connected", 8);
        assertSame(places, Drawing.of(page).names());
        // Another layout is another picture.
        page.locator(".menu summary").click();
        page.locator("#layout").selectOption("forces");
        page.locator(".menu summary").click();
        page.waitForFunction("() => document.querySelector('#layout').value === 'forces'");
        assertThat(Drawing.of(page).names().keySet()).isEqualTo(places.keySet());
    }

    @Test
    void whoJoinsLeavesTheOthersWhereTheyAre() throws Exception {
        openWithNodes(8);
        page.waitForFunction("() => Object.keys(localStorage).some((key) => localStorage[key].includes('127.0.0.1'))");
        Map<String, Drawing.Point> places = Drawing.of(page).names();
        NodeId address = Networks.freePorts(1).getFirst();
        List<NodeId> neighbours =
                host.nodes().stream().limit(2).map(HostedNode::address).toList();
        host.add(new HostOptions.Member(9, address, neighbours));
        assertThat(live.node("Node 9")).containsText("connected");
        Map<String, Drawing.Point> now = new HashMap<>(Drawing.of(page).names());
        assertThat(now.remove("9")).isNotNull();
        assertSame(places, now);
    }

    @Test
    void inDegreeShellsTheBestLinkedAreInTheMiddle() throws Exception {
        List<NodeId> addresses = Networks.freePorts(9);
        List<HostOptions.Member> members = new ArrayList<>();
        // Node 1 is linked to all, the others in a ring.
        for (int node = 0; node < 9; node++) {
            NodeId next = addresses.get(node % 8 + 1);
            members.add(new HostOptions.Member(
                    node + 1, addresses.get(node), node == 0 ? addresses.subList(1, 9) : List.of(next)));
        }
        host = Host.start(HostOptions.inMemory(members));
        watchWithFaults();
        open(Look.DESK.still(), LivePage.PLACE);
        live = new LivePage(page);
        live.awaitNodesThat("connected", 9);
        page.locator(".menu summary").click();
        page.locator("#layout").selectOption("shells");
        page.locator(".menu summary").click();
        page.waitForFunction("() => Object.values(localStorage).some((kept) => kept.includes('\"kind\":\"shells\"'))");
        Map<String, Drawing.Point> places = Drawing.of(page).names();
        double x =
                places.values().stream().mapToDouble(Drawing.Point::x).average().orElseThrow();
        double y =
                places.values().stream().mapToDouble(Drawing.Point::y).average().orElseThrow();
        ToDoubleFunction<Drawing.Point> fromTheMiddle = place -> Math.hypot(place.x() - x, place.y() - y);
        double hub = fromTheMiddle.applyAsDouble(places.get("1"));
        assertThat(places).hasSize(9);
        places.forEach((name, place) -> {
            if (!name.equals("1")) {
                assertThat(fromTheMiddle.applyAsDouble(place)).as(name).isGreaterThan(10 * (hub + PIXELS));
            }
        });
    }

    private static void assertSame(Map<String, Drawing.Point> places, Map<String, Drawing.Point> others) {
        assertThat(others.keySet()).isEqualTo(places.keySet());
        places.forEach((name, place) -> {
            assertThat(others.get(name).x()).as(name).isBetween(place.x() - PIXELS, place.x() + PIXELS);
            assertThat(others.get(name).y()).as(name).isBetween(place.y() - PIXELS, place.y() + PIXELS);
        });
    }

    @Test
    void whatIsShownIsChosen() throws Exception {
        openWithNodes(8);
        live.send("apple");
        live.awaitReached(8);
        // Hidden by the legend.
        Locator has = page.locator("#legend")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("has the message"));
        has.click();
        assertThat(has).hasAttribute("aria-pressed", "false");
        assertThat(live.nodes()).hasCount(1);
        assertThat(Drawing.of(page).names()).hasSize(1);
        has.click();
        assertThat(live.nodes()).hasCount(8);

        // Coloured by arrival.
        assertThat(Drawing.of(page).svg()).contains("fill=\"#0072B2\"");
        page.locator(".menu summary").click();
        page.getByLabel("Colour by arrival time").check();
        page.locator(".menu summary").click();
        assertThat(page.locator("#legend .scale")).containsText(Pattern.compile("^0 to [\\d.]+ (µs|ms|s)"));
        assertThat(Drawing.of(page).svg()).doesNotContain("fill=\"#0072B2\"");

        // As a node sees it.
        live.node("Node 4").click();
        page.getByText("See the network as this node does").click();
        assertThat(page.locator("#special"))
                .containsText(Pattern.compile("^As node 4 sees it: it hears \\d neighbours and \\d members by name"));
        assertThat(live.nodesThat("known by name only")).not().hasCount(0);
        assertThat(page).hasURL(Pattern.compile("[?&]as=4"));
        page.locator("#special button").click();
        live.awaitNodesThat("known by name only", 0);

        // On a wall there is nothing but the picture.
        page.navigate("http://" + dashboard.listener() + "/?wall=1#/live");
        assertThat(page.locator("#graph")).isVisible();
        assertThat(page.locator("header")).isHidden();
        assertThat(page.locator("#nodes")).isHidden();
        assertThat((boolean) page.evaluate("""
                () => document.querySelector('.stage').getBoundingClientRect().height >= innerHeight - 1""")).isTrue();
    }

    /** A made-up network of more nodes than anybody can tell apart. */
    @Test
    void manyNodesAreFoldedUntilAllAreWanted() throws Exception {
        openWithNodes(5);
        String network = page.request()
                .get("http://" + dashboard.listener() + "/api/network")
                .text();
        String many = (String) page.evaluate(MULTIPLY, network);
        page.route(
                "**/api/events",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: snapshot\ndata: " + many + "\n\n")));
        page.reload();
        assertThat(page.locator("#node-count")).hasText("2100");
        assertThat(page.locator("#special")).hasText("More than 2,000 nodes: clusters folded. Show all");
        assertThat(live.nodes()).hasCount(2100);
        page.locator("#special button").click();
        assertThat(page.locator("#special")).hasText("All 2,100 nodes are drawn. Fold");
        assertThat(page.locator("#special button")).hasText("Fold");
    }
}
