package dev.hearsay.web.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.web.journal.EventLog;
import dev.hearsay.web.journal.History;
import dev.hearsay.web.journal.Marks;
import dev.hearsay.web.journal.NodeState;
import dev.hearsay.web.journal.Timeline;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is remembered of the network, and that it is what was. */
class EventLogTest {

    private static final int NODES = 8;

    private long nowMicros = 1_000_000_000;
    private NetworkModel picture = new NetworkModel(() -> nowMicros);

    private static NodeId node(long i) {
        return new NodeId("127.0.0.1", 7000 + (int) i);
    }

    private void observe(long atMicros, NodeId node, Event event) {
        String text = TraceJson.write(atMicros, node, event);
        picture.observe(new TraceJson.Line(atMicros, node, event), text);
    }

    @Test
    void aHundredThousandEventsAreKeptAndNoneOfThemIsLost() {
        int events = EventLog.EVENTS_MAX + 20_000;
        for (int i = 1; i <= events; i++) {
            nowMicros++;
            observe(nowMicros, node(i % 50), new RumorProtocol.Duplicate(new RumorId(i, 0, 0, 0), node(1), i));
        }
        EventLog journal = picture.past().journal();
        assertThat(journal.last()).isEqualTo(events);
        assertThat(journal.first()).isEqualTo(20_001);
        for (long number = journal.first(); number <= journal.last(); number++) {
            EventLog.LoggedEvent logged = journal.logged(number);
            assertThat(logged.number()).isEqualTo(number);
            assertThat(logged.read())
                    .isInstanceOfSatisfying(
                            RumorProtocol.Duplicate.class,
                            copy -> assertThat(copy.hops()).isEqualTo((int) logged.number()));
        }
        assertThat(journal.has(20_000)).isFalse();
        assertThatThrownBy(() -> journal.logged(20_000)).hasMessageContaining("20001 to 120000");
        assertThat(picture.past().history().fromMicros())
                .isEqualTo(journal.logged(20_001).atMicros() - 1);
    }

    @Test
    void longLinesLeaveRoomForFewer() {
        List<Long> forgotten = new ArrayList<>();
        EventLog journal = new EventLog(10, 100, forgotten::add);
        for (int i = 1; i <= 5; i++) {
            journal.add(i, 0, "x", 0, "x".repeat(40));
        }
        assertThat(journal.first()).isEqualTo(4);
        assertThat(forgotten).containsExactly(1L, 2L, 3L);
        journal.add(6, 0, "x", 0, "x".repeat(500));
        assertThat(journal.first()).isEqualTo(journal.last());
    }

    /** A random turn of the life of the network. */
    private void turn(Random64 random, long atMicros) {
        NodeId who = node(random.nextInt(NODES));
        NodeId whom = node(random.nextInt(NODES));
        switch (random.nextInt(12)) {
            case 0 -> observe(atMicros, who, new Lifecycle.Started(List.of(whom), 0));
            case 1 -> observe(atMicros, who, new Lifecycle.Departed());
            case 2 -> observe(atMicros, who, new HeartbeatProtocol.Suspected(whom, 3));
            case 3 -> observe(atMicros, who, new HeartbeatProtocol.Silent(whom));
            case 4 -> observe(atMicros, who, new HeartbeatProtocol.Cleared(whom));
            case 5 -> observe(atMicros, who, new LinkProtocol.LinkUp(whom, LinkProtocol.LinkReason.ASKED));
            case 6 -> observe(atMicros, who, new LinkProtocol.LinkDown(whom, LinkProtocol.LinkLoss.SILENT));
            case 7 -> observe(atMicros, who, new MembershipProtocol.MemberRemoved(whom, 1));
            case 8 -> observe(atMicros, who, new MembershipProtocol.MemberAdded(whom));
            case 9 -> picture.connected(sight(who));
            case 10 -> picture.lost(sight(who));
            default -> picture.heard(sight(who));
        }
    }

    private NodeModel sight(NodeId address) {
        NodeModel node = picture.include(address);
        if (node == null) {
            throw new AssertionError(address);
        }
        return node;
    }

    private Map<Integer, NodeState> statesNow() {
        Map<Integer, NodeState> states = new TreeMap<>();
        picture.nodes().forEach(node -> put(states, node.index, node.shown));
        return states;
    }

