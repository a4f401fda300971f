package dev.hearsay.bench.membership;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.sim.Observer;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.SimulationSpec;
import dev.hearsay.sim.SimulationSpecBuilder;
import dev.hearsay.wire.MessageJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The section about bytes: what nodes of simulated networks without any rumors say to each other when others come and go, as JSON. */
public final class TrafficMeter {

    private static final String TITLE = "Bytes: what it costs that nodes come and go, and that they do not";
    private static final int NODES = 500;
    private static final int NODES_QUICK = 100;
    private static final int NODES_SMALL = 40;
    private static final long SECOND = 1_000_000_000L;

    /** Addresses are counted with this many characters, as {@code 10.0.0.1:12345} has them, not the few that simulated ones have. */
    private static final int ADDRESS_LENGTH = 14;

    private static final List<String> NAMES =
            List.of("memberMessages", "memberBytes", "linkMessages", "linkBytes", "regularMessages", "regularBytes");

    private static final String[] SIMULATED = {"\"sim:", "\"seed:"};
    private static final int EVENTS = 1 << 16;

    /**
     * A part of a run.
     *
     * @param name what happens in it
     * @param endsAt in seconds
     * @param of the figures are divided by this
     */
    private record Span(String name, int endsAt, double of) {}

    private TrafficMeter() {}

    public static Findings run(BenchSettings settings) {
        int nodes = settings.nodes() > 0 ? settings.nodes() : settings.quick() ? NODES_QUICK : NODES;
        Table table = new Table("network", "", "members", "bytes", "links", "bytes", "regular", "bytes");
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Span> everybodyIsLinked =
                List.of(new Span("start", 5, 1), new Span("a goodbye", 9, 1), new Span("an idle minute", 21, 0.2));
        SimulationSpecBuilder full = builder(nodes)
                .set("topology", "full")
                .set("heartbeats", "1s")
                .set("latency", "uniform:1ms-11ms")
                .set("leave", nodes / 2 + "@5s");
        measure(settings, nodes + " nodes, full", full, everybodyIsLinked, table, rows);
        for (int peers : new int[] {NODES_SMALL, nodes}) {
            List<Span> seeded = List.of(
                    new Span("a join, of all at once", 30, peers),
                    new Span("a removal", 60, 1),
                    new Span("a join, of one that was removed", 90, 1));
            SimulationSpecBuilder builder = builder(peers)
                    .set("seeds", 3)
                    .set("topology", "powerlaw:1:3")
                    .set("latency", "uniform:1ms-11ms")
                    .set("crash", peers / 2 + "@30s+30s:no-disk");
            measure(settings, peers + " peers, 3 seeds", builder, seeded, table, rows);
        }
        List<String> notes = List.of("Messages as JSON without heads of HTTP, an address with " + ADDRESS_LENGTH
                + " characters. Members: messages about who is one, as registrations, votes, reports and removals; links: about who is linked;"
                + " regular: pings, questions of peers and seeds for news, comparisons, answers to these, and declarations, which are"
                + " repeated. An idle minute is five times twelve seconds.");
        return new Findings("bytes", TITLE, List.of(table), rows, List.of(), notes, List.of());
    }

    /** No rumor is published before the run ends. */
    private static SimulationSpecBuilder builder(int nodes) {
        return SimulationSpec.builder().set("nodes", nodes).set("first", "59m").set("random-seed", 7);
    }

    private static void measure(
            BenchSettings settings,
            String network,
            SimulationSpecBuilder builder,
            List<Span> spans,
            Table table,
            List<Map<String, Object>> rows) {
        SimulationSpec spec =
                builder.set("until", spans.getLast().endsAt() + "s").build();
        settings.progress("  " + spec.command());
        MessageJson json = new MessageJson();
        long[][] sums = new long[spans.size()][NAMES.size()];
        Simulation simulation = Simulation.of(spec, new Observer() {
            @Override
            public void sent(long atNanos, int from, int to, Message message) {
                int at = 0;
                while (at < spans.size() - 1 && atNanos >= spans.get(at).endsAt() * SECOND) {
                    at++;
                }
                int kind = 2 * kind(message);
                sums[at][kind]++;
                sums[at][kind + 1] += size(json.write(message));
            }
        });
        while (simulation.advance(EVENTS)) {
            // Whoever looks on counts.
        }
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            List<String> cells = new ArrayList<>(List.of(network, span.name()));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("command", spec.command());
            row.put("what", span.name());
            for (int j = 0; j < NAMES.size(); j++) {
                double value = sums[i][j] / span.of();
                cells.add(Numbers.of(value));
                row.put(NAMES.get(j), value);
            }
            table.row(cells.toArray(String[]::new));
            rows.add(row);
        }
    }

    /** By the columns: 0 is about members, 1 about links; 2 is said whatever happens. Seeds tell of news unasked as well, in no edition of their list. */
    private static int kind(Message message) {
        if (message instanceof LinkProtocol.Link || message instanceof LinkProtocol.Leave) {
            return 1;
        }
        boolean isRegular = message instanceof HeartbeatProtocol.Ping
                || message instanceof HeartbeatProtocol.Pong
                || message instanceof AntiEntropyProtocol.Summary
                || message instanceof PeerListProtocol.PeerListRequest
                || message instanceof PeerListProtocol.Sync
                || message instanceof DeclarationProtocol.Declare
                || (message instanceof PeerListProtocol.PeerList list
                        && list.edition().epoch() != 0);
        return isRegular ? 2 : 0;
    }

    private static long size(byte[] json) {
        long size = json.length;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '"') {
                for (String start : SIMULATED) {
                    if (startsAt(json, i, start)) {
                        int end = i + start.length();
                        while (json[end] != '"') {
                            end++;
                        }
                        size += ADDRESS_LENGTH - (end - i - 1);
                    }
                }
            }
        }
        return size;
    }

    private static boolean startsAt(byte[] json, int at, String text) {
        int i = 0;
        while (i < text.length() && at + i < json.length && json[at + i] == text.charAt(i)) {
            i++;
        }
        return i == text.length();
    }
}
