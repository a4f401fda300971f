package dev.hearsay.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.recording.Kept;
import dev.hearsay.live.recording.RecordingMerge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code record} says of lives that are not in the file. */
class RecordCommandTest {

    private static final long DROPPED_MICROS = 1_000_000;

    private static String words(long droppedLives, long sinceMicros) throws IOException {
        RecordingMerge merge = new RecordingMerge(new ByteArrayOutputStream(), "", 0);
        Kept kept = new Kept(1, 1, 1, 1, 1, DROPPED_MICROS, DROPPED_MICROS + 1, droppedLives, DROPPED_MICROS);
        return RecordCommand.words(Path.of("run"), merge, kept, sinceMicros);
    }

    @Test
    void livesOfWhichNothingIsLeftAreSaidIfTheyWereInTheTimeThatWasAskedFor() throws Exception {
        assertThat(words(1, 0)).contains("\nNothing is left of 1 life that ended by ");
        assertThat(words(2, DROPPED_MICROS)).contains("\nNothing is left of 2 lives that ended by ");
        assertThat(words(2, DROPPED_MICROS + 1)).doesNotContain("Nothing is left");
        assertThat(words(0, 0)).doesNotContain("Nothing is left");
    }
}