    /** Who is not there is unknown. */
    private static void put(Map<Integer, NodeState> states, int node, NodeState state) {
        if (state == NodeState.UNKNOWN) {
            states.remove(node);
        } else {
            states.put(node, state);
        }
    }

    private Map<Integer, NodeState> statesAt(long atMicros) {
        Map<Integer, NodeState> states =
                new TreeMap<>(picture.past().history().states().before());
        for (var change : picture.past().history().states().changes()) {
            if (change.atMicros() <= atMicros) {
                put(states, change.key(), change.value());
            }
        }
        return states;
    }

    /** Links as the rule says: what one end says that is not gone. */
    private Set<String> linksNow() {
        Set<String> links = new TreeSet<>();
        for (NodeModel node : picture.nodes()) {
            for (NodeId neighbour : node.neighbours) {
                int other = picture.index(neighbour);
                if (!node.isGone() && other != node.index) {
                    links.add(Math.min(node.index, other) + "-" + Math.max(node.index, other));
                }
            }
        }
        return links;
    }

    private Set<String> linksAt(long atMicros) {
        Set<String> links = new TreeSet<>();
        picture.past().history().links().before().keySet().forEach(pair -> links.add(pair.low() + "-" + pair.high()));
        for (var change : picture.past().history().links().changes()) {
            String pair = change.key().low() + "-" + change.key().high();
            if (change.atMicros() <= atMicros && change.value()) {
                links.add(pair);
            } else if (change.atMicros() <= atMicros) {
                links.remove(pair);
            }
        }
        return links;
    }

