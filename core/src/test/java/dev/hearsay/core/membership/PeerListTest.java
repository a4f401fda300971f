package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.Story;
import dev.hearsay.core.TestSignatures;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How Peer Lists merge: the stories of {@code peer-list.txt}. */
class PeerListTest {

    private final Map<String, PeerList> lists = new HashMap<>();

    static Stream<Story> stories() throws IOException {
        return Story.in(PeerListTest.class, "peer-list.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(this::happens);
    }

    private List<String> happens(List<String> words) {
        PeerList list = list(words.getFirst());
        return switch (words.get(1)) {
            case "register" -> List.of(list.merge(certificate(Change.REGISTER, words)) ? "news" : "old");
            case "remove" -> List.of(list.merge(certificate(Change.REMOVE, words)) ? "news" : "old");
            case "members" -> List.of(list.members().stream().map(NodeId::host).collect(Collectors.joining(" ")));
            case "since" ->
                list.since(Long.parseLong(words.get(2)), 100).stream()
                        .map(certificate -> told(certificate.statement()))
                        .toList();
            case "merges" ->
                List.of(list(words.get(2)).records().stream()
                                .filter(list::merge)
                                .count()
                        + " news");
            case "equals" -> List.of(list.hash() == list(words.get(2)).hash() ? "yes" : "no");
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private PeerList list(String name) {
        return lists.computeIfAbsent(name, ignored -> new PeerList());
    }

    private static Certificate certificate(Change change, List<String> words) {
        return new Certificate(
                new Statement(
                        change,
                        new NodeId(words.get(2), 1),
                        Long.parseLong(words.get(3)),
                        new TestSignatures(1).publicKey()),
                List.of());
    }

    private static String told(Statement statement) {
        return statement.change().name().toLowerCase(Locale.ROOT) + " "
                + statement.peer().host() + " " + statement.incarnation();
    }
}
