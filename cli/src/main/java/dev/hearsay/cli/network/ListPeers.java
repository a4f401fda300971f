package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "list-peers", description = "Show the neighbours of a node, as it knows them now.")
@Manual(
        examples = {"gossip list-peers 5", "gossip list-peers 5 -o json"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class ListPeers extends NetworkCommand {

    /** What the node answers. */
    record Peers(String node, List<Peer> peers) {}

    /** One of its neighbours. */
    record Peer(String node, String address) {}

    private record Answer(List<NodeId> peers) {}

    @Parameters(paramLabel = "NODE", converter = NodeArgument.Converter.class, description = NodeArgument.HELP)
    private NodeArgument node;

    public ListPeers(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        Contact contact = contact(node);
        NodeNames names = new NodeNames(networkOf(contact.address()));
        List<Peer> peers = contact.get("/peers", Answer.class).peers().stream()
                .sorted()
                .map(address -> new Peer(names.of(address), address.toString()))
                .toList();
        print(new Report<>(new Peers(contact.name(), peers), Peer.class, peers, () -> text(contact, peers)));
        return ExitCode.DONE;
    }

    private static String text(Contact contact, List<Peer> peers) {
        if (peers.isEmpty()) {
            return contact.called()
                    + (Contact.isSeed(contact.name()) ? " has registered no peer.\n" : " has no neighbours.\n");
        }
        TextTable table = new TextTable().number("NODE").text("ADDRESS");
        peers.forEach(peer -> table.line(peer.node(), peer.address()));
        return table.toString();
    }
}
