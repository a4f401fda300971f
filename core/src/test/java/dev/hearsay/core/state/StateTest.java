package dev.hearsay.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of one node, with recording effects. */
class StateTest {

    private static final NodeId SELF = new NodeId("10.0.0.1", 1);
    private static final NodeId B = new NodeId("10.0.0.2", 1);
    private static final NodeId C = new NodeId("10.0.0.3", 1);
    private static final long LIMIT = 300_000_000L;
    private static final State.Settings SMALL = new State.Settings(10, 20, 3, 1_000, 8, LIMIT);

    private final TestContext context = new TestContext(1);
    private final RecordingEffects effects = new RecordingEffects();
    private final State state = state(SMALL);
    private long nowNanos;

    private State state(State.Settings settings) {
        return new State(
                settings,
                SELF,
                context,
                new View() {
                    @Override
                    public List<NodeId> neighbours() {
                        return List.of(B, C);
                    }

                    @Override
                    public List<NodeId> members() {
                        return List.of(SELF, B, C);
                    }
                },
                bytes -> {});
    }

    private static Entry entry(String key, String value, long micros, NodeId writer) {
        return new Entry(key, value == null ? null : value.getBytes(UTF_8), new Stamp(micros, 0, writer));
    }

    private void put(String key, String value) {
        state.step(0, new Input.Asked(new Command.Put(key, value.getBytes(UTF_8))), effects);
    }

    private void delete(String key) {
        state.step(0, new Input.Asked(new Command.Delete(key)), effects);
    }

    private void receive(Entry... entries) {
        receive(state, entries);
    }

    private void receive(State receiver, Entry... entries) {
        receiver.step(
                nowNanos,
                new Input.Received(B, new StateProtocol.Entries(List.of(entries), List.of(), false)),
                effects);
    }

    private static String value(State of, String key) {
        Entry entry = of.find(key);
        return entry == null ? null : new String(entry.value(), UTF_8);
    }

    private String refusal() {
        return effects.told(Lifecycle.Refused.class).getLast().reason();
    }

    // --- What is written here ----------------------------------------------------------------------------------------

