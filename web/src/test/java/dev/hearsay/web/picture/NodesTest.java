package dev.hearsay.web.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.web.journal.EventLog;
import dev.hearsay.web.journal.History;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Addresses over time: there is room for so many at once, and for any number one after the other. */
class NodesTest {

    private static final int MAX = 20;
    private static final int LIVE = 5;

    private long nowMicros = 1_000_000_000;
    private final NetworkModel picture = new NetworkModel(() -> nowMicros, 1000, MAX);

    private static NodeId node(int i) {
        return new NodeId("10.0.0.1", 1 + i);
    }

    private void tell(int i, Event event) {
        picture.observe(new TraceJson.Line(nowMicros, node(i), event), TraceJson.write(nowMicros, node(i), event));
    }

    /** It comes, hears a message of the first node, and goes. */
    private void live(int i) {
        NodeModel sight = picture.include(node(i));
        assertThat(sight).as("node %d", i).isNotNull();
        picture.connected(sight);
        tell(i, new Lifecycle.Started(List.of(node(0), node(1)), 0));
        tell(0, new LinkProtocol.LinkUp(node(i), LinkProtocol.LinkReason.DRAWN));
        RumorId rumor = new RumorId(i, 0, 0, 0);
        tell(0, new RumorProtocol.Published(rumor, 1, 1));
        tell(i, new RumorProtocol.Delivered(rumor, node(0), node(0), 1, List.of(node(0)), RumorProtocol.Way.EAGER));
        tell(
                1,
                new RumorProtocol.Delivered(
                        rumor, node(0), node(i), 2, List.of(node(0), node(i)), RumorProtocol.Way.EAGER));
        tell(0, new HeartbeatProtocol.Suspected(node(i), 1));
        tell(0, new HeartbeatProtocol.Silent(node(i)));
        picture.lost(sight);
    }

    @Test
    void anyNumberMayComeOneAfterTheOtherAndThoseWhoAreHeardStay() throws WireException {
        for (int i = 0; i < LIVE; i++) {
            picture.connected(picture.include(node(i)));
        }
        int anew = 0;
        for (int i = LIVE; i < 40 * MAX; i++) {
            nowMicros += 10_000_000;
            live(i);
            assertThat(picture.nodes()).hasSizeLessThanOrEqualTo(MAX);
            for (int live = 0; live < LIVE; live++) {
                assertThat(picture.nodes().get(live).address).isEqualTo(node(live));
            }
            anew += picture.takeChanges().isAnew ? 1 : 0;
            demandThatAllIsOfWhoItSays();
        }
        assertThat(anew).as("told anew").isGreaterThan(100);
    }

    /** What is kept of an index is of the node that has it now. */
    private void demandThatAllIsOfWhoItSays() throws WireException {
        EventLog journal = picture.past().journal();
        for (long number = journal.first(); number <= journal.last(); number++) {
            EventLog.LoggedEvent logged = journal.logged(number);
            assertThat(picture.address(logged.node()))
                    .isEqualTo(TraceJson.read(logged.line()).node());
        }
        for (MessageModel message : picture.messages()) {
            NodeId relay =
                    node((int) Long.parseUnsignedLong(message.id.toString().substring(0, 16), 16));
            Set<NodeId> may = Set.of(node(0), node(1), relay);
            message.arrivals.values().forEach(arrival -> {
                assertThat(may).contains(picture.address(arrival.node()));
                assertThat(arrival.from() < 0 || may.contains(picture.address(arrival.from())))
                        .isTrue();
            });
        }
        Set<History.Pair> links = new HashSet<>(picture.past().history().links().keysThatAre(true));
        for (History.Pair pair : links) {
            NodeModel low = picture.nodes().get(pair.low());
            NodeModel high = picture.nodes().get(pair.high());
            assertThat(low.neighbours.contains(high.address) || high.neighbours.contains(low.address))
                    .as("%s and %s", low.address, high.address)
                    .isTrue();
        }
        for (NodeModel node : picture.nodes()) {
            assertThat(node.suspectedBy).allMatch(other -> picture.node(other) != null);
            assertThat(node.givenUpBy).allMatch(other -> picture.node(other) != null);
        }
    }

    @Test
    void aListOfManyNamesMovesNobody() {
        for (int i = 0; i < MAX; i++) {
            picture.include(node(i));
        }
        for (int i = MAX; i < 1000; i++) {
            assertThat(picture.include(node(i))).isNull();
        }
        assertThat(picture.nodes()).extracting(sight -> sight.address).contains(node(0), node(MAX - 1));
    }

    @Test
    void whoIsNoMemberAnyMoreTakesNobodysPlace() {
        for (int i = 0; i < MAX - 1; i++) {
            picture.include(node(i));
        }
        nowMicros += 10 * Nodes.KEPT_MICROS;
        assertThat(picture.includeOld(node(MAX))).isNull();
        assertThat(picture.includeOld(node(3))).isNotNull();
        assertThat(picture.include(node(MAX))).isNotNull();
        assertThat(picture.include(node(MAX + 1))).isNotNull();
        assertThat(picture.node(node(0))).isNull();
        assertThat(picture.nodes()).hasSize(MAX);
    }
}
