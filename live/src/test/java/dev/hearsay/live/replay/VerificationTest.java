package dev.hearsay.live.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.live.replay.Verification.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live network over real sockets, recorded, and every life of it stepped again. */
class VerificationTest {

    @TempDir
    Path directory;

    private static List<Verification.Life> verified(Path file) throws Exception {
        return Verification.of(file, lines -> {});
    }

    @Test
    void everyLifeOfALiveNetworkTellsAndSendsTheSameAgain() throws Exception {
        for (int randomSeed = 1; randomSeed <= 20; randomSeed++) {
            Path file = directory.resolve("recording-" + randomSeed);
            try (RecordedNetwork network =
                    new RecordedNetwork(3, 4, randomSeed, directory.resolve("network-" + randomSeed))) {
                network.live(randomSeed % 10 == 1);
                network.host().close();
                network.write(file);
            }
            assertThat(Files.readString(file)).doesNotContain("sesame").contains("(the secret)");
            assertThat(verified(file))
                    .as("random seed " + randomSeed)
                    .allSatisfy(life ->
                            assertThat(life.outcome()).as(life.toString()).isEqualTo(Outcome.SAME))
                    .hasSize(randomSeed % 10 == 1 ? 8 : 7)
                    .allSatisfy(life -> assertThat(life.inputs()).isGreaterThan(10));
        }
    }

    @Test
    void aChangedInputIsFound() throws Exception {
        Path file = directory.resolve("recording");
        try (RecordedNetwork network = new RecordedNetwork(3, 3, 7, directory.resolve("network"))) {
            network.live(false);
            network.host().close();
            network.write(file);
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        int changed = -1;
        for (int i = 0; i < lines.size() && changed < 0; i++) {
            if (lines.get(i).contains("\"command\":\"publish\"") && lines.get(i).contains("\"text\":\"apple\"")) {
                changed = i;
                lines.set(i, lines.get(i).replace("\"text\":\"apple\"", "\"text\":\"appel\""));
            }
        }
        Files.write(file, lines);
        assertThat(verified(file).stream().filter(life -> life.outcome() == Outcome.DIFFERS))
                .singleElement()
                .satisfies(life -> assertThat(life.detail())
                        .startsWith("at input ")
                        .contains("told then: ", "published", "; now: "));
    }
}
