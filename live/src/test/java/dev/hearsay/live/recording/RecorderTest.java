package dev.hearsay.live.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.Fact;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordingJson;
import dev.hearsay.wire.RecordingLine;
import dev.hearsay.wire.WireException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is kept of lives, and what has to make room. */
class RecorderTest {

    private static final NodeId NODE = NodeId.parse("a:1");
    private static final NodeSpec SPEC = NodeSpec.of(new SpreadSpec.Flood());

    /** Tells and sends one thing at each step. */
    private static final Machine MACHINE = machine(effects -> {
        effects.tell(new Lifecycle.Departed());
        effects.send(NODE, new HeartbeatProtocol.Ping(1));
    });

    private static final Effects NOTHING = new Effects() {
        @Override
        public void send(NodeId to, Message message) {}

        @Override
        public void after(long delayNanos, Timer timer) {}

        @Override
        public void save(Fact fact) {}

        @Override
        public void tell(Event event) {}
    };

    private static NodeJournal life(Recorder recorder, int number) {
        return life(recorder, number, List.of());
    }

    private static NodeJournal life(Recorder recorder, int number, List<Fact> remembered) {
        return recorder.begin(new Beginning(NODE, number, "1", SPEC, List.of(), List.of(), null, 1, null, remembered));
    }

    private static void live(NodeJournal journal, int steps, int payloadBytes) {
        live(journal, MACHINE, steps, new Input.Asked(new Command.Publish(new byte[payloadBytes], 0)));
    }

    private static void live(NodeJournal journal, Machine machine, int steps, Input input) {
        for (int i = 0; i < steps; i++) {
            journal.step(machine, i, 1_000_000L + i, input, NOTHING);
        }
    }

    /** Does that at each step. */
    private static Machine machine(Consumer<Effects> wants) {
        return new Machine() {
            @Override
            public NodeId self() {
                return NODE;
            }

            @Override
            public void step(long nowNanos, Input input, Effects effects) {
                wants.accept(effects);
            }
        };
    }

    /** Some 100 KB. */
    private static AntiEntropyProtocol.Digest largeDigest() {
        Ranges apart = new Ranges();
        for (int i = 1; i <= 6_000; i++) {
            apart.add(2L * i);
        }
        return new AntiEntropyProtocol.Digest(List.of(new AntiEntropyProtocol.Holding(new Origin(NODE, 1), 1, apart)));
    }

