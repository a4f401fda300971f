package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever somebody outside says to nodes, in whose name and when, every promise to honest members holds: all that {@link DeliveryChecker}, {@link MembershipChecker},
 * {@link CommitChecker} and {@link ConvergenceChecker} check, together with everything else that goes wrong. What it has published itself is not judged.
 */
class StrangerTest {

    @ParameterizedTest
    @CsvSource({"messages, 0, 200", "messages, 200, 400", "versions, 0, 150", "entries, 0, 200"})
    void everythingAcceptedComesToEveryLiveNode(String what, int from, int to) {
        for (int randomSeed = from; randomSeed < to; randomSeed++) {
            run(RandomStudy.withStranger(what, randomSeed));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 125", "125, 250"})
    void membersAreThoseWhoLive(int from, int to) {
        for (int randomSeed = from; randomSeed < to; randomSeed++) {
            run(SeededStudy.withStranger(randomSeed));
        }
    }

    private static void run(SimulationSpec spec) {
        Simulation.of(spec).run();
    }

    @Test
    void itKnowsEveryKindOfMessage() {
        Set<Class<?>> kinds = new HashSet<>();
        for (Class<?> family : Message.class.getPermittedSubclasses()) {
            kinds.addAll(Arrays.asList(family.getPermittedSubclasses()));
        }
        List<Message> examples = MessageFuzzer.examples(new NodeId("stranger", 0), new PublicKey(1, 2, 3, 4));
        assertThat(examples)
                .extracting(Object::getClass)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(kinds);
    }

    /** Each field of each kind of message is replaced now and then, so there are many others. */
    @Test
    void itSaysManyThingsOfEveryKind() {
        Random64 random = new Random64(1);
        NodeId node = new NodeId("stranger", 0);
        Keyring keyring = new Keyring(random.split(1));
        FieldFuzzer fields = new FieldFuzzer(random, List.of(node, new NodeId("sim", 1)), keyring.keys(7));
        MessageFuzzer fuzzer = new MessageFuzzer(fields);
        for (Message example : MessageFuzzer.examples(node, keyring.keys(7).publicKey())) {
            Set<String> said = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                said.add(fuzzer.vary(example).toString());
            }
            assertThat(said).as("%s", example).hasSizeGreaterThan(example instanceof LinkProtocol.Leave ? 0 : 3);
        }
    }
}
