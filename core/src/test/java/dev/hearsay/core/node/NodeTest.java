package dev.hearsay.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSha256;
import dev.hearsay.core.Timer;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.detect.Heartbeats;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node, fed by hand: what each input makes it want. */
class NodeTest {

    private static final long SECOND = 1_000_000_000L;
    private static final NodeId A = new NodeId("host", 1);
    private static final NodeId B = new NodeId("host", 2);
    private static final NodeId C = new NodeId("host", 3);
    private static final NodeId D = new NodeId("host", 4);
    private static final NodeId E = new NodeId("host", 5);
    private static final List<NodeId> ALL = List.of(A, B, C, D, E);

    private final TestContext context = new TestContext(1);
    private final RecordingEffects effects = new RecordingEffects();
    private long now = 50 * SECOND;

    private Node node(NodeSpec spec, List<NodeId> neighbours, List<Fact> remembered) {
        Node node = new Node(spec, A, ALL, neighbours, context, remembered);
        node.step(now, new Input.Started(), effects);
        return node;
    }

    private Node flooding() {
        Node node = node(NodeSpec.of(new SpreadSpec.Flood()), List.of(B, C, D), List.of());
        effects.clear();
        return node;
    }

    private void ask(Node node, Command command) {
        node.step(now, new Input.Asked(command), effects);
    }

    private void receive(Node node, NodeId from, Message message) {
        node.step(now, new Input.Received(from, message), effects);
    }

    private static Rumor rumor(NodeId origin, long sequence, int relays) {
        byte[] payload = ("rumor " + sequence).getBytes(UTF_8);
        return Rumor.of(TestSha256.JDK, new Origin(origin, 9), sequence, 77, relays, payload);
    }

    private static RumorProtocol.Gossip gossip(Rumor rumor, NodeId... path) {
        return new RumorProtocol.Gossip(new RelayedRumor(rumor, path.length, List.of(path)));
    }

    // --- Spreading ---------------------------------------------------------------------------------------------------

    @Test
    void publishingSavesTheRumorAsABindingFactAndSendsItToEveryNeighbour() {
        Node node = flooding();
        ask(node, new Command.Publish("apple".getBytes(UTF_8), 0));

        assertThat(effects.saved).hasSize(2).allMatch(Fact::isBinding);
        assertThat(effects.receivers(RumorProtocol.Gossip.class)).containsExactly(B, C, D);
        RelayedRumor sent = effects.last(RumorProtocol.Gossip.class).carried();
        assertThat(sent.hops()).isEqualTo(1);
        assertThat(sent.path()).containsExactly(A);
        assertThat(effects.told(RumorProtocol.Published.class)).hasSize(1);
        assertThat(node.log().entries()).hasSize(1);
    }

