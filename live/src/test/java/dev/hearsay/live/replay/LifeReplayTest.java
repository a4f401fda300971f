package dev.hearsay.live.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.live.replay.Verification.Outcome;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that was whole, changed in one place: what is said of the life that it is about, and nothing of the others. */
class LifeReplayTest {

    private static final Path KEPT = Path.of("src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    /** The first seed has lived once, the last peer twice. */
    private static final String SEED = "\"node\":\"127.0.0.1:25661\"";

    private static final String PEER = "\"node\":\"127.0.0.1:25669\"";

    @TempDir
    Path directory;

    private List<String> lines = List.of();

    @BeforeEach
    void read() throws Exception {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(KEPT))) {
            lines = new ArrayList<>(new String(in.readAllBytes(), UTF_8).lines().toList());
        }
        // What tells how many lines there are: it would have to be counted again.
        lines.removeLast();
        lines.removeFirst();
    }

    private int first(Predicate<String> wanted) {
        return IntStream.range(0, lines.size())
                .filter(i -> wanted.test(lines.get(i)))
                .findFirst()
                .orElseThrow();
    }

    private int last(Predicate<String> wanted) {
        return lines.size()
                - 1
                - IntStream.range(0, lines.size())
                        .filter(i -> wanted.test(lines.get(lines.size() - 1 - i)))
                        .findFirst()
                        .orElseThrow();
    }

    private static Predicate<String> step(String node, String with) {
        return line -> line.contains(node + ",\"nanos\":") && line.contains(with);
    }

    private void change(int line, UnaryOperator<String> change) {
        String changed = change.apply(lines.get(line));
        assertThat(changed).isNotEqualTo(lines.get(line));
        lines.set(line, changed);
    }

    private List<Verification.Life> verified() throws Exception {
        Path file = Files.write(directory.resolve("recording"), lines);
        return Verification.of(file, done -> {});
    }

    private void assertOnly(String node, int life, Outcome outcome, String detail) throws Exception {
        List<Verification.Life> verified = verified();
        assertThat(verified).hasSize(7);
        for (Verification.Life one : verified) {
            if (one.node().equals(node) && one.life() == life) {
                assertThat(one.outcome()).as(one.detail()).isEqualTo(outcome);
                assertThat(one.detail()).containsPattern(detail);
            } else {
                assertThat(one.outcome()).as(one.node() + " " + one.detail()).isEqualTo(Outcome.SAME);
            }
        }
    }

    @Test
    void livesComeInTheOrderInWhichTheyBegin() throws Exception {
        assertThat(verified())
                .extracting(life -> life.node() + " " + life.life() + " " + life.outcome())
                .containsExactly("s1 1 SAME", "s2 1 SAME", "s3 1 SAME", "1 1 SAME", "2 1 SAME", "3 1 SAME", "3 2 SAME");
    }

    @Test
    void aLifeThatIsOverIsCompleteWhereverTheFileIsCutOff() throws Exception {
        lines.addFirst("{\"v\":1,\"format\":\"hearsay recording\",\"network\":\"\",\"at\":1}");
        assertThat(verified())
                .extracting(life -> life.node() + " " + life.life() + " " + life.outcome())
                .contains("3 1 SAME", "3 2 NOT_COMPLETE", "s1 1 NOT_COMPLETE");
    }

    @Test
    void whatIsMissingInsideALifeEndsItsVerification() throws Exception {
        int middle = first(step(PEER, "\"received\""));
        lines.add(middle, "{\"v\":1,\"missing\":120," + PEER + ",\"name\":\"3\",\"life\":1}");
        assertOnly(
                "3",
                1,
                Outcome.NOT_COMPLETE,
                "^after input [1-9][0-9]* what is about 120 entries long is not in the recording$");
    }

    @Test
    void aLifeWithoutItsBeginningIsNotStepped() throws Exception {
        int began = last(line -> line.startsWith("{\"v\":1,\"began\":2," + PEER));
        lines.set(began, "{\"v\":1,\"missing\":120," + PEER + ",\"name\":\"3\",\"life\":2}");
        assertOnly("3", 2, Outcome.NOT_COMPLETE, "^its beginning is not in the recording$");
        assertThat(verified().getLast().inputs()).isPositive();
    }

    @Test
    void aFactThatIsMissingKeepsALifeFromBeingStepped() throws Exception {
        lines.remove(first(line -> line.startsWith("{\"v\":1," + PEER + ",\"fact\":")));
        assertOnly("3", 2, Outcome.NOT_COMPLETE, "^some of what it remembered is not in the recording$");
    }

    @Test
    void settingsOfAnotherVersionAreNoDamage() {
        change(first(line -> line.contains("\"gossiping\"")), line -> line.replace("\"graceNanos\"", "\"x\""));
        assertThatThrownBy(this::verified)
                .isInstanceOf(RecordingException.class)
                .hasMessageEndingWith("recording was recorded by another version of this program:"
                        + " setting 'graceNanos' is missing; it can be watched: gossip replay");
    }

    @Test
    void aStepThatFailedThenMustFailNow() throws Exception {
        change(last(step(SEED, "")), line -> line.replace(",\"digest\"", ",\"failed\":true,\"digest\""));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: it failed then, and does not now$");
    }

    @Test
    void aQuestionThatNobodyAnsweredThenIsFound() throws Exception {
        change(first(step(SEED, "\"valid\":[true]")), line -> line.replace("\"valid\":[true],", ""));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: it checks a signature now, and did not then$");
    }

    @Test
    void anAnswerThatNobodyAsksForNowIsFound() throws Exception {
        change(last(step(SEED, "\"valid\":[true]")), line -> line.replace("[true]", "[true,true]"));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: it checked a signature then, and does not now$");
        read();
        change(
                last(step(SEED, ",\"digest\"")),
                line -> line.replaceFirst("(,\"(?:told|sent|digest)\":)", ",\"wall\":[1,2,3]$1"));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: it read the wall clock then, and does not now$");
    }

    @Test
    void anotherReceiverAndAnotherContentAreFound() throws Exception {
        change(last(step(SEED, "\"sent\"")), line -> line.replaceAll("(\"sent\":.\"127.0.0.1:)[0-9]+", "$11"));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: sent then: 127.0.0.1:1 .*; now: 127.0.0.1:[0-9]{5} ");
        read();
        change(last(step(SEED, "\"sent\"")), line -> line.replaceAll("\"digest\":\"....", "\"digest\":\"...."));
        assertOnly("s1", 1, Outcome.DIFFERS, "^at input [0-9]+: what it sent has another content: 127.0.0.1:[0-9]{5} ");
    }

    @Test
    void eventsThatAreMissingAreSaid() throws Exception {
        lines.remove(first(line -> line.contains(SEED + ",\"signal\"")));
        assertOnly("s1", 1, Outcome.NOT_COMPLETE, "^signals of input [0-9]+ are not in the recording$");
    }
}
