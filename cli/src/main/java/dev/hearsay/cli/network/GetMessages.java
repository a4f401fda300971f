package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.wire.RecordJson;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get-messages",
        description = {"Show the messages that a node has. What is shown counts as read from then on."})
@Manual(
        examples = {
            "gossip get-messages 8 # all of them",
            "gossip get-messages 3 unread # only those that have not been shown yet",
            "gossip get-messages 3 read -p --time # with the shortest path they took, and when they came"
        },
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class GetMessages extends NetworkCommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    /** A message may have a million letters, and nobody wants to scroll past them. */
    private static final int TERMINAL_COLUMNS_MAX = 500;

    /** Which messages. */
    enum Filter {
        all,
        unread,
        read
    }

    /** What the node has. */
    record Messages(String node, List<Message> messages) {}

    /**
     * One message.
     *
     * @param origin the node that sent it first
     * @param path the shortest way it took, origin first; empty if the network does not trace paths
     * @param read whether it had been shown before
     */
    record Message(
            String id, String text, String origin, String receivedAt, int hops, List<String> path, boolean read) {

        private Message with(NodeNames names) {
            List<String> way = path.stream().map(names::of).toList();
            return new Message(id, text, names.of(origin), receivedAt, hops, way, read);
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            converter = NodeArgument.Converter.class,
            description = NodeArgument.HELP)
    private NodeArgument node;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "all (default), unread, or read.")
    private Filter filter;

    @Option(
            names = {"-p", "--paths"},
            description = "Show the shortest path that each message took, over all copies that arrived.")
    private boolean isPathWanted;

    @Option(
            names = {"-t", "--time"},
            description = "Show when each message was received.")
    private boolean isTimeWanted;

    public GetMessages(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        Contact contact = contact(node);
        NodeNames names = names();
        List<Message> messages = contact.get("/messages?filter=" + filter, Messages.class).messages().stream()
                .map(message -> message.with(names))
                .toList();
        print(new Report<>(
                new Messages(contact.name(), messages), Message.class, messages, () -> text(contact, messages)));
        List<String> unread =
                messages.stream().filter(m -> !m.read()).map(Message::id).toList();
        // What nobody could see, as the reader of a pipe had gone, stays unread.
        if (!unread.isEmpty() && !console().out().checkError()) {
            contact.call("/messages/read").post(RecordJson.PLAIN.line(Map.of("ids", unread)));
        }
        return ExitCode.DONE;
    }

    private String text(Contact contact, List<Message> messages) {
        if (messages.isEmpty()) {
            return contact.called() + " has no " + (filter == Filter.all ? "" : filter + " ") + "messages.\n";
        }
        TextTable table = new TextTable().number("FROM").number("HOPS");
        if (isTimeWanted) {
            table.text("RECEIVED");
        }
        if (isPathWanted) {
            table.text("PATH");
        }
        table.text("").text("MESSAGE");
        for (Message message : messages) {
            List<Object> cells = new ArrayList<>(List.of(message.origin(), message.hops()));
            if (isTimeWanted) {
                cells.add(TIME.format(Instant.parse(message.receivedAt()).atZone(ZoneId.systemDefault())));
            }
            if (isPathWanted) {
                cells.add(String.join(" → ", message.path()));
            }
            cells.add(message.read() ? "" : "new");
            String text = Plain.of(message.text());
            cells.add(console().outIsTerminal() ? Plain.cut(text, TERMINAL_COLUMNS_MAX) : text);
            table.line(cells.toArray());
        }
        return table.toString();
    }
}
