package dev.hearsay.core.membership;

import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Story;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a vote of seeds stands: the stories of {@code votes.txt}. */
class VotesTest {

    private final Proposal proposal = new Proposal(new HeartbeatProtocol.Ping(1));
    private int seeds;

    static Stream<Story> stories() throws IOException {
        return Story.in(VotesTest.class, "votes.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(this::happens);
    }

    private List<String> happens(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "seeds" -> {
                seeds = Integer.parseInt(rest.getFirst());
                yield List.of();
            }
            case "yes" -> vote(rest, true);
            case "no" -> vote(rest, false);
            case "certificate" ->
                List.of(proposal.votes().stream()
                        .map(vote -> vote.seed().host())
                        .collect(Collectors.joining(" ")));
            default -> throw new IllegalArgumentException(words.toString());
        };
    }

    private List<String> vote(List<String> voters, boolean isYes) {
        List<String> outcomes = new ArrayList<>();
        for (String voter : voters) {
            NodeId seed = new NodeId(voter, 1);
            if (proposal.hasVote(seed, isYes)) {
                outcomes.add("ignored");
            } else {
                proposal.add(seed, isYes ? Signature.of(new byte[Signature.BYTES]) : null, "why");
                int yes = proposal.yesVotes();
                outcomes.add(proposal.outcome(seeds).name().toLowerCase(Locale.ROOT) + " " + yes + ":"
                        + (proposal.answers() - yes));
            }
        }
        return outcomes;
    }
}
