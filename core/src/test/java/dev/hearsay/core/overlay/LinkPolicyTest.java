package dev.hearsay.core.overlay;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RecordingEffects;
import dev.hearsay.core.Story;
import dev.hearsay.core.TestContext;
import dev.hearsay.core.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a node keeps its links: the stories of {@code links.txt}. */
class LinkPolicyTest {

    private static final NodeId ME = node("me");

    private final RecordingEffects effects = new RecordingEffects();
    private List<NodeId> members = List.of();
    private @Nullable LinkPolicy links;

    static Stream<Story> stories() throws IOException {
        return Story.in(LinkPolicyTest.class, "links.txt");
    }

    @ParameterizedTest
    @MethodSource("stories")
    void tells(Story story) {
        story.tell(words -> {
            effects.clear();
            happens(words.getFirst(), nodes(words.subList(1, words.size())));
            return outcomes();
        });
    }

    private void happens(String what, List<NodeId> nodes) {
        switch (what) {
            case "members" -> members = nodes;
            case "begins" -> links = begins(nodes);
            case "counts" -> links().receive(0, nodes.getFirst(), link(nodes, false), effects);
            case "asks" -> links().receive(0, nodes.getFirst(), link(nodes, true), effects);
            case "leaves" -> links().receive(0, nodes.getFirst(), new LinkProtocol.Leave(), effects);
            case "silent" -> hear(new HeartbeatProtocol.Silent(nodes.getFirst()));
            case "back" -> hear(new HeartbeatProtocol.Reappeared(nodes.getFirst()));
            case "removed" -> {
                members = members.stream()
                        .filter(member -> !member.equals(nodes.getFirst()))
                        .toList();
                hear(new MembershipProtocol.MemberRemoved(nodes.getFirst(), 1));
            }
            case "pings" -> links().follow(0, nodes.getFirst(), new HeartbeatProtocol.Ping(1), effects);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private LinkPolicy begins(List<NodeId> neighbours) {
        View view = new View() {
            @Override
            public List<NodeId> neighbours() {
                return links().neighbours();
            }

            @Override
            public List<NodeId> members() {
                return members;
            }
        };
        return new LinkPolicy(
                ME, neighbours, new TestContext(1), view, LinkPolicy.Upkeep.HEAL, PowerLawDraw.Settings.DEFAULT);
    }

    private LinkPolicy links() {
        return Objects.requireNonNull(links);
    }

    private void hear(Event event) {
        links().hear(0, event, effects);
    }

    private static LinkProtocol.Link link(List<NodeId> nodes, boolean answer) {
        return new LinkProtocol.Link(nodes.subList(1, nodes.size()), answer);
    }

    /** Links that came and went, and what was said of links to those to whom it makes a difference. */
    private List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        for (Event event : effects.told) {
            if (event instanceof LinkProtocol.LinkUp(NodeId node, var reason)) {
                outcomes.add("up " + node.host() + " " + reason.name().toLowerCase(Locale.ROOT));
            } else if (event instanceof LinkProtocol.LinkDown(NodeId node, var reason)) {
                outcomes.add("down " + node.host() + " " + reason.name().toLowerCase(Locale.ROOT));
            } else {
                outcomes.add("refused");
            }
        }
        effects.sent.forEach(sent -> {
            LinkProtocol.Link link = (LinkProtocol.Link) sent.message();
            if (link.answer()) {
                outcomes.add("ask " + sent.to().host());
            } else if (!link.counts(sent.to())) {
                outcomes.add("decline " + sent.to().host());
            }
        });
        return outcomes;
    }

    private static List<NodeId> nodes(List<String> names) {
        return names.stream().map(LinkPolicyTest::node).toList();
    }

    private static NodeId node(String name) {
        return new NodeId(name, 7000);
    }
}
