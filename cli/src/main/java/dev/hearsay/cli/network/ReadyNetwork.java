package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.live.network.NetworkDirectory;
import dev.hearsay.live.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a network that has just become ready. */
final class ReadyNetwork {

    private static final int LINES_MAX = 20;
    private static final int NEIGHBOURS_MAX = 12;

    /**
     * The network.
     *
     * @param notes what a person should know beside; empty in the normal case
     */
    record Document(
            String network,
            String topology,
            String spread,
            long randomSeed,
            double readyMillis,
            List<String> notes,
            List<Node> nodes) {}

    /** One of its nodes. */
    record Node(String node, String address, List<String> neighbours) {}

    private ReadyNetwork() {}

    static Report<Node> report(NetworkFile file, double readyMillis, List<String> notes) {
        List<Node> nodes = file.present().stream()
                .map(entry -> new Node(
                        entry.node().toString(),
                        entry.address().toString(),
                        entry.neighbours().stream().map(String::valueOf).toList()))
                .toList();
        List<String> allNotes = new ArrayList<>(notes);
        allNotes.addAll(DashboardOption.notes(file));
        var document = new Document(
                file.name(), file.topology(), file.spread(), file.randomSeed(), readyMillis, allNotes, nodes);
        return new Report<>(document, Node.class, nodes, () -> text(document, file));
    }

    private static String text(Document network, NetworkFile file) {
        StringBuilder text = new StringBuilder();
        List<Node> nodes = network.nodes();
        text.append(nodes.size())
                .append(nodes.size() == 1 ? " node is" : " nodes are")
                .append(" ready in ");
        text.append(Spans.ofMillis(network.readyMillis())).append(": ").append(network.topology());
        text.append(", spread by ").append(network.spread());
        text.append(file.processes() ? ", a process each" : "");
        text.append(file.inMemory() ? ", messages in memory only" : "").append("\n\n");
        TextTable table = new TextTable().number("NODE").text("ADDRESS").text("NEIGHBOURS");
        nodes.stream()
                .limit(nodes.size() > LINES_MAX ? LINES_MAX - 4 : LINES_MAX)
                .forEach(node -> table.line(node.node(), node.address(), neighbours(node)));
        text.append(table);
        if (nodes.size() > LINES_MAX) {
            text.append("… and ").append(nodes.size() - LINES_MAX + 4).append(" more, up to ");
            text.append(nodes.getLast().address()).append('\n');
        }
        if (!network.notes().isEmpty()) {
            text.append('\n');
            network.notes().forEach(note -> text.append(note).append('\n'));
        }
        return text.append(whatNext(network)).toString();
    }

    private static String neighbours(Node node) {
        String shown = node.neighbours().stream().limit(NEIGHBOURS_MAX).collect(Collectors.joining(" "));
        int more = node.neighbours().size() - NEIGHBOURS_MAX;
        return more > 0 ? shown + " … " + more + " more" : shown;
    }

    private static String whatNext(Document network) {
        String option =
                network.network().equals(NetworkDirectory.DEFAULT_NAME) ? "" : " --network " + network.network();
        String from =
                network.nodes().get(Math.min(3, network.nodes().size() - 1)).node();
        String to = network.nodes().getLast().node();
        StringBuilder text = new StringBuilder("\nTry next:\n");
        String[][] lines = {
            {"gossip send-message " + from + " apple --wait" + option, "watch a message reach all of them"},
            {"gossip get-messages " + to + " -p --time" + option, "what a node has heard, by which path"},
            {"gossip watch" + option, "everything that happens, as it happens"},
            {"gossip stop-network" + option, "resume-network brings it back"}
        };
        int widest = 0;
        for (String[] line : lines) {
            widest = Math.max(widest, line[0].length());
        }
        for (String[] line : lines) {
            text.append("  ").append(line[0]).repeat(' ', widest - line[0].length());
            text.append("  # ").append(line[1]).append('\n');
        }
        return text.toString();
    }
}
