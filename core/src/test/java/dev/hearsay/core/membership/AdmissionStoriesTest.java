package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Story;
import dev.hearsay.core.TestSignatures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is admitted: the stories of {@code admission.txt}. */
class AdmissionStoriesTest {

    private static final long SECOND = 1_000_000_000L;

    private final TestSignatures keys = new TestSignatures(1);
    private final PeerList list = new PeerList();
    private final AdmissionQueue queue = new AdmissionQueue();
    private Admission admission = new Admission(Admission.Rules.OPEN);

    static Stream<Story> stories() throws IOException {
        return Story.in(AdmissionStoriesTest.class, "admission.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(this::happens);
    }

    private List<String> happens(List<String> words) {
        return switch (words.getFirst()) {
            case "allow" -> {
                admission = new Admission(new Admission.Rules(
                        number(words.get(1)), 0, number(words.get(5)), number(words.get(7)) * SECOND, ""));
                yield List.of();
            }
            case "at" ->
                List.of(Objects.requireNonNullElse(
                        admission.haste(number(words.get(1)) * SECOND, NodeId.parse(words.get(3))), "yes"));
            case "room" ->
                List.of(Objects.requireNonNullElse(admission.crowd(NodeId.parse(words.get(2)), list), "yes"));
            case "next" -> {
                RegistrationProtocol.RegisterRequest next = queue.poll();
                yield List.of(next == null ? "nobody" : next.statement().peer().toString());
            }
            default -> peer(registration(NodeId.parse(words.getFirst())), words.getLast());
        };
    }

    private List<String> peer(Statement registration, String what) {
        switch (what) {
            case "in" -> list.merge(new Certificate(registration, List.of()));
            case "out" -> list.merge(new Certificate(registration.removal(), List.of()));
            case "waits" -> {
                return List.of(
                        queue.add(new RegistrationProtocol.RegisterRequest(
                                        registration, keys.sign(registration.request()), ""))
                                ? "yes"
                                : "no");
            }
            default -> throw new IllegalArgumentException(what);
        }
        return List.of();
    }

    private Statement registration(NodeId peer) {
        return new Statement(Change.REGISTER, peer, 1, keys.publicKey());
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