    private static List<RecordingLine> written(Recorder recorder, long sinceMicros) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, sinceMicros)) {
            file.writeNews();
            file.finish();
        }
        return lines(out);
    }

    private static List<RecordingLine> lines(ByteArrayOutputStream out) throws Exception {
        List<RecordingLine> lines = new ArrayList<>();
        for (String line : out.toString(UTF_8).lines().toList()) {
            lines.add(new RecordingJson().read(line));
        }
        return lines;
    }

    private static <L extends RecordingLine> List<L> only(Class<L> type, List<RecordingLine> lines) {
        return lines.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void aShortLifeIsKeptFromItsBeginning() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        live(life(recorder, 1), 1000, 10);
        List<RecordingLine> lines = written(recorder, 0);
        assertThat(only(RecordingLine.Began.class, lines)).hasSize(1);
        assertThat(only(RecordingLine.Missing.class, lines)).isEmpty();
        assertThat(only(RecordingLine.Step.class, lines)).hasSize(1000);
        assertThat(only(RecordingLine.Told.class, lines)).hasSize(1000);
        assertThat(lines.getLast()).isEqualTo(new RecordingLine.End(lines.size() - 1));
    }

    @Test
    void theOldestMakesRoomAndThatIsSaid() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        live(life(recorder, 1), 10_000, 10);
        List<RecordingLine> lines = written(recorder, 0);
        assertThat(only(RecordingLine.Began.class, lines)).isEmpty();
        // A step has five entries: its input, its moment, an event, a message and whom it is for.
        List<RecordingLine.Step> steps = only(RecordingLine.Step.class, lines);
        assertThat(steps).hasSizeBetween(900, 1_200);
        assertThat(steps.getLast().nanos()).isEqualTo(9_999);
        assertThat(only(RecordingLine.Missing.class, lines))
                .containsExactly(new RecordingLine.Missing(5L * (10_000 - steps.size()), NODE, "1", 1));
    }

    @Test
    void payloadsCountByTheirBytes() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        live(life(recorder, 1), 1000, 100_000);
        assertThat(only(RecordingLine.Step.class, written(recorder, 0))).hasSizeBetween(8, 16);
    }

    @Test
    void whateverIsLargeInAMessageCounts() {
        Recorder recorder = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        live(life(recorder, 1), machine(effects -> {}), 1_000, new Input.Received(NODE, largeDigest()));
        assertThat(recorder.kept().inputs()).isBetween(8L, 16L);
    }

    @Test
    void whatIsSentAndToldCountsOnceAStep() {
        Recorder recorder = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        Message digest = largeDigest();
        Machine sending = machine(effects -> {
            for (int i = 0; i < 10; i++) {
                effects.send(NODE, digest);
            }
        });
        live(life(recorder, 1), sending, 1_000, new Input.Started());
        assertThat(recorder.kept().inputs()).isBetween(8L, 16L);

        Recorder other = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        List<NodeId> members = Collections.nCopies(10_000, NODE);
        Machine telling = machine(effects -> effects.tell(new LinkProtocol.NeighboursDrawn(members)));
        live(life(other, 1), telling, 1_000, new Input.Started());
        assertThat(other.kept().inputs()).isBetween(8L, 20L);
    }

    @Test
    void whatAMessageHoldsIsCountedInEveryPieceThatRefersToIt() {
        Recorder recorder = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        Message digest = largeDigest();
        Machine sending = machine(effects -> {
            for (int i = 0; i < 10_000; i++) {
                effects.send(NODE, digest);
            }
        });
        NodeJournal journal = life(recorder, 1);
        live(journal, sending, 1, new Input.Started());
        // 20,000 entries in pieces of 512: were the message counted in the first only, all would still be there.
        assertThat(journal.content().end() - journal.content().first()).isBetween(512L, 12L * 512);
    }

    @Test
    void whatALifeRememberedIsCountedAndNoLongerOnceItIsGone() {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        List<Fact> remembered =
                List.of(new StateProtocol.Learnt(new Entry("k", new byte[300_000], new Stamp(1, 0, NODE))));
        for (int i = 1; i <= 100; i++) {
            NodeJournal journal = life(recorder, i, remembered);
            live(journal, 3, 10);
            journal.end();
            assertThat(recorder.kept().lives()).isLessThanOrEqualTo(3);
        }
        assertThat(recorder.kept().droppedLives()).isEqualTo(97);
        NodeJournal last = life(recorder, 101);
        live(last, 2_000, 10);
        assertThat(last.kept().wholeLives()).isEqualTo(1);
        assertThat(last.kept().inputs()).isEqualTo(2_000);
    }

    @Test
    void manyLivesThatNeverFillAPieceCountAllTheSame() {
        Recorder recorder = new Recorder(new Recorder.Limits(10_000, 1 << 20));
        for (int i = 1; i <= 2_000; i++) {
            NodeJournal journal = life(recorder, i);
            live(journal, 5, 10);
            journal.end();
        }
        assertThat(recorder.kept().inputs()).isBetween(1_500L, 2_000L);

        Recorder another = new Recorder(new Recorder.Limits(10_000, 1 << 20));
        List<NodeJournal> journals = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            journals.add(life(another, i));
        }
        for (NodeJournal journal : journals) {
            live(journal, 100, 10);
        }
        // 50,000 entries; 10,000 may stay, and a quarter of that in pieces that are not full.
        assertThat(another.kept().inputs()).isLessThanOrEqualTo(12_500 / 5);
        for (NodeJournal journal : journals) {
            journal.end();
        }
        assertThat(another.kept().inputs()).isLessThanOrEqualTo(10_000 / 5);
    }

    @Test
    void livesOfWhichNothingIsLeftAreSaid() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        NodeJournal first = life(recorder, 1);
        live(first, 100, 10);
        first.end();
        live(life(recorder, 2), 950, 10);
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 1, 1, 1, 950, 1_000_000, 1_000_100, 1, 1_000_099));
        assertThat(Kept.read(JsonObject.parse(recorder.kept().toJson().getBytes(UTF_8))))
                .isEqualTo(recorder.kept());
    }

    @Test
    void aLifeThatMadeRoomBeforeItWasWrittenIsMissingInTheFile() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, 0)) {
            NodeJournal first = life(recorder, 1);
            live(first, 10, 10);
            file.writeNews();
            live(first, 90, 10);
            first.end();
            live(life(recorder, 2), 950, 10);
            file.writeNews();
        }
        assertThat(only(RecordingLine.Missing.class, lines(out)))
                .containsExactly(new RecordingLine.Missing(5 * 90, NODE, "1", 1));
    }

    @Test
    void aLifeThatNeverBeganLeavesNothing() {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        life(recorder, 1).end();
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aStepLongerThanAllThatIsKeptIsNoGapUntilItIsOver() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(2_000, 1 << 20));
        NodeJournal journal = life(recorder, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Kept> during = new ArrayList<>();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, 0)) {
            live(journal, 10, 10);
            file.writeNews();
            Machine sending = machine(effects -> {
                for (int i = 0; i < 5_000; i++) {
                    effects.send(NODE, new HeartbeatProtocol.Ping(i));
                }
                during.add(recorder.kept());
                writeNews(file);
            });
            live(journal, sending, 1, new Input.Started());
            assertThat(only(RecordingLine.Missing.class, lines(out))).isEmpty();
            live(journal, 10, 10);
            file.writeNews();
        }
        assertThat(during).containsExactly(new Kept(1, 1, 1, 0, 0, 0, 1_000_010, 0, 0));
        assertThat(only(RecordingLine.Step.class, lines(out))).hasSize(20);
        assertThat(only(RecordingLine.Missing.class, lines(out)))
                .containsExactly(new RecordingLine.Missing(10_002, NODE, "1", 1));
    }

    private static void writeNews(RecordingFile file) {
        try {
            file.writeNews();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void livesThatAreOverMakeRoomFirst() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(10_000, 1 << 20));
        NodeJournal first = life(recorder, 1);
        live(first, 1_500, 10);
        first.end();
        NodeJournal second = life(recorder, 2);
        live(second, 1_900, 10);
        List<RecordingLine> lines = written(recorder, 0);
        assertThat(only(RecordingLine.Began.class, lines))
                .singleElement()
                .satisfies(began -> assertThat(began.life()).isEqualTo(2));
    }

    @Test
    void whatWasBeforeIsLeftOutOnRequest() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        live(life(recorder, 1), 1000, 10);
        List<RecordingLine> lines = written(recorder, 1_000_900);
        assertThat(only(RecordingLine.Step.class, lines)).hasSize(100);
        assertThat(only(RecordingLine.Missing.class, lines)).hasSize(1);
    }

    @Test
    void aFileThatFallsBehindSaysWhatItMissed() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        NodeJournal journal = life(recorder, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, 0)) {
            live(journal, 500, 10);
            file.writeNews();
            live(journal, 10_000, 10);
            file.writeNews();
        }
        List<RecordingLine> lines = lines(out);
        assertThat(only(RecordingLine.Began.class, lines)).hasSize(1);
        long steps = only(RecordingLine.Step.class, lines).size();
        assertThat(only(RecordingLine.Missing.class, lines))
                .containsExactly(new RecordingLine.Missing(5 * (10_500 - steps), NODE, "1", 1));
    }

    @Test
    void howMuchIsKeptIsKnown() {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 0, 0, 0, 0, 0, 0, 0, 0));
        live(life(recorder, 1), 500, 10);
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 1, 1, 1, 500, 1_000_000, 0, 0, 0));
        NodeJournal second = life(recorder, 2);
        live(second, 10_000, 10);
        Kept kept = recorder.kept();
        assertThat(kept.nodes()).isEqualTo(1);
        assertThat(kept.lives()).isEqualTo(2);
        assertThat(kept.wholeLives()).isEqualTo(1);
        long inputs = kept.inputs() - 500;
        assertThat(inputs).isBetween(100L, 1_200L);
        assertThat(kept.sinceMicros()).isEqualTo(1_000_000);
        // The last piece of the journal may begin in the middle of a step; that one is gone.
        assertThat(kept.gaplessMicros()).isBetween(1_010_000 - inputs, 1_010_001 - inputs);
    }

    @Test
    void aFullDiskEndsTheFileAndNothingElse() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        NodeJournal journal = life(recorder, 1);
        CountDownLatch closed = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        OutputStream full = new OutputStream() {
            private int room = 1_000;

            @Override
            public void write(int b) throws IOException {
                if (room-- <= 0) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (BackgroundRecording _ = BackgroundRecording.start(recorder, "", Path.of("run"), full, told::add)) {
            live(journal, 1_000, 10);
            assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
            live(journal, 1_000, 10);
        }
        assertThat(recorder.kept().inputs()).isEqualTo(2_000);
        assertThat(told)
                .containsExactly(
                        "The recording run has ended, as it cannot be written any more: No space left on device");
    }

    @Test
    void aFaultOfTheProgramEndsTheFileAndIsToldToo() {
        List<String> told = new CopyOnWriteArrayList<>();
        OutputStream broken = new OutputStream() {
            private boolean isBroken;

            @Override
            public void write(int b) {
                if (isBroken) {
                    throw new IllegalStateException("broken");
                }
                isBroken = b == '\n';
            }
        };
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        try (BackgroundRecording _ = BackgroundRecording.start(recorder, "", Path.of("run"), broken, told::add)) {
            live(life(recorder, 1), 1, 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(told)
                .containsExactly(
                        "The recording run has ended by a fault of this program: java.lang.IllegalStateException: broken");
    }

    /** An interrupt closes the file under a write, and what is left of the recording is lost. */
    @Test
    void closingDoesNotInterruptAWrite() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch going = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                writing.countDown();
                try {
                    going.await();
                } catch (InterruptedException e) {
                    throw new ClosedByInterruptException();
                }
            }
        };
        List<String> told = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        BackgroundRecording recording = BackgroundRecording.start(recorder, "", Path.of("run"), out, told::add);
        assertThat(writing.await(1, TimeUnit.MINUTES)).isTrue();
        Thread closing = Thread.ofPlatform().start(recording::close);
        while (closing.isAlive() && closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        going.countDown();
        closing.join();
        assertThat(told).isEmpty();
        assertThat(lines(out)).last().isInstanceOf(RecordingLine.End.class);
    }

    @Test
    void aFileThatCannotBeginIsClosed() {
        CountDownLatch closed = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        assertThatThrownBy(() -> BackgroundRecording.start(recorder, "", Path.of("run"), full, words -> {}))
                .hasMessage("No space left on device");
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void onlyAFinishedRecordingHasALastLineAndMakesPartOfAnother() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        live(life(recorder, 1), 3, 10);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, 0)) {
            file.writeNews();
        }
        String cutOff = out.toString(UTF_8);
        assertThat(lines(out)).hasSize(9).noneMatch(RecordingLine.End.class::isInstance);
        refused(cutOff, "the recording of a process breaks off");
        refused(cutOff + "{\"v\":1,\"end\":8}\n", "has 9 lines before its last one, which says otherwise");
        refused(cutOff + "{\"v\":1,\"end\":9}\n\n", "something follows the last line");
        RecordingMerge merge = new RecordingMerge(new ByteArrayOutputStream(), "", 0);
        merge.add(new ByteArrayInputStream((cutOff + "{\"v\":1,\"end\":9}\n").getBytes(UTF_8)));
        assertThat(merge.wholeLives()).isEqualTo(1);
    }

    private static void refused(String part, String why) throws IOException {
        RecordingMerge merge = new RecordingMerge(new ByteArrayOutputStream(), "", 0);
        assertThatThrownBy(() -> merge.add(new ByteArrayInputStream(part.getBytes(UTF_8))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }

    @Test
    void aSmallHeapKeepsLess() {
        assertThat(Recorder.Limits.of(16L << 20)).isEqualTo(new Recorder.Limits(83_886, 8 << 20));
        assertThat(Recorder.Limits.of(8L << 30)).isEqualTo(new Recorder.Limits(1_000_000, 64 << 20));
    }
}
