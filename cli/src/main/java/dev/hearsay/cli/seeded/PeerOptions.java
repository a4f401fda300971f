package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.live.network.SeededSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about peers. */
public final class PeerOptions {

    @Option(
            names = "--neighbors",
            paramLabel = "K",
            description = "How many neighbours a peer draws (default: half of all peers, and one more).")
    private @Nullable Integer neighbours;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Neighbours are drawn with weights 1/k^A by rank (default: 1.0).")
    private @Nullable Double alpha;

    @Option(
            names = "--gossip-interval",
            paramLabel = "TIME",
            converter = Spans.class,
            description = "How often a peer generates a message of its own (default: 5s).")
    private @Nullable Long gossipNanos;

    @Option(
            names = "--gossip-count",
            paramLabel = "N",
            description =
                    "How many messages a peer generates; 0 for none (default: 10, or none with --profile classic).")
    private @Nullable Integer gossipMessages;

    @Option(
            names = "--ping-interval",
            paramLabel = "TIME",
            converter = Spans.class,
            description = "How often a peer checks that its neighbours are alive (default: 1s).")
    private @Nullable Long pingNanos;

    @Option(
            names = "--suspect-after",
            paramLabel = "N",
            description = "After how many checks without an answer it suspects one and asks the others (default: 2).")
    private @Nullable Integer suspectAfter;

    @Option(
            names = "--silent-after",
            paramLabel = "N",
            description = "After how many checks without an answer it gives up the link (default: 5).")
    private @Nullable Integer silentAfter;

    /** The settings with what was chosen here in place of what stands there. */
    public SeededSettings applyTo(SeededSettings usual) {
        return new SeededSettings(
                usual.profile(),
                alpha == null ? usual.alpha() : alpha,
                neighbours == null ? usual.neighbours() : neighbours,
                gossipNanos == null ? usual.gossipNanos() : gossipNanos,
                gossipMessages == null ? usual.gossipMessages() : gossipMessages,
                pingNanos == null ? usual.pingNanos() : pingNanos,
                suspectAfter == null ? usual.suspectAfter() : suspectAfter,
                silentAfter == null ? usual.silentAfter() : silentAfter,
                usual.peersPerHost(),
                usual.secret());
    }
}