    @Test
    void whatIsWrittenIsSavedToldAndPassedOn() {
        put("a", "one");
        assertThat(value(state, "a")).isEqualTo("one");
        Stamp stamp = new Stamp(context.wallMicros, 0, SELF);
        assertThat(effects.told).containsExactly(new StateProtocol.Written("a", stamp, false));
        assertThat(effects.saved)
                .containsExactly(new StateProtocol.Wrote(entry("a", "one", stamp.micros(), SELF), null));
        assertThat(effects.receivers(StateProtocol.Entries.class)).containsExactlyInAnyOrder(B, C);
        delete("a");
        assertThat(value(state, "a")).isNull();
        assertThat(state.keys()).isZero();
        assertThat(state.entries()).singleElement().satisfies(left -> {
            assertThat(left.isDeletion()).isTrue();
            assertThat(left.stamp()).isEqualTo(new Stamp(context.wallMicros, 1, SELF));
        });
        delete("a");
        assertThat(refusal()).isEqualTo("there is no key 'a' to delete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''          | the key is empty",
                "a\tb        | the key has a control character in it",
                "abcdefghijk | the key has 11 bytes; the limit is 10",
                "ääääää      | the key has 12 bytes; the limit is 10",
                "🍎🍎🍎       | the key has 12 bytes; the limit is 10",
            })
    void refusesKeysThatCannotBe(String key, String reason) {
        put(key.replace("\\t", "\t"), "v");
        assertThat(refusal()).isEqualTo(reason);
        assertThat(effects.saved).isEmpty();
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void keepsItsLimits() {
        put("\ud83c", "v");
        assertThat(refusal()).isEqualTo("the key has half a surrogate pair in it");
        put("a", "123456789012345678901");
        assertThat(refusal()).isEqualTo("the value has 21 bytes; the limit is 20");
        put("a", "12345678901234567890");
        put("b", "");
        put("c", "");
        delete("c");
        put("d", "");
        assertThat(refusal()).isEqualTo("there are 3 keys, deleted ones of the last day included; the limit is 3");
        put("c", "again");
        assertThat(value(state, "c")).as("a key that was there before").isEqualTo("again");
    }

    @Test
    void takesMoreOfOthersButNotWithoutLimit() {
        for (int i = 0; i < 7; i++) {
            receive(entry("k" + i, "v", 5, B));
        }
        assertThat(state.keys()).isEqualTo(6);
        assertThat(refusal()).isEqualTo("an entry from " + B + ": there are 6 keys, twice the limit");
        receive(entry("k0", "123456789012345678901", 6, B));
        assertThat(refusal()).contains("the value has 21 bytes");
    }

    @Test
    void whatWouldBeRefusedIsNotAskedForInPlaceOfWhatWouldNot() {
        for (int i = 0; i < 6; i++) {
            receive(entry("k" + i, "v", 5, B));
        }
        List<StateProtocol.Stamped> stamps = Stream.of("a", "b", "k5", "much too long a key")
                .map(key -> new StateProtocol.Stamped(key, new Stamp(6, 0, B)))
                .toList();
        state.step(0, new Input.Received(B, new StateProtocol.StateDigest(-1, "", "", stamps)), effects);
        assertThat(effects.last(StateProtocol.Entries.class).wants()).containsExactly("k5");
    }

    @Test
    void whatCouldNotBeMadeDurableIsTakenBack() {
        put("a", "one");
        put("a", "two");
        StateProtocol.Wrote second = (StateProtocol.Wrote) effects.saved.getLast();
        state.step(0, new Input.Unsaved(second), effects);
        assertThat(value(state, "a")).isEqualTo("one");
        assertThat(refusal()).isEqualTo("'a' could not be made durable and is as before");
        state.step(0, new Input.Unsaved((StateProtocol.Wrote) effects.saved.getFirst()), effects);
        assertThat(state.entries()).isEmpty();
        assertThat(state.hash()).isZero();
    }

    @Test
    void takingBackTheEarlierOfTwoFirstLeavesNeither() {
        put("a", "none of these");
        long before = state.hash();
        put("a", "one");
        put("a", "two");
        StateProtocol.Wrote one = (StateProtocol.Wrote) effects.saved.get(1);
        StateProtocol.Wrote two = (StateProtocol.Wrote) effects.saved.get(2);
        state.step(0, new Input.Unsaved(one), effects);
        assertThat(value(state, "a")).isEqualTo("two");
        state.step(0, new Input.Unsaved(two), effects);
        assertThat(value(state, "a")).isEqualTo("none of these");
        assertThat(state.hash()).isEqualTo(before);
    }

    @Test
    void takingBackDoesNotUndoWhatHasComeSince() {
        put("a", "mine");
        StateProtocol.Wrote wrote = (StateProtocol.Wrote) effects.saved.getFirst();
        receive(entry("a", "later", context.wallMicros + 1, B));
        state.step(0, new Input.Unsaved(wrote), effects);
        assertThat(value(state, "a")).isEqualTo("later");
    }

    // --- What comes from others --------------------------------------------------------------------------------------

    @Test
    void theLastWriterWinsInWhateverOrderEntriesCome() {
        List<Entry> written = List.of(
                entry("a", "1", 10, B),
                entry("a", "2", 20, B),
                entry("a", "3", 20, C),
                entry("a", null, 15, C),
                entry("b", "4", 30, B),
                entry("b", null, 31, C),
                entry("c", null, 5, C),
                entry("c", "5", 6, B));
        Random64 random = new Random64(4);
        for (int round = 0; round < 200; round++) {
            List<Entry> left = new ArrayList<>(written);
            State receiver = state(State.Settings.DEFAULT);
            while (!left.isEmpty()) {
                Entry next = left.remove(random.nextInt(left.size()));
                receive(receiver, next);
                receive(receiver, next);
            }
            assertThat(value(receiver, "a"))
                    .as("equal times are decided by the writer")
                    .isEqualTo("3");
            assertThat(receiver.find("b")).isNull();
            assertThat(value(receiver, "c")).isEqualTo("5");
            assertThat(receiver.keys()).isEqualTo(2);
        }
    }

    @Test
    void newEntriesArePassedOnAndKnownOnesAreNot() {
        receive(entry("a", "1", 10, B));
        assertThat(effects.receivers(StateProtocol.Entries.class)).containsExactly(C);
        assertThat(effects.saved).containsExactly(new StateProtocol.Learnt(entry("a", "1", 10, B)));
        effects.clear();
        receive(entry("a", "1", 10, B), entry("a", "0", 9, C));
        assertThat(effects.sent).isEmpty();
        assertThat(effects.saved).isEmpty();
        assertThat(effects.told).isEmpty();
    }

    @Test
    void whoHasSeenAnEntryWritesALaterOneWhateverItsClockSays() {
        receive(entry("a", "theirs", 9_000_000, B));
        put("a", "mine");
        assertThat(value(state, "a")).isEqualTo("mine");
        context.wallMicros = 10;
        put("a", "mine again");
        assertThat(value(state, "a")).isEqualTo("mine again");
    }

    // --- Deletions and their end -------------------------------------------------------------------------------------

    @Test
    void aDeletionIsForgottenWhenItsTimeIsOverAndAComparisonDoesNotBringItBack() {
        put("a", "one");
        delete("a");
        Entry deletion = state.entries().iterator().next();
        context.wallMicros += SMALL.deletionMicros();
        nowNanos = 2_000_000;
        state.forget(nowNanos, effects);
        assertThat(state.entries()).hasSize(1);
        context.wallMicros += 1;
        state.forget(nowNanos, effects);
        assertThat(state.entries()).isEmpty();
        assertThat(effects.saved).last().isEqualTo(new StateProtocol.Dropped("a"));
        effects.clear();
        receive(deletion);
        assertThat(state.entries()).isEmpty();
        assertThat(effects.saved).isEmpty();
        assertThat(effects.sent).isEmpty();
    }

    @Test
    void aDeletionThatIsRememberedIsStrongerThanWhatItDeleted() {
        Entry old = entry("a", "old", 10, B);
        receive(old, entry("a", null, context.wallMicros, C));
        receive(old);
        assertThat(state.find("a")).isNull();
    }

    @Test
    void remembersWhatAnEarlierLifeHasSaved() {
        state.remember(0, new StateProtocol.Learnt(entry("a", "2", 20, B)));
        state.remember(0, new StateProtocol.Learnt(entry("a", "1", 10, B)));
        state.remember(0, new StateProtocol.Learnt(entry("b", null, 30, B)));
        state.remember(new StateProtocol.Dropped("b"));
        assertThat(value(state, "a")).isEqualTo("2");
        assertThat(state.entries()).hasSize(1);
        put("c", "new");
        assertThat(state.find("c").stamp().micros()).isEqualTo(context.wallMicros);
    }

    @Test
    void comparingTwoStatesMakesThemEqual() {
        State other = state(State.Settings.DEFAULT);
        receive(entry("a", "1", 10, B), entry("b", "old", 10, B), entry("d", null, context.wallMicros, C));
        receive(other, entry("b", "new", 11, B), entry("c", "3", 10, C));
        assertThat(state.hash()).isNotEqualTo(other.hash());
        effects.clear();
        state.compare(B, effects);
        // What one of the two sends is what the other receives.
        List<State> sides = List.of(other, state);
        for (int turn = 0; !effects.sent.isEmpty() && turn < 10; turn++) {
            List<Message> messages = effects.sent.stream()
                    .filter(sent -> sent.to().equals(B))
                    .map(RecordingEffects.Sent::message)
                    .toList();
            effects.clear();
            for (Message message : messages) {
                sides.get(turn % 2).step(0, new Input.Received(B, message), effects);
            }
        }
        assertThat(state.hash()).isEqualTo(other.hash());
        assertThat(value(state, "b")).isEqualTo("new");
        assertThat(value(other, "a")).isEqualTo("1");
        assertThat(state.keys()).isEqualTo(3);
        assertThat(List.copyOf(other.entries())).isEqualTo(List.copyOf(state.entries()));
    }

    // --- What was lost -----------------------------------------------------------------------------------------------

    @Test
    void keysOfItsOwnWritingThatItsStoreHasLostAreSaidAndCounted() {
        state.resume();
        state.remember(0, new StateProtocol.Learnt(entry("a", "1", 10, SELF)));
        receive(entry("a", "2", 20, SELF), entry("b", null, 999_999, SELF), entry("c", "theirs", 30, B));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .containsExactly(new AntiEntropyProtocol.OwnLost(B, 0, 2));
        assertThat(value(state, "a")).isEqualTo("2");
        receive(entry("d", "what it had written before, and knew of, is not lost", 9, SELF));
        receive(entry("a", "2", 20, SELF));
        put("c", "mine");
        receive(entry("e", "in its name", context.wallMicros + 1, SELF));
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class))
                .as("said once")
                .hasSize(1);
    }

    @Test
    void entriesInItsNameAreSaidToBeLostEverLessOftenAndAllTheSameCounted() {
        state.resume();
        for (int i = 1; i <= 2000; i++) {
            receive(entry("k", Integer.toString(i), 10 + i, SELF));
        }
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class)).hasSizeBetween(16, 30);
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class).stream()
                        .mapToLong(AntiEntropyProtocol.OwnLost::keys)
                        .sum())
                .isBetween(1000L, 2000L);
    }

    @Test
    void whoKeepsNothingHasLostNothing() {
        receive(entry("a", "1", 10, SELF));
        assertThat(value(state, "a")).isEqualTo("1");
        assertThat(effects.told(AntiEntropyProtocol.OwnLost.class)).isEmpty();
    }

    // --- Clocks of others --------------------------------------------------------------------------------------------

    @Test
    void whatIsWrittenTooFarAheadIsNotTakenAndThatIsSaidOnce() {
        long day = 86_400_000_000L;
        for (int i = 0; i < 3; i++) {
            receive(entry("k" + i, "v", context.wallMicros + 400 * day, B));
        }
        assertThat(state.entries()).isEmpty();
        assertThat(effects.saved).isEmpty();
        assertThat(effects.sent).isEmpty();
        assertThat(state.entriesAhead()).isEqualTo(3);
        assertThat(effects.told(Lifecycle.Refused.class))
                .containsExactly(
                        new Lifecycle.Refused(
                                "1 entry from " + B + ": the clock of " + B
                                        + " is 400 days ahead of this node's; one of the two is wrong (at most 5 minutes are allowed)"));
        nowNanos = 60_000_000_000L;
        receive(entry("k", "v", context.wallMicros + 9 * day, C));
        assertThat(refusal())
                .isEqualTo("3 entries from " + B + " and others: the clocks of 2 nodes are up to 400 days ahead of this"
                        + " node's, which is probably behind; set it (at most 5 minutes are allowed)");
        put("mine", "v");
        assertThat(state.find("mine").stamp())
                .as("no clock has moved")
                .isEqualTo(new Stamp(context.wallMicros, 0, SELF));
    }

    @Test
    void whatWasNotTakenIsTakenOnceItsTimeHasCome() {
        Entry ahead = entry("a", "v", context.wallMicros + LIMIT + 1, B);
        Message digest =
                new StateProtocol.StateDigest(-1, "", "", List.of(new StateProtocol.Stamped("a", ahead.stamp())));
        state.step(0, new Input.Received(B, digest), effects);
        assertThat(effects.sent).as("it is not even asked for").isEmpty();
        receive(ahead);
        assertThat(state.find("a")).isNull();
        context.wallMicros++;
        state.step(0, new Input.Received(B, digest), effects);
        assertThat(effects.last(StateProtocol.Entries.class).wants()).containsExactly("a");
        receive(ahead);
        assertThat(value(state, "a")).isEqualTo("v");
    }

    @Test
    void theLargestStampStopsNobodyFromWriting() {
        receive(new Entry("a", new byte[0], new Stamp(context.wallMicros, Long.MAX_VALUE, B)));
        receive(new Entry("b", new byte[0], new Stamp(Long.MAX_VALUE, Long.MAX_VALUE, B)));
        put("a", "mine");
        put("b", "mine");
        assertThat(value(state, "a")).isEqualTo("mine");
        assertThat(value(state, "b")).isEqualTo("mine");
        assertThat(state.find("a").stamp()).isEqualTo(new Stamp(context.wallMicros + 1, 0, SELF));
    }

    @Test
    void aStoreThatHasBelievedWhatCannotBeHeals() {
        for (String key : List.of("a", "b", "c")) {
            state.remember(
                    0,
                    new StateProtocol.Learnt(
                            new Entry(key, new byte[0], new Stamp(Long.MAX_VALUE, Long.MAX_VALUE, B))));
        }
        receive(entry("a", "theirs", context.wallMicros, C));
        assertThat(value(state, "a")).isEqualTo("theirs");
        put("b", "mine");
        assertThat(value(state, "b")).isEqualTo("mine");
        delete("c");
        assertThat(state.find("c")).isNull();
        assertThat(state.entries()).allMatch(entry -> entry.stamp().micros() <= context.wallMicros + 1);
    }

    /** Others believe what was there, so it would be acknowledged, and lost. */
    @Test
    void aWriteUnderALaterOneIsRefused() {
        context.wallMicros = 10 * LIMIT;
        put("a", "one");
        receive(entry("b", "theirs", context.wallMicros, B));
        context.wallMicros -= 2 * LIMIT;
        put("a", "two");
        delete("b");
        assertThat(value(state, "a")).isEqualTo("one");
        assertThat(value(state, "b")).isEqualTo("theirs");
        assertThat(effects.told(Lifecycle.Refused.class))
                .hasSize(2)
                .allMatch(refused -> refused.reason().startsWith("this node's clock is behind, by "));
        put("c", "new");
        assertThat(value(state, "c")).as("a key of which nothing is known").isEqualTo("new");
        context.wallMicros += LIMIT;
        put("a", "three");
        assertThat(value(state, "a")).as("within the limit").isEqualTo("three");
    }

    @Test
    void aStampFromTheFutureDoesNotEndDeletions() {
        put("a", "one");
        Entry old = state.entries().iterator().next();
        delete("a");
        receive(entry("b", "v", context.wallMicros + LIMIT, B), entry("c", "v", Long.MAX_VALUE, B));
        nowNanos = Long.MAX_VALUE;
        state.forget(nowNanos, effects);
        receive(old);
        assertThat(state.find("a")).isNull();
        assertThat(state.entries()).hasSize(2);
    }

    /** Its writer's clock is days behind, but not behind the value that it deletes. */
    @Test
    void aDeletionThatLooksOldIsRememberedForADayFromWhenItWasLearnt() {
        long hourMicros = 3_600_000_000L;
        context.wallMicros = 1_000 * hourMicros;
        nowNanos = -5;
        Entry old = entry("a", "old", 10, B);
        Entry deletion = entry("a", null, 11, C);
        State first = state(State.Settings.DEFAULT);
        receive(first, old, deletion);
        assertThat(effects.last(StateProtocol.Entries.class).entries())
                .as("passed on")
                .containsExactly(old, deletion);
        StateProtocol.Learnt saved = (StateProtocol.Learnt) effects.saved.getLast();
        assertThat(saved).isEqualTo(new StateProtocol.Learnt(deletion, 1_000 * hourMicros));
        pass(first, 20 * hourMicros);
        receive(first, old);
        assertThat(first.find("a")).isNull();
        // A life later the time goes on where it was.
        State second = state(State.Settings.DEFAULT);
        nowNanos = 0;
        second.remember(nowNanos, saved);
        pass(second, 4 * hourMicros);
        effects.clear();
        receive(second, old);
        assertThat(second.find("a")).isNull();
        assertThat(effects.last(StateProtocol.Entries.class).entries())
                .as("what who has it is shown")
                .containsExactly(deletion);
        pass(second, 1);
        assertThat(second.entries()).isEmpty();
        assertThat(effects.saved).containsExactly(new StateProtocol.Dropped("a"));
    }

    private void pass(State by, long micros) {
        context.wallMicros += micros;
        nowNanos += micros * 1_000;
        by.forget(nowNanos, effects);
    }

    @Test
    void aClockThatIsSetForwardEndsNoDeletionBeforeItsTime() {
        State mine = state(State.Settings.DEFAULT);
        receive(mine, entry("a", "old", 10, B), entry("a", null, context.wallMicros, C));
        context.wallMicros += 1_000 * State.Settings.DEFAULT.deletionMicros();
        pass(mine, 1);
        receive(mine, entry("a", "old", 10, B));
        assertThat(mine.find("a")).isNull();
    }

    /** Else nodes that have learnt of it at different times, or had nothing to delete, would compare for a day. */
    @Test
    void aDeletionThatLooksOldMakesNoDifferenceToWhoeverHasNoEarlierValue() {
        context.wallMicros = 10 * State.Settings.DEFAULT.deletionMicros();
        State mine = state(State.Settings.DEFAULT);
        receive(mine, entry("a", "old", 10, B), entry("a", null, 11, C));
        assertThat(mine.hash()).isEqualTo(state.hash());
        assertThat(mine.entries()).hasSize(1);
        Message all = new StateProtocol.StateDigest(-1, "", "", List.of());
        effects.clear();
        mine.step(0, new Input.Received(B, all), effects);
        assertThat(effects.sent).isEmpty();
        // By its hashes a node that has the value differs, and learns of the deletion when it shows what it has.
        receive(entry("a", "old", 10, B));
        assertThat(mine.hash()).isNotEqualTo(state.hash());
        effects.clear();
        mine.step(
                0,
                new Input.Received(
                        B,
                        new StateProtocol.StateDigest(
                                -1, "", "", List.of(new StateProtocol.Stamped("a", new Stamp(10, 0, B))))),
                effects);
        assertThat(effects.last(StateProtocol.Entries.class).entries()).containsExactly(entry("a", null, 11, C));
        receive(mine, entry("a", "new", 12, B));
        receive(entry("a", "new", 12, B));
        assertThat(mine.hash()).isEqualTo(state.hash());
    }

    @Test
    void aDeletionOfWhichAllKnowIsLeftOutOfComparisonsOnceItIsOld() {
        State mine = state(State.Settings.DEFAULT);
        receive(mine, entry("a", "old", 10, B), entry("b", "v", 10, B));
        long hourMicros = 3_600_000_000L;
        pass(mine, hourMicros);
        receive(mine, entry("a", null, context.wallMicros - hourMicros, C));
        receive(entry("b", "v", 10, B));
        pass(mine, 23 * hourMicros);
        assertThat(mine.hash()).isNotEqualTo(state.hash());
        pass(mine, 1);
        assertThat(mine.entries()).hasSize(2);
        assertThat(mine.hash()).isEqualTo(state.hash());
        pass(mine, hourMicros);
        assertThat(mine.entries()).hasSize(1);
        assertThat(mine.hash()).isEqualTo(state.hash());
    }

    // --- Bounds ------------------------------------------------------------------------------------------------------

    @Test
    void keysOfTheSameHashCodeThatSwapTheirStampsAreNotTheSame() {
        State other = state(SMALL);
        receive(entry("Aa", "1", 10, B), entry("BB", "2", 20, C));
        receive(other, entry("Aa", "1", 20, C), entry("BB", "2", 10, B));
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(state.hash()).isNotEqualTo(other.hash());
    }

    @Test
    void longKeysAreComparedInPages() {
        State.Settings settings = State.Settings.DEFAULT;
        State mine = state(settings);
        State other = state(settings);
        String tail = "k".repeat(500);
        for (int i = 0; i < 6_000; i++) {
            Entry entry = entry(i + tail, "", 10, B);
            if (i % 3 < 2) {
                mine.remember(0, new StateProtocol.Learnt(entry));
            }
            if (i % 3 > 0) {
                other.remember(0, new StateProtocol.Learnt(entry));
            }
        }
        assertThat(mine.overheadBytes()).isBetween(4_000L * 500, 4_000L * 800);
        List<State> sides = List.of(other, mine);
        int messages = 0;
        for (int round = 0; round < 100 && mine.hash() != other.hash(); round++) {
            effects.clear();
            sides.get(1 - round % 2).compare(B, effects);
            for (int turn = round % 2; !effects.sent.isEmpty(); turn++) {
                List<Message> sent = effects.sent.stream()
                        .filter(each -> each.to().equals(B))
                        .map(RecordingEffects.Sent::message)
                        .toList();
                effects.clear();
                for (Message message : sent) {
                    messages++;
                    assertThat(bytes(message)).isLessThan(600_000);
                    sides.get(turn % 2).step(0, new Input.Received(B, message), effects);
                }
            }
        }
        assertThat(mine.entries()).hasSize(6_000);
        assertThat(List.copyOf(other.entries())).isEqualTo(List.copyOf(mine.entries()));
        assertThat(messages).isLessThan(300);
    }

    private static long bytes(Message message) {
        return switch (message) {
            case StateProtocol.StateDigest digest ->
                digest.entries().stream()
                        .mapToLong(entry -> entry.key().length() + 80)
                        .sum();
            case StateProtocol.Entries entries ->
                entries.entries().stream()
                                .mapToLong(entry -> entry.key().length() + 80)
                                .sum()
                        + entries.wants().stream().mapToLong(String::length).sum();
            default -> 0;
        };
    }

    @Test
    void aFalseListCostsNoMoreThanAMessage() {
        State mine = state(State.Settings.DEFAULT);
        mine.remember(0, new StateProtocol.Learnt(entry("a", "x".repeat(1_000), 10, B)));
        List<String> wants = Collections.nCopies(500_000, "a");
        mine.step(0, new Input.Received(B, new StateProtocol.Entries(List.of(), wants, false)), effects);
        assertThat(effects.last(StateProtocol.Entries.class).entries()).hasSizeLessThan(300);
        effects.clear();
        List<StateProtocol.Stamped> stamps = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            stamps.add(new StateProtocol.Stamped("key" + i, new Stamp(10, 0, B)));
        }
        mine.step(0, new Input.Received(B, new StateProtocol.StateDigest(-1, "", "", stamps)), effects);
        assertThat(effects.last(StateProtocol.Entries.class).wants()).hasSizeLessThan(3_000);
        effects.clear();
        mine.step(0, new Input.Received(B, new StateProtocol.StateDigest(-1, "z", "a", List.of())), effects);
        assertThat(effects.sent).as("a page of nothing").isEmpty();
    }

    @Test
    void manyRefusedEntriesOfAMessageAreOneRefusal() {
        receive(
                entry("a", "x".repeat(21), 10, B),
                entry("b", "x".repeat(21), 10, B),
                entry("c", "v", 10, B),
                entry("d", "x".repeat(21), 10, B));
        assertThat(effects.told(Lifecycle.Refused.class))
                .containsExactly(new Lifecycle.Refused(
                        "an entry from " + B + ": the value has 21 bytes; the limit is 20; and 2 more"));
        assertThat(value(state, "c")).isEqualTo("v");
    }
}
