package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Percentiles;
import dev.hearsay.core.spread.Coverage;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches one message on its way through the network. */
final class SpreadWatch {

    private static final int RUMORS_MAX = 10_000;
    private static final long POLL_NANOS = 20_000_000;
    /** The last copies, which meet nodes that have the message, come a little later than the last delivery. */
    private static final long QUIET_NANOS = 60_000_000;
    /** When nodes pass a message on several times, there is this much time between, and then some. */
    private static final long QUIET_BETWEEN_RELAYS_NANOS = 160_000_000;

    private static final int BAR = 32;
    private static final int CHART_LINES = 8;

    /**
     * How it ended.
     *
     * @param of how many nodes run
     * @param t50Millis from publication until half of the nodes had it; null if so many never had
     * @param duplicates copies that reached nodes that had it
     */
    record Outcome(
            String id,
            int reached,
            int of,
            @Nullable Double t50Millis,
            @Nullable Double t90Millis,
            @Nullable Double t100Millis,
            int duplicates,
            int maxHops) {}

    private final Subscriptions subscriptions;
    private final int relays;
    private final Coverage coverage = new Coverage(RUMORS_MAX, true, (at, origin, converged) -> {});
    private final Set<NodeId> without = new LinkedHashSet<>();
    private long[] delaysMicros = new long[0];

    SpreadWatch(Subscriptions subscriptions, int relays) {
        this.subscriptions = subscriptions;
        this.relays = relays;
        for (Contact entry : subscriptions.nodes()) {
            coverage.include(entry.address());
            without.add(entry.address());
        }
    }

    /** Waits until all nodes have the message and no more copies come, or time runs out. */
    Outcome await(RumorId id, long timeoutNanos, Progress progress) throws InterruptedException {
        long begun = System.nanoTime();
        long quiet = relays > 1 ? QUIET_BETWEEN_RELAYS_NANOS : QUIET_NANOS;
        long last = begun;
        Coverage.@Nullable Reach reach = null;
        while (System.nanoTime() - begun < timeoutNanos) {
            TraceJson.Line line = subscriptions.poll(POLL_NANOS);
            long now = System.nanoTime();
            if (line != null) {
                coverage.observe(line.atMicros(), line.node(), line.event());
                last = isAbout(id, line) ? now : last;
            }
            reach = coverage.reach(id);
            boolean isComplete = reach != null && reach.reached() >= reach.of();
            if (isComplete && now - last > quiet) {
                break;
            }
            if (!isComplete) {
                progress.animate(line(reach, (now - begun) / 1e6));
            }
        }
        return outcome(id, reach);
    }

    private boolean isAbout(RumorId id, TraceJson.Line line) {
        if (!(line.event() instanceof RumorProtocol.Events event) || !id.equals(event.id())) {
            return false;
        }
        if (event instanceof RumorProtocol.Published || event instanceof RumorProtocol.Delivered) {
            without.remove(line.node());
        }
        // That it is counted as everywhere is no sign that it still spreads.
        return !(event instanceof RumorProtocol.Converged);
    }

    private String line(Coverage.@Nullable Reach reach, double millis) {
        int reached = reach == null ? 0 : reach.reached();
        int of = coverage.liveNodes();
        return Progress.bar((double) reached / Math.max(1, of), BAR) + " " + reached + " of " + of + ", "
                + Spans.ofMillis(millis);
    }

    private Outcome outcome(RumorId id, Coverage.@Nullable Reach reach) {
        if (reach == null) {
            return new Outcome(id.toString(), 0, coverage.liveNodes(), null, null, null, 0, 0);
        }
        delaysMicros = reach.delaysMicros();
        return new Outcome(
                id.toString(),
                reach.reached(),
                reach.of(),
                millis(50, reach),
                millis(90, reach),
                millis(100, reach),
                reach.duplicates(),
                reach.hopsMax());
    }

    private static @Nullable Double millis(double percent, Coverage.Reach reach) {
        long micros = Percentiles.nearestRank(reach.delaysMicros(), reach.of(), percent);
        return micros < 0 ? null : micros / 1000.0;
    }

    /** The outcome for people: how coverage grew, and the figures. */
    String text(Outcome outcome) {
        StringBuilder text = new StringBuilder(chart(outcome));
        text.append("Reached ").append(outcome.reached()).append(" of ").append(outcome.of());
        if (outcome.t100Millis() != null) {
            text.append(" in ").append(Spans.ofMillis(outcome.t100Millis()));
        }
        List<String> times = new ArrayList<>();
        add(times, "t50", outcome.t50Millis());
        add(times, "t90", outcome.t90Millis());
        add(times, "t100", outcome.t100Millis());
        text.append(times.isEmpty() ? "" : " (" + String.join(", ", times) + ")");
        text.append(", ").append(outcome.duplicates());
        text.append(outcome.duplicates() == 1 ? " duplicate" : " duplicates");
        text.append(", at most ").append(outcome.maxHops()).append(outcome.maxHops() == 1 ? " hop" : " hops");
        text.append('\n');
        if (outcome.reached() < outcome.of()) {
            List<Contact> late = subscriptions.nodes().stream()
                    .filter(entry -> without.contains(entry.address()))
                    .toList();
            text.append("Without it: " + numbers(late) + "\n");
        }
        if (!subscriptions.absent().isEmpty()) {
            text.append("Not answering: " + numbers(subscriptions.absent()) + "\n");
        }
        return text.toString();
    }

    private static String numbers(List<Contact> contacts) {
        return (contacts.size() == 1 ? "node " : "nodes ")
                + contacts.stream()
                        .sorted(Comparator.comparing(Contact::address))
                        .map(Contact::name)
                        .collect(Collectors.joining(", "));
    }

    private static void add(List<String> times, String name, @Nullable Double millis) {
        if (millis != null) {
            times.add(name + " " + Spans.ofMillis(Objects.requireNonNull(millis)));
        }
    }

    /** How many nodes had it, at moments from its publication to its last delivery. */
    private String chart(Outcome outcome) {
        if (delaysMicros.length < 2) {
            return "";
        }
        long end = delaysMicros[delaysMicros.length - 1];
        int lines = Math.min(CHART_LINES, delaysMicros.length);
        StringBuilder chart = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            long at = end * i / (lines - 1);
            int reached = 0;
            while (reached < delaysMicros.length && delaysMicros[reached] <= at) {
                reached++;
            }
            String time = Spans.ofMillis(at / 1000.0);
            chart.repeat(' ', Math.max(0, 9 - time.length())).append(time).append("  ");
            String bar = Progress.bar((double) reached / Math.max(1, outcome.of()), BAR);
            chart.append(bar + "  " + reached + "\n");
        }
        return chart.append('\n').toString();
    }
}
