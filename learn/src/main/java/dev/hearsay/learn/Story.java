package dev.hearsay.learn;

import dev.hearsay.wire.Json;
import java.util.List;

/**
 * A lesson that was prepared: a text that shows one thing.
 *
 * @param name for links: {@code #/learn?story=name}
 * @param claim what it shows, in one sentence; {@code StoriesTest} holds the run to it
 * @param text of the lesson, as {@link Lesson#of} takes it
 * @param moment where it gets interesting: the first step of this kind, or in which this event is told
 * @param watch what to look at from there on
 */
public record Story(String name, String title, String claim, String text, String moment, String watch) {

    private static final List<Story> ALL = List.of(
            new Story(
                    "life",
                    "The life of a network",
                    "Three seeds, eight peers, one message, and a peer that dies: all six phases, one after the other.",
                    "seeds=3&peers=8&random-seed=42&crash=4@8s",
                    "decided",
                    "Go from phase to phase, and compare what each seed votes before it is decided."),
            new Story(
                    "biggest-hub",
                    "Kill the biggest hub",
                    "The node with the most links dies while a message is on its way through it; the message reaches all others all the same, and a quorum of seeds removes the dead.",
                    "seeds=3&peers=12&random-seed=1&topology=powerlaw:1.5:2&first=6s&do=1152:kill:0",
                    "intervention",
                    "Count who still gets the message, and over which links; then wait for the suspicion to be confirmed."),
            new Story(
                    "split-brain",
                    "Split brain",
                    "One of three seeds is cut off with three peers: it decides nothing, the other two decide alone, and when the network is whole again all three have the same Peer List.",
                    "seeds=3&peers=9&random-seed=1&partition=3,7,8,s2@5s+10s",
                    "fault",
                    "Look at what seed s2 can do alone, and at how peers 3, 7 and 8 come back: with a higher incarnation."),
            new Story(
                    "liar",
                    "A liar accuses",
                    "Peer 1 tells all seeds that peer 4 is dead; no neighbour of 4 has signed it but the liar, so every seed refuses.",
                    "seeds=3&peers=8&random-seed=42&do=1500:accuse:1:4",
                    "intervention",
                    "Each seed counts the confirmations by the neighbours that 4 itself has named."),
            new Story(
                    "bad-seed",
                    "A seed goes bad",
                    "Seed s1 wants peer 4 removed, which is alive, and says that it is decided; both other seeds vote no, and no peer believes a certificate with one signature.",
                    "seeds=3&peers=8&random-seed=42&do=1500:condemn:s1:4",
                    "intervention",
                    "First the peers check the signatures, then the other seeds look at the confirmations."),
            new Story(
                    "slow",
                    "Slow is not dead",
                    "A peer stands still for a second and a half: it is suspected, and the suspicion is over as soon as it speaks; nobody removes it.",
                    "seeds=3&peers=8&random-seed=1&pause=4@5s+1500ms",
                    "fault",
                    "Suspicion comes after two silent heartbeats; a removal would take confirmations, and a vote."),
            new Story(
                    "last-to-know",
                    "The last node to know",
                    "Every fourth message is lost, and the last node hears of the rumor only because it compares what it has seen with a partner.",
                    "seeds=3&peers=14&random-seed=1&topology=powerlaw:1:2&first=6s&loss=25%",
                    "published",
                    "Follow the node that stays without the message, until anti-entropy finds it."));

    /** All of them, in the order in which they are best seen. */
    public static List<Story> all() {
        return ALL;
    }

    static String allAsJson() {
        return Json.line(out -> {
            out.writeStartArray();
            for (Story story : ALL) {
                out.writeStartObject();
                out.writeStringField("name", story.name);
                out.writeStringField("title", story.title);
                out.writeStringField("claim", story.claim);
                out.writeStringField("text", story.text);
                out.writeStringField("moment", story.moment);
                out.writeStringField("watch", story.watch);
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }
}
