package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "Show all keys of the shared state, as one node knows them.")
@Manual(
        examples = {"gossip keys 8", "gossip keys 8 -o jsonl # with values in full"},
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE})
public final class ListKeys extends NetworkCommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** What stands beside key and value: the gaps, an address, and a time. */
    private static final int OTHER_COLUMNS = 30;

    private static final int COLUMNS_MIN = 10;

    /** What the node has. */
    record Keys(String node, List<Key.Entry> keys) {}

    private record Page(List<Key.Entry> keys, boolean more) {}

    @Parameters(paramLabel = "NODE", converter = NodeArgument.Converter.class, description = NodeArgument.HELP)
    private NodeArgument node;

    public ListKeys(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        Contact contact = contact(node);
        NodeNames names = names();
        List<Key.Entry> keys = new ArrayList<>();
        for (boolean isMore = true; isMore; ) {
            String after =
                    keys.isEmpty() ? "" : "?after=" + Key.encoded(keys.getLast().key());
            Page page = contact.read(() ->
                    Key.JSON.read(Page.class, contact.call("/keys" + after).get()));
            page.keys().forEach(entry -> keys.add(entry.with(names)));
            isMore = page.more();
        }
        print(new Report<>(new Keys(contact.name(), keys), Key.Entry.class, keys, () -> text(contact, keys)));
        return ExitCode.DONE;
    }

    private String text(Contact contact, List<Key.Entry> keys) {
        if (keys.isEmpty()) {
            return contact.called() + " has no keys.\n";
        }
        // Values may have thousands of letters; whoever wants them in full asks for the key, or for JSON.
        int columns = Math.max(COLUMNS_MIN, console().columns() - OTHER_COLUMNS);
        TextTable table = new TextTable().columns("KEY", "VALUE", "WRITER>", "TIME");
        int widest = keys.stream()
                .mapToInt(entry -> Plain.width(Plain.of(entry.key())))
                .max()
                .orElse(0);
        int keyColumns = Math.max(COLUMNS_MIN, Math.min(widest, columns / 2));
        for (Key.Entry entry : keys) {
            table.line(
                    Plain.cut(Plain.of(entry.key()), keyColumns),
                    Plain.cut(Plain.of(entry.value()), Math.max(COLUMNS_MIN, columns - keyColumns)),
                    entry.writer(),
                    TIME.format(Instant.parse(entry.at()).atZone(ZoneId.systemDefault())));
        }
        return table.toString();
    }
}
