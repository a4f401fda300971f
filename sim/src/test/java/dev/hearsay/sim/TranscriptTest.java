package dev.hearsay.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small scenarios, exactly as they were when somebody last read them. When a change of the protocol is meant to change them,
 *
 * <pre>mvn -pl sim -am test -Dtest=TranscriptTest -Dsurefire.failIfNoSpecifiedTests=false -Dtranscripts.write=true</pre>
 *
 * writes them anew; read the difference before you commit it.
 */
class TranscriptTest {

    private static final String FOLDER = "dev/hearsay/sim/transcripts";

    static Stream<Arguments> scenarios() {
        return Transcript.scenarios().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void isWhatItWas(String name, List<String> scenario) throws IOException {
        String transcript = Transcript.render(scenario);
        String file = name + ".txt";
        if (Boolean.getBoolean("transcripts.write")) {
            Files.writeString(Path.of("src/test/resources", FOLDER, file), transcript);
        }
        assertThat(transcript).isEqualTo(read(file));
    }

    private static String read(String file) throws IOException {
        if (Boolean.getBoolean("transcripts.write")) {
            return Files.readString(Path.of("src/test/resources", FOLDER, file));
        }
        try (InputStream in = TranscriptTest.class.getResourceAsStream("/" + FOLDER + "/" + file)) {
            assertThat(in).as("the transcript " + file).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void showsWhatItIsFor(String name, List<String> scenario) {
        Map<String, List<String>> wanted = Map.of(
                "flood", List.of("publishes 0#1", "had 0#1", "residue 0.0"),
                "push-with-relays", List.of("for the 3. time"),
                "repair", List.of("is lost (chance)", "differs from", "by anti-entropy"),
                "death-and-return", List.of("gives up on 2", "(heal)", "(asked)", "remembering 1", "2  has 0#2"));
        assertThat(Transcript.render(scenario)).contains(wanted.get(name));
    }
}
