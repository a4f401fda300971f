package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.profile.SeedConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is said of peers and seeds that have just been started. */
final class ReadySeeded {

    private static final int LINES_MAX = 24;

    /**
     * The network.
     *
     * @param registered how many of the peers the seeds have registered
     * @param quorum how many seeds it takes to decide
     * @param directory where its files lie
     * @param notes what a person should know beside; empty in the normal case
     * @param nodes those that were started
     */
    record Document(
            String network,
            String profile,
            int seeds,
            int peers,
            int registered,
            int quorum,
            String directory,
            double readyMillis,
            List<String> notes,
            List<Node> nodes) {}

    /** One that was started. */
    record Node(String node, String role, String address) {}

    private ReadySeeded() {}

    /**
     * The report.
     *
     * @param started the peers and seeds it is about, of those in the file
     */
    static Report<Node> report(
            NetworkFile file, List<NetworkFile.Entry> started, double readyMillis, List<String> notes) {
        NetworkFile.Seeded seeded = Objects.requireNonNull(file.seeded());
        List<NodeId> peers = started.stream()
                .filter(entry -> !entry.node().isSeed())
                .map(NetworkFile.Entry::address)
                .toList();
        SeedConfig config = SeedConfigs.read(seeded.config());
        PeerLists lists = PeerLists.ask(config, new NodeNames(Optional.empty()));
        int registered = lists.registered(peers);
        List<String> allNotes = new ArrayList<>(notes);
        if (!lists.hasQuorum()) {
            allNotes.add(
                    "Only " + lists.heard().size() + " of " + config.seeds().size()
                            + " seeds answer, and it takes " + lists.quorum()
                            + " to register a peer: the peers wait and try again.");
        } else if (registered < peers.size()) {
            allNotes.add("Registered so far: " + registered + " of " + peers.size() + " peers; the others try again."
                    + " See: gossip members" + LiveNetwork.option(file.name()));
        }
        allNotes.addAll(DashboardOption.notes(file));
        List<Node> nodes = started.stream()
                .map(entry -> new Node(
                        entry.node().toString(),
                        entry.node().isSeed() ? "seed" : "peer",
                        entry.address().toString()))
                .toList();
        var document = new Document(
                file.name(),
                seeded.settings().profile().toString(),
                started.size() - peers.size(),
                peers.size(),
                registered,
                lists.quorum(),
                seeded.directory().toString(),
                readyMillis,
                allNotes,
                nodes);
        return new Report<>(document, Node.class, nodes, () -> text(document, file));
    }

    private static String text(Document network, NetworkFile file) {
        StringBuilder text = new StringBuilder();
        List<String> what = new ArrayList<>();
        if (network.seeds() > 0) {
            what.add(network.seeds() + (network.seeds() == 1 ? " seed" : " seeds"));
        }
        if (network.peers() > 0) {
            what.add(network.peers() + (network.peers() == 1 ? " peer" : " peers"));
        }
        text.append(String.join(" and ", what));
        text.append(network.nodes().size() == 1 ? " is" : " are").append(" ready in ");
        text.append(Spans.ofMillis(network.readyMillis())).append(": quorum ").append(network.quorum());
        text.append(", profile ").append(network.profile());
        text.append(file.processes() ? ", a process each" : ", in one process");
        text.append(file.inMemory() ? ", everything in memory only" : "").append("\n\n");
        TextTable table = new TextTable().number("NODE").text("ROLE").text("ADDRESS");
        int shown = network.nodes().size() > LINES_MAX ? LINES_MAX - 4 : LINES_MAX;
        network.nodes().stream().limit(shown).forEach(node -> table.line(node.node(), node.role(), node.address()));
        text.append(table);
        if (network.nodes().size() > shown) {
            text.append("… and ").append(network.nodes().size() - shown).append(" more, up to ");
            text.append(network.nodes().getLast().address()).append('\n');
        }
        text.append("\nconfig.txt and the logs are in ")
                .append(network.directory())
                .append('\n');
        network.notes().forEach(note -> text.append(note).append('\n'));
        return text.append(whatNext(network, file)).toString();
    }

    private static String whatNext(Document network, NetworkFile file) {
        String option = LiveNetwork.option(network.network());
        List<String[]> lines = new ArrayList<>();
        if (file.gossiping().isEmpty()) {
            lines.add(new String[] {"gossip start-peers 5" + option, "peers that register with these seeds"});
        } else {
            String last = file.gossiping().getLast().node().toString();
            lines.add(new String[] {"gossip send-message 1 apple --wait" + option, "watch a message reach all peers"});
            lines.add(new String[] {"gossip remove-node " + last + option, "its neighbours notice, and the seeds decide"
            });
            lines.add(new String[] {"gossip explain-removal " + last + option, "who suspected, confirmed and voted"});
        }
        lines.add(new String[] {"gossip members" + option, "the Peer Lists of all seeds, side by side"});
        lines.add(new String[] {"gossip stop-network" + option, "resume-network brings it back"});
        int widest = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder("\nTry next:\n");
        for (String[] line : lines) {
            text.append("  ").append(line[0]).repeat(' ', widest - line[0].length());
            text.append("  # ").append(line[1]).append('\n');
        }
        return text.toString();
    }
}
