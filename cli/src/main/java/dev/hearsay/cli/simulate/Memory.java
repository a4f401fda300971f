package dev.hearsay.cli.simulate;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.core.overlay.Graph;
import dev.hearsay.core.overlay.OverlaySpec;
import dev.hearsay.sim.SimulationSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run takes, as measured with 2,000 to a million nodes; a little more rather than less. */
final class Memory {

    private static final long BYTES_PER_NODE = 600;
    private static final long BYTES_PER_LINK_END = 40;
    private static final long BYTES_PER_WATCHED_NEIGHBOUR = 250;
    private static final long BYTES_PER_RUMOR_KEPT = 325;
    /** What the checkers note of each rumor and node, whatever nodes keep. */
    private static final long BYTES_PER_RUMOR_CHECKED = 25;

    /** A node knows of each member which versions it has: a name and a set, both shared. */
    private static final long BYTES_PER_TALLY = 8;

    private static final long KEYS_OF_STATE = 8;
    private static final double BYTES_PER_GIGABYTE = 1 << 30;

    private Memory() {}

    /** What one run needs, in bytes. */
    static long needed(SimulationSpec spec) {
        boolean isWatched = spec.protocol().heartbeatNanos() > 0;
        long perNeighbour = BYTES_PER_LINK_END + (isWatched ? BYTES_PER_WATCHED_NEIGHBOUR : 0);
        long rumors = spec.publishing().rumors();
        long perNode = BYTES_PER_NODE + perNeighbour * neighbours(spec);
        perNode += switch (spec.publishing().kind()) {
            case MESSAGES -> perRumors(rumors, spec);
            case VERSIONS -> perRumors(rumors, spec) + BYTES_PER_TALLY * spec.nodes();
            case ENTRIES -> BYTES_PER_RUMOR_KEPT * Math.min(rumors, KEYS_OF_STATE);
        };
        // All nodes share a payload, and the checkers keep it.
        return spec.nodes() * perNode + rumors * spec.publishing().payloadBytes();
    }

    private static long perRumors(long rumors, SimulationSpec spec) {
        return BYTES_PER_RUMOR_KEPT * Math.min(rumors, spec.protocol().retain()) + BYTES_PER_RUMOR_CHECKED * rumors;
    }

    /** What the heap must have for that: a collector wants room to work in. */
    static long heap(SimulationSpec spec) {
        return needed(spec) * 5 / 4;
    }

    private static long neighbours(SimulationSpec spec) {
        long others = spec.nodes() - 1L;
        return Math.min(
                others,
                switch (spec.topology()) {
                    case OverlaySpec.RandomRegular(int degree) -> degree;
                    case OverlaySpec.Circular() -> 2;
                    case OverlaySpec.PowerLaw(double alpha, int picks) -> picks == 0 ? others : 2L * picks;
                    case OverlaySpec.Full() -> others;
                    case OverlaySpec.Grid() -> 4;
                    case OverlaySpec.SmallWorld(int degree, double rewired) -> degree;
                    case OverlaySpec.ScaleFree(int links) -> 2L * links;
                    case OverlaySpec.Given(String file, Graph graph) -> 2 * graph.links() / graph.nodes();
                });
    }

    /**
     * Demands that a run fits.
     *
     * @param available in bytes
     */
    static void demand(SimulationSpec spec, long available) {
        if (heap(spec) > available) {
            throw tooLittle(spec, available, null);
        }
    }

    static Failure tooLittle(SimulationSpec spec, long available, @Nullable Throwable cause) {
        double wanted = Math.max((double) heap(spec), available * 1.25) / BYTES_PER_GIGABYTE;
        return Failure.failed(
                String.format(
                        Locale.ROOT,
                        "%d nodes with %s and %d rumors need about %.1f GB of memory, and this may use %.1f GB.",
                        spec.nodes(),
                        spec.topology(),
                        spec.publishing().rumors(),
                        heap(spec) / BYTES_PER_GIGABYTE,
                        available / BYTES_PER_GIGABYTE),
                "Take fewer, or allow more: GOSSIP_JAVA_OPTS=-Xmx" + (long) Math.ceil(wanted) + "g gossip simulate …",
                cause);
    }
}
