package dev.hearsay.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Command;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.TestSha256;
import dev.hearsay.core.commit.Commit;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.spread.AntiEntropy;
import dev.hearsay.core.spread.Retention;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.core.spread.Spreading;
import dev.hearsay.core.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One node, and what it is told about rumors that no honest node would say, or that a single one cannot know. */
class UnbelievableTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    private static final NodeId A = new NodeId("host", 1);
    private static final NodeId B = new NodeId("host", 2);
    private static final NodeId C = new NodeId("host", 3);
    private static final NodeId D = new NodeId("host", 4);
    private static final NodeId E = new NodeId("host", 5);
    private static final Origin ORIGIN = new Origin(E, 9);
    private static final Retention SMALL = new Retention(DAY, 1000, 1 << 20);

    private final TestContext context = new TestContext(1);
    private final RecordingEffects effects = new RecordingEffects();
    private long now = 50 * SECOND;
    private long generation;

    private Node node(Retention retention, Fact... remembered) {
        NodeSpec spec = new NodeSpec(
                new NodeSpec.Membership.Static(),
                new Spreading.Settings(new SpreadSpec.Flood(), 1, SECOND, true, 1 << 20),
                retention,
                AntiEntropy.Settings.DEFAULT,
                null,
                Commit.Settings.DEFAULT,
                State.Settings.DEFAULT);
        Node node = new Node(spec, A, List.of(A, B, C, D, E), List.of(B, C, D), context, List.of(remembered));
        node.step(now, new Input.Started(), effects);
        generation = effects.timer(AntiEntropyProtocol.AntiEntropyRound.class).generation();
        return node;
    }

    private void receive(Node node, NodeId from, Message message) {
        node.step(now, new Input.Received(from, message), effects);
    }

    private void publish(Node node, String text) {
        node.step(now, new Input.Asked(new Command.Publish(text.getBytes(UTF_8), 0)), effects);
    }

    private void round(Node node) {
        now += SECOND;
        node.step(now, new Input.Fired(new AntiEntropyProtocol.AntiEntropyRound(generation++)), effects);
    }

    private static Rumor rumor(Origin origin, long sequence) {
        return Rumor.of(TestSha256.JDK, origin, sequence, 77, 1, ("rumor " + sequence).getBytes(UTF_8));
    }

    private static Message gossip(Origin origin, long sequence) {
        return new RumorProtocol.Gossip(new RelayedRumor(rumor(origin, sequence), 1, List.of(E)));
    }

    private static AntiEntropyProtocol.Digest digest(Origin origin, long floor, long... seen) {
        return new AntiEntropyProtocol.Digest(List.of(new Holding(origin, floor, Ranges.of(seen))));
    }

    private static AntiEntropyProtocol.Digest answer(AntiEntropyProtocol.Digest digest, long challenge) {
        return new AntiEntropyProtocol.Digest(digest.holdings(), digest.buckets(), digest.hashes(), challenge);
    }

    private List<Rumor> handedOut(Node node) {
        now += SECOND;
        effects.clear();
        receive(node, B, new AntiEntropyProtocol.Digest(List.of()));
        return effects.last(AntiEntropyProtocol.Repair.class).rumors().stream()
                .map(RelayedRumor::rumor)
                .toList();
    }

    /** Rounds in which these partners, when asked, answer with the digest; the others have nothing to say. */
    private void compare(Node node, int rounds, AntiEntropyProtocol.Digest digest, NodeId... partners) {
        for (int i = 0; i < rounds; i++) {
            effects.clear();
            round(node);
            for (RecordingEffects.Sent sent : List.copyOf(effects.sent)) {
                if (sent.message() instanceof AntiEntropyProtocol.Summary summary
                        && List.of(partners).contains(sent.to())) {
                    receive(node, sent.to(), answer(digest, summary.challenge()));
                }
            }
        }
    }

    // --- Rumors that cannot be passed on -----------------------------------------------------------------------------

    @Test
    void aRumorWithTheMostHopsOrTheLongestPathIsPassedOnLikeAnyOther() {
        Node node = node(SMALL);
        List<NodeId> path = Collections.nCopies(65_535, B);
        receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, 1), Integer.MAX_VALUE, path)));
        receive(node, B, gossip(ORIGIN, 2));
        assertThat(node.log().entries())
                .extracting(entry -> entry.path().size())
                .as("each node keeps the path as it came to it")
                .containsExactly(0, 1);
        assertThat(handedOut(node)).containsExactly(rumor(ORIGIN, 1), rumor(ORIGIN, 2));
        RelayedRumor onward =
                effects.last(AntiEntropyProtocol.Repair.class).rumors().getFirst();
        assertThat(onward.hops()).isEqualTo(RelayedRumor.HOPS_MAX);
        assertThat(onward.path()).as("it is not known where it began").isEmpty();
    }

    @Test
    void aPathThatGrowsTooLongIsLeftOutOnTheWay() {
        Node node = node(SMALL);
        List<NodeId> path = Collections.nCopies(RelayedRumor.PATH_MAX, B);
        receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, 1), RelayedRumor.PATH_MAX, path)));
        RelayedRumor onward = effects.last(RumorProtocol.Gossip.class).carried();
        assertThat(onward.path()).isEmpty();
        assertThat(onward.hops()).isEqualTo(RelayedRumor.PATH_MAX + 1);
    }

    @Test
    void aStoreThatHoldsSuchARumorIsHealed() {
        Rumor rumor = rumor(ORIGIN, 1);
        Node node = node(
                SMALL,
                new RumorProtocol.Heard(new RelayedRumor(rumor, 7, List.of(E)), B, 1),
                new RumorProtocol.Shortened(rumor.id(), Integer.MAX_VALUE, Collections.nCopies(65_535, B)));
        assertThat(handedOut(node)).containsExactly(rumor);
    }

    @Test
    void oneBadRumorDoesNotKeepTheOthersFromComing() {
        Node node = node(SMALL);
        Rumor forged = new Rumor(rumor(ORIGIN, 7).id(), ORIGIN, 1, 77, 1, new byte[1]);
        List<RelayedRumor> rumors = IntStream.of(1, 2, 3)
                .mapToObj(i -> new RelayedRumor(i == 1 ? forged : rumor(ORIGIN, i), Integer.MAX_VALUE, List.of()))
                .toList();
        receive(node, B, new AntiEntropyProtocol.Repair(rumors, false));
        assertThat(effects.told(RumorProtocol.Delivered.class)).hasSize(2);
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(1);
    }

    @Test
    void aRepairWithLongPathsFitsIntoAMessage() {
        Node node = node(Retention.DEFAULT);
        List<NodeId> path = Collections.nCopies(RelayedRumor.PATH_MAX - 1, new NodeId("h".repeat(200), 1));
        for (int i = 1; i <= 100; i++) {
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, i), 1, path)));
        }
        assertThat(handedOut(node)).hasSizeBetween(1, 3);
        assertThat(effects.last(AntiEntropyProtocol.Repair.class).more()).isTrue();
    }

    @Test
    void rumorsThatAPartnerRefusesDoNotKeepTheOthersFromIt() {
        Node node = node(Retention.DEFAULT);
        for (int i = 1; i <= 600; i++) {
            receive(node, B, gossip(ORIGIN, i));
        }
        for (int i = 1; i <= 512; i++) {
            receive(node, B, gossip(new Origin(E, 10), i));
        }
        Rumor last = rumor(new Origin(E, 11), 1);
        receive(node, B, gossip(last.origin(), 1));
        for (int i = 0; i < 2; i++) {
            assertThat(handedOut(node)).hasSizeGreaterThan(400).doesNotContain(last);
        }
        assertThat(handedOut(node)).contains(last);
    }

    // --- What others say is gone -------------------------------------------------------------------------------------

    @Test
    void claimsThatNobodyHasAskedForHideNothing() {
        Node node = node(SMALL);
        receive(node, B, gossip(ORIGIN, 1));
        effects.clear();
        for (int i = 0; i < 200; i++) {
            now += SECOND;
            AntiEntropyProtocol.Digest claim = digest(ORIGIN, Long.MAX_VALUE, 1, Long.MAX_VALUE - 1);
            receive(node, C, claim);
            receive(node, D, answer(claim, i));
            receive(node, E, claim);
        }
        assertThat(effects.saved).isEmpty();
        assertThat(node.log().seenCount()).isEqualTo(1);
        assertThat(handedOut(node)).containsExactly(rumor(ORIGIN, 1));
        receive(node, B, gossip(ORIGIN, 2));
        assertThat(effects.told(RumorProtocol.Delivered.class)).hasSize(1);
    }

    @Test
    void onePartnersAnswersAreNotEnoughForLongAndThoseOfTwoAre() {
        Node node = node(SMALL);
        receive(node, B, gossip(ORIGIN, 1));
        AntiEntropyProtocol.Digest claim = digest(ORIGIN, 9, 1, 8);
        receive(node, C, claim);
        compare(node, 55, claim, C);
        assertThat(node.log().seenCount()).isEqualTo(1);

        compare(node, 60, claim, C, D);
        assertThat(node.log().seenCount()).isEqualTo(8);
        assertThat(handedOut(node)).containsExactly(rumor(ORIGIN, 1));
        receive(
                node,
                B,
                new AntiEntropyProtocol.Repair(List.of(new RelayedRumor(rumor(ORIGIN, 5), 1, List.of())), false));
        assertThat(effects.told(RumorProtocol.Delivered.class))
                .as("what comes after all is new")
                .hasSize(1);
        assertThat(node.log().holding(ORIGIN))
                .as("hearsay is told from what was seen")
                .isEqualTo(new Holding(ORIGIN, 1, Ranges.of(1, 1, 5, 5), Ranges.of(2, 4, 6, 8)));
    }

    @Test
    void belowWhatItHasSeenItselfOnePartnersWordIsEnough() {
        Node node = node(SMALL);
        receive(node, B, gossip(ORIGIN, 6));
        AntiEntropyProtocol.Digest claim = digest(ORIGIN, 9, 1, 8);
        receive(node, C, claim);
        compare(node, 14, claim, C);
        assertThat(node.log().seenCount()).as("others may still send them").isEqualTo(1);
        compare(node, 41, claim, C);
        assertThat(node.log().seenCount()).isEqualTo(6);
        assertThat(effects.saved).isEmpty();
    }

    @Test
    void ofAClaimOfVeryManyGapsOnlySomeAreKept() {
        Node node = node(SMALL);
        long[] gaps = new long[20_000];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = 2L * (i / 2 + 1);
        }
        AntiEntropyProtocol.Digest claim = digest(ORIGIN, 50_000, gaps);
        receive(node, C, claim);
        compare(node, 70, claim, C, D);
        assertThat(node.log().seenCount()).isBetween(1L, 1024L);
    }

    @Test
    void ofItsOwnRumorsNoClaimHidesOne() {
        Node node = node(SMALL);
        publish(node, "apple");
        Origin own = effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        AntiEntropyProtocol.Digest claim = digest(own, 100, 1, 99);
        receive(node, C, claim);
        compare(node, 300, claim, C, D, B);
        assertThat(handedOut(node)).extracting(Rumor::origin).containsExactly(own);
        publish(node, "banana");
        assertThat(effects.last(RumorProtocol.Gossip.class).carried().rumor().origin())
                .isNotEqualTo(own);
    }

    @Test
    void aStoreThatWasToldSoByAnEarlierVersionStillHoldsWhatItHolds() {
        Node node = node(
                SMALL,
                new RumorProtocol.Heard(new RelayedRumor(rumor(ORIGIN, 1), 1, List.of()), B, 1),
                new RumorProtocol.Heard(new RelayedRumor(rumor(ORIGIN, Long.MAX_VALUE), 1, List.of()), B, 1),
                new RumorProtocol.Forgot(ORIGIN, Long.MAX_VALUE - 1, Ranges.of(1, Long.MAX_VALUE - 1)));
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(2);
        assertThat(effects.saved).containsExactly(new RumorProtocol.Forgot(ORIGIN, 0, new Ranges()));
        assertThat(handedOut(node)).containsExactly(rumor(ORIGIN, 1));
        receive(node, B, gossip(ORIGIN, 2));
        assertThat(effects.told(RumorProtocol.Delivered.class)).hasSize(1);
    }

    @Test
    void whatIsStillHereIsNotSavedAsForgotten() {
        Node node = node(new Retention(DAY, 2, 1 << 20));
        for (int i : new int[] {3, 4, 2, 5}) {
            receive(node, B, gossip(ORIGIN, i));
        }
        effects.clear();
        round(node);
        assertThat(effects.saved).containsExactly(new RumorProtocol.Forgot(ORIGIN, 4, Ranges.of(3, 4)));
    }

    // --- Numbers -----------------------------------------------------------------------------------------------------

    /** Else the one that knows nothing of an origin would believe what the other refuses, and the two would compare for ever. */
    @Test
    void whateverNumberIsClaimedNodesThatKnowMoreAndLessOfItsOriginComeToTheSame() {
        for (long claimed : new long[] {2, 20_000_000, 1L << 30, 1L << 45, 1L << 46, Long.MAX_VALUE}) {
            Node old = node(SMALL);
            Node young = node(SMALL);
            receive(old, B, gossip(ORIGIN, 1));
            receive(young, B, gossip(ORIGIN, claimed));
            receive(old, B, gossip(ORIGIN, claimed));
            receive(young, B, gossip(ORIGIN, 1));
            assertThat(young.log().seenNumbers(ORIGIN))
                    .as("%s", claimed)
                    .isEqualTo(old.log().seenNumbers(ORIGIN));
            receive(young, B, gossip(ORIGIN, 3));
            assertThat(young.log().seenNumbers(ORIGIN).contains(3)).isTrue();
        }
    }

    @Test
    void aNumberThatNoOriginReachesIsRefusedAndMakesNobodyAsk() {
        Node node = node(SMALL);
        receive(node, B, gossip(ORIGIN, 1L << 24));
        assertThat(node.log().entries()).as("after a long absence").hasSize(1);
        effects.clear();
        receive(node, B, gossip(ORIGIN, (1L << 24) + 1));
        assertThat(node.log().entries()).hasSize(1);
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(1);
        receive(node, B, digest(ORIGIN, 1, 1L << 24, 1L << 45));
        assertThat(effects.sent).noneMatch(sent -> sent.message() instanceof AntiEntropyProtocol.Pull);
    }

    @Test
    void aVersionMayBeAnyNumber() {
        Node node = node(SMALL);
        for (long version : new long[] {1, Long.MAX_VALUE}) {
            Rumor rumor = Rumor.version(TestSha256.JDK, version, 77, 1);
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor, 1, List.of())));
        }
        assertThat(handedOut(node)).hasSize(2);
        now += 2 * DAY;
        round(node);
        assertThat(node.log().entries()).isEmpty();
        assertThat(node.log().seenNumbers(Origin.VERSIONS)).isEqualTo(Ranges.of(1, 1, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /** Its address may be anybody's: what a node has would go to somebody who has not asked. */
    @Test
    void whoIsNoMemberIsToldNothing() {
        Node node = node(SMALL);
        publish(node, "apple");
        node.step(now, new Input.Asked(new Command.Put("colour", new byte[] {1})), effects);
        now += SECOND;
        Origin own = effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        List<Message> questions = List.of(
                new AntiEntropyProtocol.Summary(1, 2, 3, 4),
                new AntiEntropyProtocol.Digest(List.of()),
                new AntiEntropyProtocol.Pull(List.of(new AntiEntropyProtocol.Want(own, Ranges.of(1, 9)))),
                new StateProtocol.StateBuckets(Collections.nCopies(64, 7L)),
                new StateProtocol.StateDigest(-1, "", "", List.of()),
                new StateProtocol.Entries(List.of(), List.of("colour"), false));
        for (Message question : questions) {
            effects.clear();
            receive(node, new NodeId("victim", 1), question);
            assertThat(effects.sent).as("%s", question).isEmpty();
            assertThat(effects.told).hasOnlyElementsOfType(Lifecycle.Refused.class);
            receive(node, B, question);
            assertThat(effects.sent).as("%s", question).isNotEmpty();
        }
        effects.clear();
        receive(node, new NodeId("victim", 1), new CommitProtocol.VersionNews(1, List.of(), true));
        receive(node, new NodeId("victim", 1), new CommitProtocol.Versions(List.of(), true));
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void aWriterThatMeetsItsOwnNameAheadOfItselfBeginsANewEpoch() {
        Node node = node(SMALL);
        publish(node, "apple");
        Origin own = effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        receive(node, B, gossip(own, 10_000_000));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 9_999_999));
        effects.clear();
        publish(node, "banana");
        Rumor next = effects.last(RumorProtocol.Gossip.class).carried().rumor();
        assertThat(next.origin()).isNotEqualTo(own);
        assertThat(next.sequence()).isEqualTo(1);
        assertThat(effects.saved)
                .filteredOn(RumorProtocol.Began.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aNumberThatNobodyTakesMovesNoWriter() {
        Node node = node(SMALL);
        publish(node, "apple");
        Origin own = effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        for (long claimed : new long[] {(1L << 24) + 1, 1L << 46, Long.MAX_VALUE}) {
            receive(node, B, gossip(own, claimed));
            receive(node, C, digest(own, 1, claimed, claimed));
        }
        assertThat(node.log().seenNumbers(own)).isEqualTo(Ranges.of(1, 1));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class)).isEmpty();
        publish(node, "banana");
        Rumor next = effects.last(RumorProtocol.Gossip.class).carried().rumor();
        assertThat(next.origin()).isEqualTo(own);
        assertThat(next.sequence()).isEqualTo(2);
    }

    @Test
    void aStoreOfAnEarlierVersionMayHoldHigherNumbersAndWhatIsForgottenOfThemMakesNoDifference() {
        long high = 1L << 25;
        Node node = node(
                SMALL,
                new RumorProtocol.Heard(new RelayedRumor(rumor(ORIGIN, high), 1, List.of()), B, 1),
                new RumorProtocol.Forgot(new Origin(E, 10), high, Ranges.of(1, 5, high, high)));
        assertThat(effects.told(Lifecycle.Refused.class)).isEmpty();
        assertThat(handedOut(node)).containsExactly(rumor(ORIGIN, high));
        assertThat(node.log().seenNumbers(new Origin(E, 10))).isEqualTo(Ranges.of(1, 5));
    }

    @Test
    void aNodeWhoseStoreHasLostItsTailIsToldByOthersAndFetchesItBack() {
        Origin own = new Origin(A, 4);
        Node node = node(
                SMALL,
                new RumorProtocol.Began(own),
                new RumorProtocol.Accepted(new RelayedRumor(rumor(own, 1), 0, List.of())));
        effects.clear();
        receive(node, B, digest(own, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 2));
        assertThat(effects.last(AntiEntropyProtocol.Pull.class).wants())
                .containsExactly(new AntiEntropyProtocol.Want(own, Ranges.of(2, 3)));
        publish(node, "apple");
        assertThat(effects.last(RumorProtocol.Gossip.class).carried().rumor().origin())
                .as("no number is given twice")
                .isNotEqualTo(own);
        List<RelayedRumor> lost =
                List.of(new RelayedRumor(rumor(own, 2), 1, List.of(A)), new RelayedRumor(rumor(own, 3), 1, List.of(A)));
        receive(node, B, new AntiEntropyProtocol.Repair(lost, false));
        assertThat(node.log().seenNumbers(own)).isEqualTo(Ranges.of(1, 3));
        receive(node, C, digest(own, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("said once")
                .hasSize(1);
    }

    @Test
    void aNodeThatHasNotYetHeardOfOthersGivesNoNumberOfAnEarlierLife() {
        Origin own = new Origin(A, 4);
        Node node = node(
                SMALL,
                new RumorProtocol.Began(own),
                new RumorProtocol.Accepted(new RelayedRumor(rumor(own, 1), 0, List.of())));
        publish(node, "apple");
        assertThat(effects.last(RumorProtocol.Gossip.class).carried().rumor().origin())
                .as("its store may have lost what was number 2")
                .isNotEqualTo(own);
        receive(node, B, digest(own, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 2));
    }

    @Test
    void aNodeWhoseStoreHasLostAWholeLifeIsToldByOthersAndFetchesItBack() {
        Origin own = new Origin(A, 4);
        Origin later = new Origin(A, 5);
        Node node = node(
                SMALL,
                new RumorProtocol.Began(own),
                new RumorProtocol.Accepted(new RelayedRumor(rumor(own, 1), 0, List.of())));
        receive(node, B, digest(later, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 3));
        assertThat(effects.last(AntiEntropyProtocol.Pull.class).wants())
                .containsExactly(new AntiEntropyProtocol.Want(later, Ranges.of(1, 3)));
        receive(node, C, digest(later, 1, 1, 4));
        receive(node, C, digest(new Origin(A, 6), 5, 1, 4));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("said once; what others have forgotten, it may have forgotten too")
                .hasSize(1);
        for (int epoch = 100; epoch < 200; epoch++) {
            receive(node, C, digest(new Origin(A, epoch), 1, 1, 3));
        }
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("anybody can say so without end")
                .hasSizeLessThan(20);
        Node forgetful = node(SMALL);
        effects.clear();
        receive(forgetful, B, digest(later, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("a node that keeps nothing has promised nothing")
                .isEmpty();
        Node emptied = node(SMALL, new RumorProtocol.Read(List.of()));
        receive(emptied, B, digest(later, 1, 1, 3));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("one whose store is empty is told of all that was in it")
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 3));
    }

    @Test
    void pathsAndOriginsThatTakeTooMuchAreForgottenLikePayloads() {
        Retention little = new Retention(DAY, 100_000, 256 << 20, 1 << 20);
        Node node = node(little);
        List<NodeId> path = Collections.nCopies(50, E);
        for (int i = 1; i <= 2000; i++) {
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, i), 50, path)));
            assertThat(node.log().overheadBytes()).isLessThan((1 << 20) * 5L / 4);
        }
        round(node);
        assertThat(node.log().overheadBytes()).isBetween(1L << 19, 1L << 20);
        for (int i = 1; i <= 9000; i++) {
            receive(node, B, gossip(new Origin(E, 10 + i), 1));
        }
        round(node);
        assertThat(node.log().overheadBytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(node.log().entries()).hasSizeGreaterThan(500);
    }

    /** Not only after the next round: until then there would be memory for neither. */
    @Test
    void rumorsMakeRoomForKeysAsTheyAreWritten() {
        int limit = 1 << 20;
        Node node = node(new Retention(DAY, 100_000, 256 << 20, limit));
        for (int i = 1; i <= 9000; i++) {
            publish(node, "rumor " + i);
        }
        for (int i = 1; i <= 4000; i++) {
            node.step(now, new Input.Asked(new Command.Put("key " + i, new byte[] {1})), effects);
        }
        for (int i = 1; i <= 1000; i++) {
            publish(node, "later " + i);
            assertThat(node.log().overheadBytes() + node.state().overheadBytes())
                    .isLessThan(limit * 4L / 3);
        }
        assertThat(node.log().entries()).hasSizeGreaterThan(100);
    }

    @Test
    void shorterWaysTakeNoMoreThanThereMayBeAndAreTakenAFewTimesOnly() {
        Node node = node(new Retention(DAY, 100_000, 256 << 20, 1 << 20));
        for (int i = 1; i <= 1000; i++) {
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, i), 50, List.of())));
        }
        for (int i = 1; i <= 1000; i++) {
            receive(
                    node,
                    B,
                    new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, i), 40, Collections.nCopies(40, E))));
            assertThat(node.log().overheadBytes()).isLessThan((1 << 20) * 5L / 4);
        }
        effects.clear();
        for (int hops = 30; hops > 1; hops--) {
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(ORIGIN, 1000), hops, List.of())));
        }
        assertThat(effects.saved)
                .filteredOn(RumorProtocol.Shortened.class::isInstance)
                .hasSizeBetween(1, 8);
    }

    @Test
    void manyLivesLeaveBoundedMemoryAndDigests() {
        Fact[] lives = IntStream.range(0, 80_000)
                .mapToObj(epoch -> new RumorProtocol.Forgot(new Origin(A, epoch), 1, Ranges.of(1, 1)))
                .toArray(Fact[]::new);
        Node node = node(new Retention(DAY, 100_000, 256 << 20), lives);
        effects.clear();
        publish(node, "one life more");
        Origin current =
                effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        round(node);
        assertThat(node.log().knownOrigins()).hasSizeLessThanOrEqualTo(1 << 16);
        assertThat(node.log().seenNumbers(current)).isEqualTo(Ranges.of(1, 1));
        assertThat(effects.saved)
                .as("the store forgets them, too")
                .filteredOn(fact -> fact instanceof RumorProtocol.Forgot(var _, long upTo, var _) && upTo == 0)
                .hasSizeGreaterThan(80_000 - (1 << 16));
        receive(node, B, new AntiEntropyProtocol.Summary(1, 0, 0, 0));
        AntiEntropyProtocol.Digest digest = effects.last(AntiEntropyProtocol.Digest.class);
        assertThat(digest.holdings()).isEmpty();
        assertThat(digest.hashes()).hasSize(AntiEntropyProtocol.Digest.BUCKETS);
        receive(
                node,
                B,
                new AntiEntropyProtocol.Digest(
                        List.of(), AntiEntropyProtocol.Digest.ALL, Collections.nCopies(64, 1L), 0));
        assertThat(effects.last(AntiEntropyProtocol.Digest.class).holdings()).hasSizeBetween(500, 3000);
    }

    /** Epochs are drawn at random, but by whom? */
    @Test
    void ofABucketThatIsLargerThanAMessageEachOriginIsShownInItsTurn() {
        List<Fact> facts = new ArrayList<>();
        for (long epoch = 0; facts.size() < 40_000; epoch++) {
            if (Random64.mix(epoch ^ (long) A.hashCode() << 32) >>> 58 == 5) {
                facts.add(new RumorProtocol.Forgot(new Origin(A, epoch), 1, Ranges.of(1, 1)));
            }
        }
        Node node = node(new Retention(DAY, 100_000, 256 << 20), facts.toArray(Fact[]::new));
        Set<Origin> shown = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            receive(
                    node,
                    B,
                    new AntiEntropyProtocol.Digest(
                            List.of(), AntiEntropyProtocol.Digest.ALL, Collections.nCopies(64, 0L), 0));
            List<Holding> holdings =
                    effects.last(AntiEntropyProtocol.Digest.class).holdings();
            assertThat(holdings).hasSizeLessThan(facts.size());
            holdings.forEach(holding -> shown.add(holding.origin()));
        }
        assertThat(shown).hasSize(facts.size());
    }

    @Test
    void anOriginThatIsNamedAgainAndAgainIsLookedAtOnce() {
        Node node = node(SMALL);
        receive(node, B, gossip(ORIGIN, 1));
        Holding holding = new Holding(ORIGIN, 1, Ranges.of(2, 9));
        receive(node, B, new AntiEntropyProtocol.Digest(Collections.nCopies(80_000, holding)));
        assertThat(effects.last(AntiEntropyProtocol.Pull.class).wants()).hasSize(1);
        now += SECOND;
        AntiEntropyProtocol.Want first = new AntiEntropyProtocol.Want(ORIGIN, Ranges.of(1, 1));
        receive(node, B, new AntiEntropyProtocol.Pull(Collections.nCopies(80_000, first)));
        assertThat(effects.last(AntiEntropyProtocol.Repair.class).rumors()).hasSize(1);
    }

    @Test
    void aRumorThatWouldTearOneMoreGapIsRefused() {
        Node node = node(new Retention(DAY, 100_000, 256 << 20));
        for (int i = 1; i <= 5000; i++) {
            receive(node, B, gossip(ORIGIN, 2L * i));
        }
        assertThat(node.log().entries()).hasSize(4096);
        receive(node, B, gossip(ORIGIN, 3));
        assertThat(node.log().entries()).as("what closes a gap is taken").hasSize(4097);
    }

    @Test
    void whateverVersionsArePublishedCanBeCommitted() {
        Node node = node(new Retention(DAY, 100_000, 256 << 20));
        for (int i = 1; effects.told(Lifecycle.Refused.class).isEmpty() && i < 20_000; i++) {
            node.step(now, new Input.Asked(new Command.PublishVersion(2L * i)), effects);
        }
        Ranges versions = node.log().seenNumbers(Origin.VERSIONS).copy();
        node.step(now, new Input.Fired(effects.timer(CommitProtocol.ReportRound.class)), effects);
        receive(
                node,
                B,
                new CommitProtocol.Versions(
                        List.of(new CommitProtocol.Report(versions, List.of(B, C, D, E), null)), false));
        assertThat(effects.told(CommitProtocol.Committed.class))
                .extracting(told -> told.versions().size())
                .containsExactly(versions.size());
    }

    @Test
    void aVersionThatOthersWouldRefuseIsNotPublished() {
        long[] versions = new long[2 << 16];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = 1 + i / 2 * 2L;
        }
        Node node = node(SMALL, new RumorProtocol.Forgot(Origin.VERSIONS, 1 << 17, Ranges.of(versions)));
        node.step(now, new Input.Asked(new Command.PublishVersion(1 << 20)), effects);
        assertThat(effects.told(Lifecycle.Refused.class)).hasSize(1);
        assertThat(effects.told(RumorProtocol.Published.class)).isEmpty();
        node.step(now, new Input.Asked(new Command.PublishVersion(2)), effects);
        assertThat(effects.told(RumorProtocol.Published.class))
                .as("what closes a gap")
                .hasSize(1);
    }

    // --- Memory, and origins without number --------------------------------------------------------------------------

    @Test
    void aDigestAloneIsNotRemembered() {
        Node node = node(SMALL);
        long before = node.log().bytes();
        for (int i = 0; i < 100; i++) {
            List<Holding> holdings = IntStream.range(0, 1000)
                    .mapToObj(epoch -> new Holding(new Origin(E, epoch), 5, Ranges.of(1, 9)))
                    .toList();
            receive(node, C, new AntiEntropyProtocol.Digest(holdings));
        }
        assertThat(node.log().bytes()).isEqualTo(before);
        assertThat(node.log().knownOrigins()).isEmpty();
    }

    @Test
    void pathsAndOriginsCountTowardsWhatIsKept() {
        Node node = node(SMALL);
        List<NodeId> path = IntStream.rangeClosed(1, 1000)
                .mapToObj(port -> new NodeId("h", port))
                .toList();
        for (int i = 1; i <= 200; i++) {
            receive(node, B, new RumorProtocol.Gossip(new RelayedRumor(rumor(new Origin(E, i), 1), 1, path)));
            assertThat(node.log().bytes()).isLessThan((1 << 20) * 5L / 4);
        }
        round(node);
        assertThat(node.log().bytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(node.log().entries()).hasSizeBetween(10, 20);
    }

    @Test
    void whereOriginsAreTooManyThoseOfWhichNothingIsLeftAreForgotten() {
        Node node = node(SMALL);
        publish(node, "apple");
        Origin own = effects.last(RumorProtocol.Gossip.class).carried().rumor().origin();
        for (int i = 0; i < 5000; i++) {
            receive(node, B, gossip(new Origin(E, i), 1));
            assertThat(node.log().bytes()).isLessThan((1 << 20) * 5L / 4);
        }
        now += DAY;
        effects.clear();
        round(node);
        assertThat(node.log().entries()).isEmpty();
        assertThat(node.log().seenNumbers(own).isEmpty()).isTrue();
        assertThat(node.log().knownOrigins()).hasSizeBetween(100, 3000);
        publish(node, "banana");
        Rumor next = effects.last(RumorProtocol.Gossip.class).carried().rumor();
        assertThat(next.origin())
                .as("a number that is forgotten is not given again")
                .isNotEqualTo(own);
    }

    @Test
    void twoNodesWithMoreOriginsThanFitIntoAMessageComeToKnowTheSame() {
        Retention large = new Retention(DAY, 200_000, 256 << 20);
        Node one = node(large);
        Node other = node(large);
        int origins = 20_000;
        for (int i = 0; i < origins; i++) {
            Node first = i % 2 == 0 ? one : other;
            receive(first, B, gossip(new Origin(E, i), 1));
            if (i % 400 != 0) {
                receive(first == one ? other : one, B, gossip(new Origin(E, i), 1));
            }
        }
        now += SECOND;
        int largest = 0;
        for (int round = 0; round < 40 && one.log().seenCount() + other.log().seenCount() < 2L * origins; round++) {
            largest = Math.max(largest, converse(round % 2 == 0 ? one : other, round % 2 == 0 ? other : one));
            now += SECOND;
        }
        assertThat(one.log().seenCount()).isEqualTo(origins);
        assertThat(other.log().seenCount()).isEqualTo(origins);
        assertThat(largest).as("origins in one message").isBetween(100, 4000);
    }

    /** One comparison, to its end; how many origins its largest digest showed. */
    private int converse(Node opener, Node partner) {
        List<RecordingEffects.Sent> onWay = new ArrayList<>();
        onWay.add(new RecordingEffects.Sent(
                C, new AntiEntropyProtocol.Summary(opener.log().seenCount(), 0, 0)));
        boolean isToPartner = true;
        int largest = 0;
        while (!onWay.isEmpty()) {
            effects.clear();
            for (RecordingEffects.Sent sent : onWay) {
                receive(isToPartner ? partner : opener, C, sent.message());
                if (sent.message() instanceof AntiEntropyProtocol.Digest digest) {
                    largest = Math.max(largest, digest.holdings().size());
                }
            }
            onWay = effects.sent.stream()
                    .filter(sent -> sent.to().equals(C) && !(sent.message() instanceof RumorProtocol.Gossip))
                    .toList();
            isToPartner = !isToPartner;
        }
        return largest;
    }
}