    @Test
    void ownRumorsAreNumberedWithoutGaps() {
        Node node = flooding();
        for (int i = 0; i < 3; i++) {
            ask(node, new Command.Publish("x".getBytes(UTF_8), 0));
        }
        assertThat(effects.told(RumorProtocol.Published.class))
                .extracting(RumorProtocol.Published::sequence)
                .containsExactly(1L, 2L, 3L);
        assertThat(effects.saved)
                .filteredOn(RumorProtocol.Began.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aTooLargePayloadIsRefusedWithBothSizesAndNothingIsKept() {
        Node node = flooding();
        ask(node, new Command.Publish(new byte[(1 << 20) + 1], 0));
        assertThat(effects.told)
                .containsExactly(new Lifecycle.Refused("the message has 1048577 bytes; the limit is 1048576"));
        assertThat(effects.saved).isEmpty();
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void aNewRumorIsPassedToAllButTheOneItCameFrom() {
        Node node = flooding();
        Rumor rumor = rumor(E, 1, 1);
        receive(node, C, gossip(rumor, E, C));

        assertThat(effects.receivers(RumorProtocol.Gossip.class)).containsExactly(B, D);
        assertThat(effects.last(RumorProtocol.Gossip.class).carried())
                .isEqualTo(new RelayedRumor(rumor, 3, List.of(E, C, A)));
        assertThat(effects.told)
                .containsExactly(
                        new RumorProtocol.Delivered(rumor.id(), E, C, 2, List.of(E, C), RumorProtocol.Way.EAGER),
                        new RumorProtocol.Relayed(rumor.id(), List.of(B, D), 1));
        assertThat(effects.saved).allMatch(fact -> !fact.isBinding());
    }

    @Test
    void aDuplicateIsDroppedButAShorterPathIsKept() {
        Node node = flooding();
        Rumor rumor = rumor(E, 1, 1);
        receive(node, C, gossip(rumor, E, D, C));
        effects.clear();

        receive(node, D, gossip(rumor, E, D));
        assertThat(effects.sent).isEmpty();
        assertThat(effects.told).containsExactly(new RumorProtocol.Duplicate(rumor.id(), D, 2));
        assertThat(only(node.log()).carried().path()).containsExactly(E, D);
        assertThat(only(node.log()).from()).isEqualTo(C);

        receive(node, B, gossip(rumor, E, C, D, B));
        assertThat(only(node.log()).carried().path()).containsExactly(E, D);
    }

    private static RumorLog.Entry only(RumorLog log) {
        assertThat(log.entries()).hasSize(1);
        return log.entries().iterator().next();
    }

    @Test
    void aRumorWithThreeRelaysIsPassedOnThreeTimes() {
        Node node = flooding();
        Rumor rumor = rumor(E, 1, 3);
        receive(node, C, gossip(rumor, E, C));
        for (int round = 2; round <= 3; round++) {
            RumorProtocol.Relay timer = effects.timer(RumorProtocol.Relay.class);
            assertThat(timer).isEqualTo(new RumorProtocol.Relay(rumor.id(), round));
            effects.clear();
            node.step(now, new Input.Fired(timer), effects);
            assertThat(effects.receivers(RumorProtocol.Gossip.class)).containsExactly(B, D);
        }
        assertThat(effects.delayed).isEmpty();
    }

    @Test
    void pushDrawsAsManyDifferentNeighboursAsItsFanout() {
        NodeSpec spec = NodeSpec.of(new SpreadSpec.Push(2));
        Node node = node(spec, List.of(B, C, D, E), List.of());
        int[] draws = new int[6];
        for (int i = 1; i <= 600; i++) {
            effects.clear();
            receive(node, B, gossip(rumor(B, i, 1), B));
            List<NodeId> receivers = effects.receivers(RumorProtocol.Gossip.class);
            assertThat(receivers).hasSize(2).doesNotHaveDuplicates().doesNotContain(B);
            receivers.forEach(receiver -> draws[receiver.port()]++);
        }
        // Each of three is drawn in two of three cases; five standard deviations are 58.
        for (NodeId drawn : List.of(C, D, E)) {
            assertThat(draws[drawn.port()]).isBetween(400 - 58, 400 + 58);
        }
    }

    @Test
    void aForgedRumorIsRefusedAndNotPassedOn() {
        Node node = flooding();
        Rumor real = rumor(E, 1, 1);
        Rumor forged = new Rumor(real.id(), real.origin(), 1, 77, 1, "other".getBytes(UTF_8));
        receive(node, C, gossip(forged, E, C));
        assertThat(effects.sent).isEmpty();
        assertThat(effects.saved).isEmpty();
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(1);
        receive(node, C, gossip(real, E, C));
        assertThat(effects.told(RumorProtocol.Delivered.class)).hasSize(1);
    }

    @Test
    void pathsAreLeftOutWhereTheyAreNotTraced() {
        NodeSpec spec = new NodeSpec(
                new NodeSpec.Membership.Static(),
                new Spreading.Settings(new SpreadSpec.Flood(), 1, SECOND, false, 1 << 20),
                Retention.DEFAULT,
                null,
                null,
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
        Node node = node(spec, List.of(B), List.of());
        ask(node, new Command.Publish("apple".getBytes(UTF_8), 0));
        assertThat(effects.last(RumorProtocol.Gossip.class).carried().path()).isEmpty();
        assertThat(effects.delayed)
                .as("nothing else is wanted without anti-entropy and heartbeats")
                .isEmpty();
    }

    // --- Memory ------------------------------------------------------------------------------------------------------

    @Test
    void aNodeThatRemembersHasWhatItHadAndPublishesAsAnotherOrigin() {
        Node earlier = flooding();
        ask(earlier, new Command.Publish("apple".getBytes(UTF_8), 0));
        receive(earlier, C, gossip(rumor(E, 1, 1), E, D, C));
        receive(earlier, D, gossip(rumor(E, 1, 1), E, D));
        RumorId read = rumor(E, 1, 1).id();
        ask(earlier, new Command.MarkRead(List.of(read)));
        List<Fact> saved = new ArrayList<>(effects.saved);
        effects.clear();

        Node node = node(NodeSpec.of(new SpreadSpec.Flood()), List.of(B, C, D), saved);
        assertThat(effects.told(Lifecycle.Started.class)).containsExactly(new Lifecycle.Started(List.of(B, C, D), 2));
        assertThat(node.log().entries()).hasSize(2);
        RumorLog.Entry entry = java.util.Objects.requireNonNull(node.log().find(read));
        assertThat(entry.isRead()).isTrue();
        assertThat(entry.carried().path()).containsExactly(E, D);

        ask(node, new Command.Publish("banana".getBytes(UTF_8), 0));
        assertThat(effects.told(RumorProtocol.Published.class).getFirst().sequence())
                .as("which numbers it has given it cannot know for sure")
                .isEqualTo(1);
        assertThat(effects.saved)
                .filteredOn(RumorProtocol.Began.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aNodeThatForgotEverythingPublishesAsAnotherOrigin() {
        Node first = flooding();
        ask(first, new Command.Publish("apple".getBytes(UTF_8), 0));
        Origin before =
                effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        Node second = flooding();
        ask(second, new Command.Publish("apple".getBytes(UTF_8), 0));
        assertThat(effects.last(RumorProtocol.Gossip.class).carried().rumor().origin())
                .isNotEqualTo(before);
    }

    @Test
    void retentionForgetsTheOldestButStillKnowsThatItSawThem() {
        NodeSpec spec = new NodeSpec(
                new NodeSpec.Membership.Static(),
                new Spreading.Settings(new SpreadSpec.Flood(), 1, SECOND, false, 1 << 20),
                new Retention(3600 * SECOND, 2, 1 << 20),
                AntiEntropy.Settings.DEFAULT,
                null,
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
        Node node = node(spec, List.of(B), List.of());
        for (int i = 1; i <= 5; i++) {
            receive(node, B, gossip(rumor(E, i, 1), E));
        }
        Timer round = effects.timer(AntiEntropyProtocol.AntiEntropyRound.class);
        effects.clear();
        node.step(now, new Input.Fired(round), effects);
        assertThat(effects.told).contains(new RumorProtocol.Forgotten(3));
        assertThat(effects.saved).containsExactly(new RumorProtocol.Forgot(new Origin(E, 9), 3, Ranges.of(1, 3)));
        assertThat(node.log().entries()).hasSize(2);
        assertThat(node.log().seenCount()).isEqualTo(5);
        effects.clear();
        receive(node, B, gossip(rumor(E, 1, 1), E));
        assertThat(effects.told(RumorProtocol.Duplicate.class)).hasSize(1);

        now += 3600 * SECOND;
        Timer later = new AntiEntropyProtocol.AntiEntropyRound(
                ((AntiEntropyProtocol.AntiEntropyRound) round).generation() + 1);
        node.step(now, new Input.Fired(later), effects);
        assertThat(node.log().entries()).isEmpty();
    }

    // --- Anti-entropy ------------------------------------------------------------------------------------------------

    private Node comparing(NodeId... neighbours) {
        NodeSpec spec = new NodeSpec(
                new NodeSpec.Membership.Static(),
                new Spreading.Settings(new SpreadSpec.Flood(), 1, SECOND, false, 1 << 20),
                Retention.DEFAULT,
                AntiEntropy.Settings.DEFAULT,
                null,
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
        Node node = node(spec, List.of(neighbours), List.of());
        return node;
    }

    @Test
    void equalSummariesEndTheComparison() {
        Node one = comparing(B);
        node(NodeSpec.of(new SpreadSpec.Flood()), List.of(B), List.of());
        receive(one, B, gossip(rumor(E, 1, 1), E));
        Timer round = effects.timer(AntiEntropyProtocol.AntiEntropyRound.class);
        Node other = comparing(B);
        receive(other, B, gossip(rumor(E, 1, 1), E));
        effects.clear();
        fireUntilSummary(other, round);
        AntiEntropyProtocol.Summary summary = effects.last(AntiEntropyProtocol.Summary.class);
        effects.clear();
        receive(one, B, summary);
        assertThat(effects.sent).isEmpty();
        assertThat(effects.told).isEmpty();
    }

    private void fireUntilSummary(Node node, Timer first) {
        Timer round = first;
        while (effects.receivers(AntiEntropyProtocol.Summary.class).isEmpty()) {
            node.step(now, new Input.Fired(new AntiEntropyProtocol.AntiEntropyRound(generation(round))), effects);
            round = effects.timer(AntiEntropyProtocol.AntiEntropyRound.class);
        }
    }

    private static long generation(Timer timer) {
        return ((AntiEntropyProtocol.AntiEntropyRound) timer).generation();
    }

    @Test
    void aDigestIsAnsweredWithWhatIsMissingOnBothSides() {
        Node node = comparing(B, C);
        receive(node, B, gossip(rumor(E, 1, 1), E));
        receive(node, B, gossip(rumor(E, 2, 1), E));
        effects.clear();
        now += SECOND;
        Origin known = new Origin(E, 9);
        Origin unknown = new Origin(D, 4);
        receive(
                node,
                C,
                new AntiEntropyProtocol.Digest(List.of(
                        new AntiEntropyProtocol.Holding(known, 1, Ranges.of(2, 3)),
                        new AntiEntropyProtocol.Holding(unknown, 1, Ranges.of(1, 7)))));
        assertThat(effects.last(AntiEntropyProtocol.Pull.class).wants())
                .containsExactly(
                        new AntiEntropyProtocol.Want(known, Ranges.of(3, 3)),
                        new AntiEntropyProtocol.Want(unknown, Ranges.of(1, 7)));
        AntiEntropyProtocol.Repair repair = effects.last(AntiEntropyProtocol.Repair.class);
        assertThat(repair.rumors()).extracting(RelayedRumor::rumor).containsExactly(rumor(E, 1, 1));
        assertThat(repair.more()).isFalse();
    }

    @Test
    void whatHasJustBeenHeardIsNotHandedOutYet() {
        Node node = comparing(B, C);
        receive(node, B, gossip(rumor(E, 1, 1), E));
        effects.clear();
        AntiEntropyProtocol.Pull pull =
                new AntiEntropyProtocol.Pull(List.of(new AntiEntropyProtocol.Want(new Origin(E, 9), Ranges.of(1, 1))));
        now += SECOND / 2 - 1;
        receive(node, C, pull);
        assertThat(effects.sent).isEmpty();
        now += 1;
        receive(node, C, pull);
        assertThat(effects.receivers(AntiEntropyProtocol.Repair.class)).containsExactly(C);
    }

    @Test
    void aRepairedRumorSpreadsEagerlyAgain() {
        Node node = comparing(B, C, D);
        effects.clear();
        Rumor rumor = rumor(E, 1, 1);
        receive(node, C, new AntiEntropyProtocol.Repair(List.of(new RelayedRumor(rumor, 4, List.of())), false));
        assertThat(effects.told(RumorProtocol.Delivered.class))
                .containsExactly(
                        new RumorProtocol.Delivered(rumor.id(), E, C, 4, List.of(), RumorProtocol.Way.ANTI_ENTROPY));
        assertThat(effects.receivers(RumorProtocol.Gossip.class)).containsExactly(B, D);
        effects.clear();
        receive(node, C, new AntiEntropyProtocol.Repair(List.of(new RelayedRumor(rumor, 4, List.of())), true));
        assertThat(effects.sent).as("no progress, no further round").isEmpty();
    }

    @Test
    void largeRepairsComeInPartsAndTheNextIsAskedForAtOnce() {
        Node node = comparing(B);
        for (int i = 1; i <= 600; i++) {
            receive(node, B, gossip(rumor(E, i, 1), E));
        }
        now += SECOND;
        effects.clear();
        receive(node, C, new AntiEntropyProtocol.Digest(List.of()));
        AntiEntropyProtocol.Repair repair = effects.last(AntiEntropyProtocol.Repair.class);
        assertThat(repair.rumors()).hasSize(512);
        assertThat(repair.more()).isTrue();
        Node other = comparing(B);
        effects.clear();
        receive(other, B, repair);
        assertThat(effects.receivers(AntiEntropyProtocol.Summary.class)).containsExactly(B);
    }

    @Test
    void whatOnePartnerHasForgottenIsTakenFromAnother() {
        Node node = comparing(B);
        Origin origin = new Origin(E, 9);
        receive(
                node,
                C,
                new AntiEntropyProtocol.Digest(List.of(new AntiEntropyProtocol.Holding(origin, 2, Ranges.of(1, 2)))));
        receive(node, B, gossip(rumor(E, 2, 1), E));
        receive(node, B, gossip(rumor(E, 1, 1), E));
        effects.clear();

        now += 60 * SECOND;
        receive(
                node,
                C,
                new AntiEntropyProtocol.Digest(List.of(new AntiEntropyProtocol.Holding(origin, 2, Ranges.of(1, 2)))));
        assertThat(effects.saved).isEmpty();
        assertThat(node.log().entries()).hasSize(2);
    }

    @Test
    void aStaleTimerIsIgnored() {
        Node node = comparing(B);
        Timer round = effects.timer(AntiEntropyProtocol.AntiEntropyRound.class);
        node.step(now, new Input.Fired(round), effects);
        effects.clear();
        node.step(now, new Input.Fired(round), effects);
        assertThat(effects.sent).isEmpty();
        assertThat(effects.delayed).isEmpty();
    }

    // --- Who died, and the links -------------------------------------------------------------------------------------

    private void heartbeatRound(Node node) {
        now += SECOND;
        Timer round = effects.timer(HeartbeatProtocol.HeartbeatRound.class);
        effects.clear();
        node.step(now, new Input.Fired(round), effects);
    }

    /** Answers the last ping to a node, if it was pinged since it was looked last. */
    private void answer(Node node, NodeId from) {
        effects.sent.reversed().stream()
                .filter(one -> one.to().equals(from) && one.message() instanceof HeartbeatProtocol.Ping)
                .map(one -> new HeartbeatProtocol.Pong(((HeartbeatProtocol.Ping) one.message()).number()))
                .findFirst()
                .ifPresent(pong -> receive(node, from, pong));
    }

    private Node watching() {
        Node node = node(NodeSpec.of(new SpreadSpec.Flood()), List.of(B, C), List.of());
        receive(node, B, new LinkProtocol.Link(List.of(A, D, E), false));
        receive(node, C, new LinkProtocol.Link(List.of(A), false));
        return node;
    }

    @Test
    void aSilentNeighbourIsPingedSuspectedAndGivenUpAndTheGapIsClosed() {
        Node node = watching();
        for (int i = 1; i <= 5; i++) {
            heartbeatRound(node);
            if (i < 5) {
                assertThat(effects.receivers(HeartbeatProtocol.Ping.class)).contains(B);
            }
            assertThat(effects.told(HeartbeatProtocol.Suspected.class)).hasSize(i == 2 ? 1 : 0);
            answer(node, C);
        }
        assertThat(effects.told)
                .containsSubsequence(
                        new HeartbeatProtocol.Silent(B),
                        new LinkProtocol.LinkDown(B, LinkProtocol.LinkLoss.SILENT),
                        new LinkProtocol.LinkUp(D, LinkProtocol.LinkReason.HEAL));
        assertThat(node.neighbours()).containsExactly(C, D);
        assertThat(effects.receivers(LinkProtocol.Link.class)).contains(D);
    }

    @Test
    void whatANeighbourSaysSparesItPingsForAWhile() {
        Node node = watching();
        for (int i = 1; i <= 8; i++) {
            heartbeatRound(node);
            assertThat(effects.told(HeartbeatProtocol.Suspected.class)).isEmpty();
            receive(node, B, new AntiEntropyProtocol.Summary(i, 0, 0));
            receive(node, C, gossip(rumor(E, i, 1), E, C));
        }
        assertThat(node.neighbours()).containsExactly(B, C);
    }

    @Test
    void aSuspectedNeighbourThatSpeaksIsCleared() {
        Node node = watching();
        heartbeatRound(node);
        receive(node, C, new AntiEntropyProtocol.Summary(1, 0, 0));
        heartbeatRound(node);
        assertThat(effects.told(HeartbeatProtocol.Suspected.class)).hasSize(1);
        answer(node, B);
        assertThat(effects.told).contains(new HeartbeatProtocol.Cleared(B));
    }

    @Test
    void aNodeThatWasHeldUpItselfBlamesNobody() {
        Node node = watching();
        for (int i = 0; i < 8; i++) {
            now += 60 * SECOND;
            heartbeatRound(node);
            assertThat(effects.told(HeartbeatProtocol.Suspected.class)).isEmpty();
        }
        assertThat(node.neighbours()).containsExactly(B, C);
    }

    @Test
    void aNeighbourThatLeavesIsDroppedAtOnceWithoutSuspicion() {
        Node node = watching();
        receive(node, B, new LinkProtocol.Leave());
        assertThat(effects.told).contains(new LinkProtocol.LinkDown(B, LinkProtocol.LinkLoss.LEFT));
        assertThat(node.neighbours()).containsExactly(C, D);
        heartbeatRound(node);
        assertThat(effects.receivers(HeartbeatProtocol.Ping.class)).doesNotContain(B);
    }

    @Test
    void aNodeThatReturnsIsANeighbourAgain() {
        Node node = watching();
        for (int i = 1; i <= 5; i++) {
            heartbeatRound(node);
            answer(node, C);
        }
        heartbeatRound(node);
        assertThat(effects.receivers(HeartbeatProtocol.Ping.class))
                .as("the silent one is still tried")
                .contains(B);
        answer(node, B);
        assertThat(effects.told).contains(new LinkProtocol.LinkUp(B, LinkProtocol.LinkReason.RETURNED));
        assertThat(node.neighbours()).contains(B);
    }

    @Test
    void aStrangerThatPingsIsToldThatItIsNoNeighbourAndMayAskToBeOne() {
        Node node = watching();
        effects.clear();
        receive(node, E, new HeartbeatProtocol.Ping(3));
        assertThat(effects.last(HeartbeatProtocol.Pong.class)).isEqualTo(new HeartbeatProtocol.Pong(3, null));
        assertThat(effects.last(LinkProtocol.Link.class)).isEqualTo(new LinkProtocol.Link(List.of(B, C), false));
        receive(node, E, new LinkProtocol.Link(List.of(A, D), false));
        assertThat(node.neighbours()).containsExactly(B, C);
        receive(node, E, new LinkProtocol.Link(List.of(A, D), true));
        assertThat(node.neighbours()).containsExactly(B, C, E);
        assertThat(effects.told).contains(new LinkProtocol.LinkUp(E, LinkProtocol.LinkReason.ASKED));
    }

    @Test
    void aNeighbourThatDropsALinkIsAskedAgainIfTheLinkIsNeeded() {
        Node node = watching();
        receive(node, E, new LinkProtocol.Link(List.of(A), true));
        effects.clear();
        receive(node, E, new LinkProtocol.Link(List.of(D), false));
        assertThat(effects.told).contains(new LinkProtocol.LinkDown(E, LinkProtocol.LinkLoss.UNNEEDED));
        assertThat(node.neighbours()).containsExactly(B, C);

        effects.clear();
        receive(node, B, new LinkProtocol.Link(List.of(D), false));
        assertThat(effects.sent)
                .containsExactly(new RecordingEffects.Sent(B, new LinkProtocol.Link(List.of(B, C), true)));
        assertThat(node.neighbours()).containsExactly(B, C);
    }

    @Test
    void aLinkThatClosedAGapIsDroppedWhenTheLostOneIsBack() {
        Node node = watching();
        receive(node, B, new LinkProtocol.Link(List.of(A, E), false));
        receive(node, B, new LinkProtocol.Leave());
        assertThat(node.neighbours()).containsExactly(C, E);
        receive(node, E, new LinkProtocol.Link(List.of(A), false));
        effects.clear();
        receive(node, B, new LinkProtocol.Link(List.of(A, E), true));
        assertThat(node.neighbours()).containsExactly(B, C);
        assertThat(effects.told).contains(new LinkProtocol.LinkDown(E, LinkProtocol.LinkLoss.UNNEEDED));
        assertThat(effects.sent).contains(new RecordingEffects.Sent(E, new LinkProtocol.Link(List.of(B, C), false)));
    }

    /** Thousands of links in the names of strangers: none is made, none answered, and none makes a member. */
    @Test
    void noStrangerGetsALink() {
        Node node = watching();
        effects.clear();
        for (int i = 0; i < 3_000; i++) {
            NodeId stranger = new NodeId("stranger", i);
            receive(node, stranger, new LinkProtocol.Link(List.of(A), true));
            receive(node, stranger, new HeartbeatProtocol.Ping(i));
        }
        assertThat(node.neighbours()).containsExactly(B, C);
        assertThat(node.members()).isEqualTo(ALL);
        assertThat(effects.receivers(LinkProtocol.Link.class)).isEmpty();
        assertThat(effects.saved).isEmpty();
        assertThat(effects.told).hasSize(3_000).allMatch(Lifecycle.Refused.class::isInstance);
    }

    /** In the names of members a node takes as many links as it has of itself, and eight; it declines the others, and keeps place for its own. */
    @Test
    void linksThatAreAskedForAreBounded() {
        List<NodeId> many = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            many.add(new NodeId("host", i));
        }
        NodeSpec spec = NodeSpec.of(new SpreadSpec.Flood());
        Node node = new Node(spec, A, many, List.of(B, C), context, List.of());
        node.step(now, new Input.Started(), effects);
        receive(node, B, new LinkProtocol.Leave());
        for (NodeId member : many.subList(5, 200)) {
            receive(node, member, new LinkProtocol.Link(List.of(A), true));
            assertThat(node.neighbours()).hasSizeLessThanOrEqualTo(2 + 2 + 8);
        }
        assertThat(node.neighbours()).hasSize(2 + 2 + 8 - 1).doesNotContain(B);
        assertThat(effects.sent.getLast())
                .isEqualTo(new RecordingEffects.Sent(many.get(199), new LinkProtocol.Link(node.neighbours(), false)));
        receive(node, B, new LinkProtocol.Link(List.of(A), true));
        assertThat(node.neighbours()).contains(B);
    }

    /** A stranger may have asked for it in the names of both. */
    @Test
    void aLinkThatNeitherEndNeedsDoesNotStay() {
        Node node = watching();
        receive(node, D, new LinkProtocol.Link(List.of(A), true));
        assertThat(node.neighbours()).containsExactly(B, C, D);
        for (int asked = 0; asked < 3; asked++) {
            do {
                heartbeatRound(node);
                List.of(B, C, D).forEach(neighbour -> answer(node, neighbour));
                assertThat(node.neighbours()).containsExactly(B, C, D);
            } while (!effects.receivers(LinkProtocol.Link.class).contains(D));
            assertThat(effects.last(LinkProtocol.Link.class).counts(D)).isFalse();
            receive(node, D, new LinkProtocol.Link(List.of(A), true));
            assertThat(node.neighbours()).as("who needs it asks again").containsExactly(B, C, D);
        }
        receive(node, D, new LinkProtocol.Link(List.of(E), false));
        assertThat(node.neighbours()).containsExactly(B, C);
    }

    /** Who is declined is not asked for ever, nor at once again and again. */
    @Test
    void whoDeclinesALinkThatClosesAGapIsGivenUp() {
        Node node = watching();
        receive(node, B, new LinkProtocol.Leave());
        assertThat(node.neighbours()).containsExactly(C, D);
        effects.clear();
        for (int i = 0; i < 10; i++) {
            receive(node, D, new LinkProtocol.Link(List.of(E), false));
        }
        assertThat(node.neighbours()).doesNotContain(D);
        assertThat(effects.sent).hasSizeLessThan(20);
    }

    @Test
    void aListOfMoreNeighboursThanThereAreMembersIsRefused() {
        Node node = watching();
        List<NodeId> many = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            many.add(new NodeId("false", i));
        }
        effects.clear();
        receive(node, B, new LinkProtocol.Link(many, false));
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(1);
        assertThat(node.neighbours()).containsExactly(B, C);
        receive(node, B, new LinkProtocol.Leave());
        assertThat(node.neighbours()).as("what B said before holds").containsExactly(C, D);
    }

    /** Nobody needs a list of everybody: neither at the start, nor when one dies. */
    @Test
    void whoIsLinkedToEverybodySendsNoLists() {
        Node node = node(NodeSpec.of(new SpreadSpec.Flood()), List.of(B, C, D, E), List.of());
        assertThat(effects.last(LinkProtocol.Link.class)).isEqualTo(new LinkProtocol.Link(List.of(), true, true));
        for (NodeId other : List.of(B, C, D, E)) {
            receive(node, other, new LinkProtocol.Link(List.of(), false, true));
        }
        effects.clear();
        receive(node, B, new LinkProtocol.Leave());
        assertThat(node.neighbours()).containsExactly(C, D, E);
        assertThat(effects.sent).isEmpty();
    }

    /** The leaves of a hub that is linked to everybody know whom it held together without having been told. */
    @Test
    void theNeighboursOfALostHubThatHadEverybodyFormARing() {
        Node node = new Node(NodeSpec.of(new SpreadSpec.Flood()), C, ALL, List.of(A), context, List.of());
        node.step(now, new Input.Started(), effects);
        receive(node, A, new LinkProtocol.Link(List.of(), false, true));
        receive(node, A, new LinkProtocol.Leave());
        assertThat(node.neighbours()).containsExactly(D);
    }

    @Test
    void departingTellsEveryNeighbour() {
        Node node = watching();
        effects.clear();
        ask(node, new Command.Depart());
        assertThat(effects.receivers(LinkProtocol.Leave.class)).containsExactly(B, C);
        assertThat(effects.told).containsExactly(new Lifecycle.Departed());
    }

    /** Those whom a hub linked know each other, and link in a ring: nobody is cut off when it dies. */
    @Test
    void theNeighboursOfALostHubFormARing() {
        List<NodeId> leaves = List.of(B, C, D, E);
        List<List<NodeId>> asked = new ArrayList<>();
        for (NodeId leaf : leaves) {
            Node node =
                    new Node(NodeSpec.of(new SpreadSpec.Flood()), leaf, ALL, List.of(A), new TestContext(1), List.of());
            node.step(now, new Input.Started(), effects);
            receive(node, A, new LinkProtocol.Link(leaves, false));
            effects.clear();
            receive(node, A, new LinkProtocol.Leave());
            asked.add(effects.receivers(LinkProtocol.Link.class));
        }
        assertThat(asked).containsExactly(List.of(C), List.of(D), List.of(E), List.of(B));
    }

    @Test
    void heartbeatSettingsMustGiveUpLaterThanTheySuspect() {
        assertThat(Heartbeats.Settings.DEFAULT.silentAfter()).isGreaterThan(Heartbeats.Settings.DEFAULT.suspectAfter());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Heartbeats.Settings(1, 2, 2))
                .hasMessageContaining("more intervals to give up than to suspect");
    }
}
