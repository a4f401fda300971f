package dev.hearsay.live.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.recording.BackgroundRecording;
import dev.hearsay.live.replay.Verification.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network of three seeds and three peers, recorded over real sockets, with lost messages, a kill, a removal and a return. It must stay what it was: whatever
 * changes what nodes tell or send in it has changed the protocol.
 */
class KeptRecordingTest {

    private static final Path FILE = Path.of("src/test/resources/recordings/seeds-and-peers.jsonl.gz");

    /** Makes the recording anew. */
    private static final boolean IS_MADE_ANEW = Boolean.getBoolean("hearsay.recording.anew");

    @TempDir
    Path directory;

    private void makeAnew() throws Exception {
        Path written = directory.resolve("recording");
        try (RecordedNetwork network = new RecordedNetwork(3, 3, 1, directory.resolve("network"))) {
            network.live(true);
            network.host().close();
            network.write(written);
        }
        Files.createDirectories(FILE.getParent());
        Files.deleteIfExists(FILE);
        try (OutputStream out = BackgroundRecording.create(FILE)) {
            Files.copy(written, out);
        } catch (IOException e) {
            Files.deleteIfExists(FILE);
            throw e;
        }
    }

    @Test
    void theProtocolDoesWhatItDidWhenThisWasRecorded() throws Exception {
        if (IS_MADE_ANEW) {
            makeAnew();
        }
        assertThat(Verification.of(FILE, lines -> {}))
                .as(
                        "the recording in %s; if the protocol was changed on purpose, make it anew:"
                                + " mvn -pl live -am test -Dtest=KeptRecordingTest -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dhearsay.recording.anew=true",
                        FILE)
                .hasSize(7)
                .allSatisfy(life -> {
                    assertThat(life.detail()).isEmpty();
                    assertThat(life.outcome()).isEqualTo(Outcome.SAME);
                });
    }
}
