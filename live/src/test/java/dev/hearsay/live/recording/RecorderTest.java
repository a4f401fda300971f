package dev.hearsay.live.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Command;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Input;
import dev.hearsay.core.Machine;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Timer;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.wire.RecordingJson;
import dev.hearsay.wire.RecordingLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is kept of lives, and what has to make room. */
class RecorderTest {

    private static final NodeId NODE = NodeId.parse("a:1");
    private static final NodeSpec SPEC = NodeSpec.of(new SpreadSpec.Flood());

    /** Tells and sends one thing at each step. */
    private static final Machine MACHINE = new Machine() {
        @Override
        public NodeId self() {
            return NODE;
        }

        @Override
        public void step(long nowNanos, Input input, Effects effects) {
            effects.tell(new Signal.Departed());
            effects.send(NODE, new Message.Ping(nowNanos));
        }
    };

    private static final Effects NOTHING = new Effects() {
        @Override
        public void send(NodeId to, Message message) {}

        @Override
        public void after(long delayNanos, Timer timer) {}

        @Override
        public void save(Fact fact) {}

        @Override
        public void tell(Signal signal) {}
    };

    private static LifeTape life(Recorder recorder, int number) {
        return recorder.begin(new Beginning(NODE, number, "1", SPEC, List.of(), List.of(), null, 1, null, List.of()));
    }

    private static void live(LifeTape tape, int steps, int payloadBytes) {
        for (int i = 0; i < steps; i++) {
            tape.step(
                    MACHINE,
                    i,
                    1_000_000L + i,
                    new Input.Asked(new Command.Publish(new byte[payloadBytes], 0)),
                    NOTHING);
        }
    }

    private static List<RecordingLine> written(Recorder recorder, long sinceMicros) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, sinceMicros)) {
            file.writeNews();
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
        // A step has five entries: its input, its moment, a signal, a message and whom it is for.
        List<RecordingLine.Step> steps = only(RecordingLine.Step.class, lines);
        assertThat(steps).hasSizeBetween(900, 1_200);
        assertThat(steps.getLast().nanos()).isEqualTo(9_999);
        assertThat(only(RecordingLine.Missing.class, lines))
                .containsExactly(new RecordingLine.Missing(NODE, 1, "1", 5L * (10_000 - steps.size())));
    }

    @Test
    void payloadsCountByTheirBytes() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(1_000_000, 1 << 20));
        live(life(recorder, 1), 1000, 100_000);
        assertThat(only(RecordingLine.Step.class, written(recorder, 0))).hasSizeBetween(8, 16);
    }

    @Test
    void livesThatAreOverMakeRoomFirst() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(10_000, 1 << 20));
        LifeTape first = life(recorder, 1);
        live(first, 1_500, 10);
        first.end();
        LifeTape second = life(recorder, 2);
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
        LifeTape tape = life(recorder, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingFile file = new RecordingFile(recorder, out, "", 0, 0)) {
            live(tape, 500, 10);
            file.writeNews();
            live(tape, 10_000, 10);
            file.writeNews();
        }
        List<RecordingLine> lines = lines(out);
        assertThat(only(RecordingLine.Began.class, lines)).hasSize(1);
        long steps = only(RecordingLine.Step.class, lines).size();
        assertThat(only(RecordingLine.Missing.class, lines))
                .containsExactly(new RecordingLine.Missing(NODE, 1, "1", 5 * (10_500 - steps)));
    }

    @Test
    void howMuchIsKeptIsKnown() {
        Recorder recorder = new Recorder(new Recorder.Limits(5_000, 1 << 20));
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 0, 0, 0, 0, 0, 0));
        live(life(recorder, 1), 500, 10);
        assertThat(recorder.kept()).isEqualTo(new Kept(1, 1, 1, 1, 500, 1_000_000, 0));
        LifeTape second = life(recorder, 2);
        live(second, 10_000, 10);
        Kept kept = recorder.kept();
        assertThat(kept.nodes()).isEqualTo(1);
        assertThat(kept.lives()).isEqualTo(2);
        assertThat(kept.wholeLives()).isEqualTo(1);
        long inputs = kept.inputs() - 500;
        assertThat(inputs).isBetween(100L, 1_200L);
        assertThat(kept.sinceMicros()).isEqualTo(1_000_000);
        // The last piece of the tape may begin in the middle of a step; that one is gone.
        assertThat(kept.gaplessMicros()).isBetween(1_010_000 - inputs, 1_010_001 - inputs);
    }

    @Test
    void aFullDiskEndsTheFileAndNothingElse() throws Exception {
        Recorder recorder = new Recorder(new Recorder.Limits(100_000, 1 << 20));
        LifeTape tape = life(recorder, 1);
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
            live(tape, 1_000, 10);
            assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
            live(tape, 1_000, 10);
        }
        assertThat(recorder.kept().inputs()).isEqualTo(2_000);
        assertThat(told)
                .containsExactly(
                        "The recording run has ended, as it cannot be written any more: No space left on device");
    }

    @Test
    void aSmallHeapKeepsLess() {
        assertThat(Recorder.Limits.ofHeap(64L << 20)).isEqualTo(new Recorder.Limits(83_886, 8 << 20));
        assertThat(Recorder.Limits.ofHeap(8L << 30)).isEqualTo(new Recorder.Limits(1_000_000, 64 << 20));
    }
}
