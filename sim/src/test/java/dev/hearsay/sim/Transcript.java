package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.overlay.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as a person can read it: what nodes tell and send, line by line. Rumors are named by their publisher and number.
 * Pings, pongs and summaries are left out; of those there is one a second on every link, and they mean that nothing is new.
 */
final class Transcript implements Observer {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StringBuilder text = new StringBuilder();
    private final Map<RumorId, String> names = new HashMap<>();

    /** The transcript of a run, with the command that makes it. */
    static String of(String title, SimulationSpec spec) {
        Transcript transcript = new Transcript();
        Simulation simulation = Simulation.of(spec, transcript);
        transcript
                .text
                .append("# ")
                .append(title)
                .append("\n# ")
                .append(spec.command())
                .append("\n# links:");
        Graph graph = simulation.overlay().graph();
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.degree(node); i++) {
                if (graph.neighbour(node, i) > node) {
                    transcript.text.append(' ').append(node).append('-').append(graph.neighbour(node, i));
                }
            }
        }
        transcript.text.append("\n\n");
        RunMeasures measures = simulation.run();
        transcript.text.append("\n# ");
        for (Measure measure :
                List.of(Measure.RESIDUE, Measure.TRAFFIC, Measure.REDUNDANCY, Measure.T100, Measure.HOPS)) {
            transcript
                    .text
                    .append(measure.label())
                    .append(' ')
                    .append(Math.rint(measures.value(measure) * 1e4) / 1e4)
                    .append("  ");
        }
        return transcript.text.toString().stripTrailing() + "\n";
    }

    private void line(long atNanos, int node, String what) {
        String time = atNanos % NANOS_PER_MILLI == 0
                ? Long.toString(atNanos / NANOS_PER_MILLI)
                : Double.toString(Math.rint(atNanos / 1000.0) / 1000.0);
        text.append(" ".repeat(Math.max(0, 10 - time.length()))).append(time).append(" ms  ");
        text.append(node).append("  ").append(what).append('\n');
    }

    @Override
    public void told(long atNanos, int node, Event event) {
        switch (event) {
            case Lifecycle.Started started ->
                line(atNanos, node, "starts with neighbours " + list(started.neighbours()) + remembered(started));
            case RumorProtocol.Published published -> {
                names.put(published.id(), node + "#" + published.sequence());
                line(atNanos, node, "publishes " + name(published.id()));
            }
            case RumorProtocol.Delivered delivered ->
                line(
                        atNanos,
                        node,
                        "has " + name(delivered.id()) + " from " + number(delivered.from()) + " after "
                                + hops(delivered.hops())
                                + (delivered.way() == RumorProtocol.Way.ANTI_ENTROPY ? ", by anti-entropy" : "")
                                + path(delivered.path()));
            case RumorProtocol.Duplicate duplicate ->
                line(atNanos, node, "had " + name(duplicate.id()) + ", sent again by " + number(duplicate.from()));
            case RumorProtocol.Relayed relayed ->
                line(
                        atNanos,
                        node,
                        "passes " + name(relayed.id()) + " on to " + list(relayed.to())
                                + (relayed.round() > 1 ? " for the " + relayed.round() + ". time" : ""));
            case AntiEntropyProtocol.Differed differed ->
                line(atNanos, node, "differs from " + number(differed.partner()));
            case LinkProtocol.LinkUp up ->
                line(atNanos, node, "links to " + number(up.neighbour()) + " (" + lower(up.reason()) + ")");
            case LinkProtocol.LinkDown down ->
                line(
                        atNanos,
                        node,
                        "drops its link to " + number(down.neighbour()) + " (" + lower(down.reason()) + ")");
            case HeartbeatProtocol.Suspected suspected ->
                line(atNanos, node, "suspects " + number(suspected.neighbour()));
            case HeartbeatProtocol.Silent silent -> line(atNanos, node, "gives up on " + number(silent.neighbour()));
            case HeartbeatProtocol.Reappeared back ->
                line(atNanos, node, "hears of " + number(back.neighbour()) + " again");
            case Lifecycle.Stopped stopped -> line(atNanos, node, "is down");
            default -> line(atNanos, node, event.toString());
        }
    }

    private static String remembered(Lifecycle.Started started) {
        return started.remembered() == 0 ? "" : ", remembering " + started.remembered();
    }

    @Override
    public void sent(long atNanos, int from, int to, Message message) {
        say(atNanos, from, "→ " + to, message, "");
    }

    @Override
    public void lost(long atNanos, int from, int to, Message message, Loss why) {
        say(atNanos, from, "↛ " + to, message, " is lost (" + lower(why) + ")");
    }

    private void say(long atNanos, int from, String arrow, Message message, String fate) {
        String what = switch (message) {
            case RumorProtocol.Gossip gossip -> "gossip " + carried(gossip.carried());
            case AntiEntropyProtocol.Digest digest ->
                "digest "
                        + digest.holdings().stream()
                                .map(h -> number(h.origin().node()) + "#" + h.seen())
                                .collect(Collectors.joining(" ", "[", "]"));
            case AntiEntropyProtocol.Pull pull ->
                "pull "
                        + pull.wants().stream()
                                .map(w -> number(w.origin().node()) + "#" + w.numbers())
                                .collect(Collectors.joining(" ", "[", "]"));
            case AntiEntropyProtocol.Repair repair ->
                "repair " + repair.rumors().stream().map(this::carried).collect(Collectors.joining(" ", "[", "]"));
            case LinkProtocol.Link link -> "link " + list(link.neighbours()) + (link.answer() ? ", answer wanted" : "");
            case LinkProtocol.Leave leave -> "leave";
            default -> "";
        };
        if (!what.isEmpty()) {
            line(atNanos, from, arrow + " " + what + fate);
        }
    }

    @Override
    public void struck(long atNanos, Fault fault, int[] victims) {
        text.append("--- ").append(fault.option()).append(' ').append(fault).append('\n');
    }

    @Override
    public void relented(long atNanos, Fault fault, int[] victims) {
        text.append("--- end of ")
                .append(fault.option())
                .append(' ')
                .append(fault)
                .append('\n');
    }

    private String carried(RelayedRumor carried) {
        return name(carried.rumor().id()) + " (" + hops(carried.hops()) + ")";
    }

    private String name(RumorId id) {
        return names.getOrDefault(id, "a rumor not told of");
    }

    private static String hops(int hops) {
        return hops + (hops == 1 ? " hop" : " hops");
    }

    private static String path(List<NodeId> path) {
        return path.isEmpty() ? "" : ", over " + list(path);
    }

    private static String list(List<NodeId> nodes) {
        return nodes.stream().map(Transcript::number).collect(Collectors.joining(", "));
    }

    private static String number(NodeId id) {
        return Integer.toString(id.port());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The scenarios, by the names of their files. */
    static Map<String, List<String>> scenarios() {
        Map<String, List<String>> scenarios = new TreeMap<>();
        scenarios.put(
                "flood",
                List.of(
                        "Flood: every node has the rumor over a shortest way, and what comes later is a duplicate.",
                        "--nodes 5 --topology random:3 --publisher 0 --paths on --random-seed 3"));
        scenarios.put(
                "push-with-relays",
                List.of(
                        "Push to one neighbour, three times over: each time it is drawn anew.",
                        "--nodes 5 --topology full --spread push:1 --relays 3 --publisher 0 --anti-entropy off"
                                + " --random-seed 2"));
        scenarios.put(
                "repair",
                List.of(
                        "A flood loses messages on a ring; anti-entropy finds out and repairs it.",
                        "--nodes 5 --topology circular --publisher 0 --loss 35% --random-seed 4"));
        scenarios.put(
                "death-and-return",
                List.of(
                        "A neighbour dies, the ring closes, the neighbour returns and is told what it missed.",
                        "--nodes 5 --topology circular --publisher 0 --heartbeats 1s --rumors 3 --every 7s"
                                + " --crash 2@500ms+12s --random-seed 1"));
        return scenarios;
    }

    static String render(List<String> scenario) {
        List<String> words = new ArrayList<>(List.of(scenario.get(1).split(" ")));
        return of(scenario.get(0), SimulationSpecBuilder.parse("gossip simulate " + String.join(" ", words)));
    }
}
