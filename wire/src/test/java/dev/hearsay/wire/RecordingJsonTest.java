package dev.hearsay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.Input;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.SeedRegistry;
import dev.hearsay.core.node.SeedSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingJsonTest {

    private final RecordingJson json = new RecordingJson();

    @Test
    void everyLineIsReadAsItWasWritten() throws Exception {
        for (int randomSeed = 1; randomSeed <= 20; randomSeed++) {
            for (RecordingLine line : new RandomRecording(randomSeed).lines()) {
                String text = json.write(line);
                RecordingLine read = json.read(text);
                assertThat(read).as(text).hasSameClassAs(line);
                assertThat(json.write(read)).isEqualTo(text).doesNotContain("\n");
                if (line instanceof RecordingLine.Step step
                        && step.input() instanceof Input.Received received
                        && read instanceof RecordingLine.Step again) {
                    assertThat(again.input()).isEqualTo(received);
                }
            }
        }
    }

    @Test
    void aStepFailedOnlyIfItSaysSo() throws Exception {
        String step = "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"nanos\":1,\"input\":\"started\",\"digest\":\"\"";
        assertThat(json.read(step + ",\"failed\":true}"))
                .isInstanceOfSatisfying(
                        RecordingLine.Step.class,
                        read -> assertThat(read.hasFailed()).isTrue());
        assertThat(json.read(step + ",\"failed\":false}"))
                .isInstanceOfSatisfying(
                        RecordingLine.Step.class,
                        read -> assertThat(read.hasFailed()).isFalse());
    }

    @Test
    void joinSecretsBecomeWords() throws Exception {
        RandomMembership random = new RandomMembership(new Random64(1), new RandomMessages(1));
        var rules = new Admission.Rules(1, 1, 1, 1, "sesame");
        String settings = json.write(new RecordingLine.Settings(
                1,
                null,
                List.of(),
                new SeedSpec(Map.of(NodeId.parse("a:1"), random.key()), SeedRegistry.Settings.DEFAULT, rules, 1)));
        assertThat(settings).doesNotContain("sesame").contains(JoinSecret.OWN);
        var right = new RegistrationProtocol.RegisterRequest(random.statement(), random.signature(), "sesame");
        var wrong = new RegistrationProtocol.RegisterRequest(random.statement(), random.signature(), "guess");
        assertThat(JoinSecret.hidden(right, "sesame"))
                .isEqualTo(new RegistrationProtocol.RegisterRequest(right.statement(), right.proof(), JoinSecret.OWN));
        assertThat(JoinSecret.hidden(new VotingProtocol.ProposeRegister(wrong), "sesame"))
                .isEqualTo(new VotingProtocol.ProposeRegister(
                        new RegistrationProtocol.RegisterRequest(wrong.statement(), wrong.proof(), JoinSecret.OTHER)));
        // What is hidden once stays as it is, for a recording is read with its words as secrets.
        assertThat(JoinSecret.hidden(JoinSecret.hidden(right, "sesame"), JoinSecret.OWN))
                .isEqualTo(JoinSecret.hidden(right, "sesame"));
    }

    @Test
    void settingsThatThisVersionCannotBuildAreNoDamage() throws Exception {
        for (RecordingLine line : new RandomRecording(1).lines()) {
            if (line instanceof RecordingLine.Settings(int number, var node, var members, var seed)) {
                String text = json.write(line);
                String setting = seed == null ? "graceNanos" : "syncNanos";
                assertThat(text).contains("\"" + setting + "\"");
                assertThat(json.read(text.replace("\"" + setting + "\"", "\"former\"")))
                        .isEqualTo(new RecordingLine.UnknownSettings(
                                number, members, "setting '" + setting + "' is missing"));
            }
        }
        assertThat(json.read("{\"v\":1,\"settings\":4,\"dreaming\":{}}"))
                .isEqualTo(new RecordingLine.UnknownSettings(4, List.of(), "settings are those of nodes or of seeds"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|not a JSON object",
                "{\"v\":1}|neither a signal nor a line of a recording",
                "{\"v\":2,\"format\":\"hearsay recording\",\"network\":\"\",\"at\":1}|a recording of version 2; this program reads version 1",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"nanos\":1,\"input\":\"dreamt\",\"digest\":\"\"}|'dreamt' is not an input",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"nanos\":1,\"input\":\"received\",\"from\":\"a:2\",\"digest\":\"\"}|'message' is missing",
                "{\"v\":1,\"at\":1,\"node\":\"a:1\",\"signal\":\"dreamt\"}|'dreamt' is not a signal",
                "{\"v\":1,\"node\":\"a:1\",\"fact\":\"heard\"}|'message' must be a GOSSIP",
                "{\"v\":1,\"end\":1} {}|something follows the JSON object"
            })
    void whatIsWrongIsSaidInOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> json.read(line))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(sentence);
    }
}