    @Test
    void theHistoryOfAMomentIsWhatWasShownThen() {
        for (int randomSeed = 1; randomSeed <= 20; randomSeed++) {
            // The smaller journal lets the window begin later and later.
            picture = new NetworkModel(
                    () -> nowMicros, randomSeed % 2 == 0 ? 100 : EventLog.EVENTS_MAX, NetworkModel.NODES_MAX);
            Random64 random = new Random64(randomSeed);
            Map<Long, Map<Integer, NodeState>> states = new HashMap<>();
            Map<Long, Set<String>> links = new HashMap<>();
            Map<Integer, NodeState> told = new TreeMap<>();
            for (int i = 0; i < 1000; i++) {
                nowMicros += random.nextInt(20) == 0 ? 15_000_000 : 1000;
                turn(random, nowMicros);
                picture.takeChanges().states.forEach(change -> put(told, change.key(), change.value()));
                states.put(nowMicros, statesNow());
                links.put(nowMicros, linksNow());
                assertThat(told).as("what browsers were told").isEqualTo(statesNow());
            }
            long from = picture.past().history().fromMicros();
            int compared = 0;
            for (long moment : states.keySet()) {
                if (moment >= from) {
                    String what = "random seed " + randomSeed + ", moment " + moment;
                    assertThat(statesAt(moment)).as(what).isEqualTo(states.get(moment));
                    assertThat(linksAt(moment)).as(what).isEqualTo(links.get(moment));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(100).isLessThanOrEqualTo(randomSeed % 2 == 0 ? 300 : 1000);
        }
    }

    @Test
    void whateverTheOrderInWhichEventsComeTheHistoryEndsWithWhatIsShown() {
        for (int randomSeed = 1; randomSeed <= 50; randomSeed++) {
            picture = new NetworkModel(
                    () -> nowMicros, randomSeed % 2 == 0 ? 50 : EventLog.EVENTS_MAX, NetworkModel.NODES_MAX);
            Random64 random = new Random64(randomSeed);
            for (int i = 0; i < 300; i++) {
                nowMicros += 1000;
                // Late, and from a clock that is ahead.
                turn(random, nowMicros + 20_000 - random.nextInt(200_000));
                picture.takeChanges();
            }
            assertThat(statesAt(nowMicros)).as("random seed %d", randomSeed).isEqualTo(statesNow());
            assertThat(linksAt(nowMicros)).as("random seed %d", randomSeed).isEqualTo(linksNow());
            assertThat(List.copyOf(picture.past().history().states().changes()))
                    .isSortedAccordingTo((a, b) -> Long.compare(a.atMicros(), b.atMicros()));
        }
    }

    @Test
    void aChangeIsAtTheMomentOfItsEventAndWhoSpokeEarlierLivedEarlier() {
        NodeModel first = sight(node(1));
        picture.connected(first);
        long connected = nowMicros;
        nowMicros += 500;
        observe(connected - 9000, node(1), new Lifecycle.Started(List.of(node(2)), 0));
        NodeModel second = sight(node(2));
        picture.connected(second);
        observe(nowMicros - 100, node(1), new HeartbeatProtocol.Suspected(node(2), 3));
        var states = picture.past().history().states().changes();
        assertThat(states)
                .containsExactly(
                        new Timeline.Change<>(connected - 9000, first.index, NodeState.LIVE),
                        new Timeline.Change<>(nowMicros, second.index, NodeState.LIVE),
                        new Timeline.Change<>(nowMicros, second.index, NodeState.SUSPECTED));
        nowMicros += 1000;
        observe(nowMicros - 100, node(1), new HeartbeatProtocol.Cleared(node(2)));
        assertThat(states).last().isEqualTo(new Timeline.Change<>(nowMicros - 100, second.index, NodeState.LIVE));
        assertThat(picture.past().history().links().changes())
                .containsExactly(
                        new Timeline.Change<>(connected - 9000, History.Pair.of(second.index, first.index), true));
        assertThat(picture.past().history().fromMicros()).isEqualTo(connected - 9000);
    }

    @Test
    void whatManySayIsOneMark() {
        for (int i = 0; i < NODES; i++) {
            observe(nowMicros + i, node(i), new Lifecycle.FaultBegan("f1", "loses 10%", 0));
            observe(nowMicros + i, node(i), new MembershipProtocol.MemberAdded(node(20)));
            observe(nowMicros + i, node(i), new RumorProtocol.Duplicate(new RumorId(1, 0, 0, 0), node(1), 1));
        }
        observe(nowMicros - 5, node(3), new HeartbeatProtocol.Silent(node(5)));
        nowMicros += 60_000_000;
        observe(nowMicros, node(3), new HeartbeatProtocol.Silent(node(5)));
        assertThat(picture.past().marks().since(0))
                .extracting(EventLog.LoggedEvent::event)
                .containsExactly("silent", "faultBegan", "memberAdded", "silent");
        for (int i = 0; i < 2 * Marks.MARKS_MAX; i++) {
            observe(nowMicros, node(1), new RumorProtocol.Published(new RumorId(i, 0, 0, 0), i, 1));
        }
        assertThat(picture.past().marks().since(0)).hasSize(Marks.MARKS_MAX);
    }

    @Test
    void aMessageKnowsItsHopsAndEachLinkThatWasTooMany() {
        RumorId id = new RumorId(7, 0, 0, 0);
        observe(10, node(1), new RumorProtocol.Published(id, 1, 5));
        for (int i = 2; i < 6; i++) {
            observe(
                    10L * i,
                    node(i),
                    new RumorProtocol.Delivered(id, node(1), node(1), i / 3, List.of(), RumorProtocol.Way.EAGER));
        }
        observe(70, node(1), new RumorProtocol.Duplicate(id, node(2), 2));
        observe(90, node(1), new RumorProtocol.Duplicate(id, node(2), 2));
        MessageModel message = picture.message(id);
        assertThat(message).isNotNull();
        assertThat(message.hops()).containsExactly(2, 3);
        assertThat(message.copies())
                .containsExactly(new MessageModel.Copy(picture.index(node(2)), picture.index(node(1)), 70));
        observe(
                95,
                node(3),
                new RumorProtocol.Delivered(
                        new RumorId(8, 0, 0, 0), node(1), node(1), -3, List.of(), RumorProtocol.Way.EAGER));
        observe(
                95,
                node(4),
                new RumorProtocol.Delivered(
                        new RumorId(8, 0, 0, 0), node(1), node(1), 1 << 30, List.of(), RumorProtocol.Way.EAGER));
        assertThat(picture.message(2))
                .isNotNull()
                .satisfies(odd -> assertThat(odd.hops()).hasSize(256));
    }
}
