package dev.hearsay.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Command;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.View;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of one node, with recording effects. */
class StateTest {

    private static final NodeId SELF = new NodeId("10.0.0.1", 1);
    private static final NodeId B = new NodeId("10.0.0.2", 1);
    private static final NodeId C = new NodeId("10.0.0.3", 1);
    private static final State.Settings SMALL = new State.Settings(10, 20, 3, 1_000, 8);

    private final TestContext context = new TestContext(1);
    private final RecordingEffects effects = new RecordingEffects();
    private final State state = state(SMALL);

    private State state(State.Settings settings) {
        return new State(settings, SELF, context, new View() {
            @Override
            public List<NodeId> neighbours() {
                return List.of(B, C);
            }

            @Override
            public List<NodeId> members() {
                return List.of(SELF, B, C);
            }
        });
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
        receiver.step(0, new Input.Received(B, new Message.Entries(List.of(entries), List.of(), false)), effects);
    }

    private static String value(State of, String key) {
        Entry entry = of.find(key);
        return entry == null ? null : new String(entry.value(), UTF_8);
    }

    private String refusal() {
        return effects.told(Signal.Refused.class).getLast().reason();
    }

    // --- What is written here ----------------------------------------------------------------------------------------

    @Test
    void whatIsWrittenIsSavedToldAndPassedOn() {
        put("a", "one");
        assertThat(value(state, "a")).isEqualTo("one");
        Stamp stamp = new Stamp(context.wallMicros, 0, SELF);
        assertThat(effects.told).containsExactly(new Signal.Written("a", stamp, false));
        assertThat(effects.saved).containsExactly(new Fact.Wrote(entry("a", "one", stamp.micros(), SELF), null));
        assertThat(effects.receivers(Message.Entries.class)).containsExactlyInAnyOrder(B, C);
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
    void whatCouldNotBeMadeDurableIsTakenBack() {
        put("a", "one");
        put("a", "two");
        Fact.Wrote second = (Fact.Wrote) effects.saved.getLast();
        state.step(0, new Input.Unsaved(second), effects);
        assertThat(value(state, "a")).isEqualTo("one");
        assertThat(refusal()).isEqualTo("'a' could not be made durable and is as before");
        state.step(0, new Input.Unsaved((Fact.Wrote) effects.saved.getFirst()), effects);
        assertThat(state.entries()).isEmpty();
        assertThat(state.hash()).isZero();
    }

    @Test
    void takingBackTheEarlierOfTwoFirstLeavesNeither() {
        put("a", "none of these");
        long before = state.hash();
        put("a", "one");
        put("a", "two");
        Fact.Wrote one = (Fact.Wrote) effects.saved.get(1);
        Fact.Wrote two = (Fact.Wrote) effects.saved.get(2);
        state.step(0, new Input.Unsaved(one), effects);
        assertThat(value(state, "a")).isEqualTo("two");
        state.step(0, new Input.Unsaved(two), effects);
        assertThat(value(state, "a")).isEqualTo("none of these");
        assertThat(state.hash()).isEqualTo(before);
    }

    @Test
    void takingBackDoesNotUndoWhatHasComeSince() {
        put("a", "mine");
        Fact.Wrote wrote = (Fact.Wrote) effects.saved.getFirst();
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
        assertThat(effects.receivers(Message.Entries.class)).containsExactly(C);
        assertThat(effects.saved).containsExactly(new Fact.Learnt(entry("a", "1", 10, B)));
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
        state.forget(effects);
        assertThat(state.entries()).hasSize(1);
        context.wallMicros += 1;
        state.forget(effects);
        assertThat(state.entries()).isEmpty();
        assertThat(effects.saved).last().isEqualTo(new Fact.Dropped("a"));
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
        state.remember(entry("a", "2", 20, B));
        state.remember(entry("a", "1", 10, B));
        state.remember(entry("b", null, 30, B));
        state.remember(new Fact.Dropped("b"));
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
}
