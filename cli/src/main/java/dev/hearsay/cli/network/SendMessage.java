package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.node.NodeSpec;
import dev.hearsay.core.spread.SpreadSpec;
import dev.hearsay.live.api.MembersAnswer;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "send-message", description = "Give a message to one node, which spreads it to all.")
@Manual(
        examples = {
            "gossip send-message 4 apple",
            "gossip send-message 8 banana --relays=3 # each node passes it on three times over",
            "gossip send-message 4 apple --wait # and watch it reach everybody",
            "date | gossip send-message 4 - # the text comes from another command"
        },
        exitCodes = {
            ExitCode.DONE,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.PARTIAL,
            ExitCode.NO_SUCH_NODE,
            ExitCode.INTERRUPTED
        })
public final class SendMessage extends NetworkCommand {

    /** A message that was accepted: durable at its node, unless the network is in memory. */
    record Sent(String id, String node) {}

    /** What a node is asked for; it knows itself how many relays are usual. */
    record Publication(String text, @Nullable Integer relays) {}

    private static final RecordJson JSON = new RecordJson().nullable(Publication.class, "relays");

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            converter = NodeArgument.Converter.class,
            description = NodeArgument.HELP)
    private NodeArgument node;

    @Parameters(
            index = "1",
            paramLabel = "TEXT",
            description = "The message, up to 1 MiB; - reads it from standard input.")
    private String text;

    @Option(
            names = {"-r", "--relays"},
            paramLabel = "R",
            description = "Each node passes the message to its neighbours R times over (default: once).")
    private @Nullable Integer relays;

    @Option(
            names = {"-w", "--wait"},
            description = "Show how far the message has come, until every node has it.")
    private boolean isWaiting;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Spans.class,
            defaultValue = "10s",
            description = "How long --wait waits (default: ${DEFAULT-VALUE}).")
    private long timeoutNanos;

    public SendMessage(Console console) {
        super(console);
    }

    @Override
    protected int run() throws Exception {
        if (relays != null && (relays < 1 || relays > Rumor.RELAYS_MAX)) {
            throw Failure.usage("--relays must be 1 to " + Rumor.RELAYS_MAX + ", not " + relays + ".", "");
        }
        String message = message();
        Contact contact = contact(node);
        if (!isWaiting) {
            Sent sent = send(contact, message);
            print(Report.of(
                    Sent.class,
                    sent,
                    () -> "Sent to " + (contact.name().contains(":") ? "" : "node ") + contact.name() + ", as "
                            + sent.id().substring(0, 12) + ".\n"));
            return ExitCode.DONE;
        }
        try (Subscriptions subscriptions = Subscriptions.open(audience(contact));
                Progress progress = progress()) {
            SpreadWatch watch = new SpreadWatch(subscriptions, relays == null ? 1 : relays);
            Sent sent = send(contact, message);
            SpreadWatch.Outcome outcome = watch.await(RumorId.parse(sent.id()), timeoutNanos, progress);
            progress.erase();
            print(Report.of(SpreadWatch.Outcome.class, outcome, () -> watch.text(outcome)));
            return outcome.reached() < outcome.of() ? ExitCode.PARTIAL : ExitCode.DONE;
        }
    }

    private Sent send(Contact contact, String message) {
        JsonObject answer = contact.call("/messages").post(JSON.line(new Publication(message, relays)));
        return contact.read(() -> new Sent(answer.text("id"), contact.name()));
    }

    /** All that the message shall reach: the nodes of the network, or else whom the node itself takes for members. */
    private List<Contact> audience(Contact contact) {
        Optional<LiveNetwork> network = networkOf(contact.address());
        if (network.isPresent()) {
            return network.get().contacts(network.get().file().gossiping());
        }
        var list =
                contact.read(() -> MembersAnswer.read(contact.call("/members").get()));
        return list.members().stream()
                .filter(member -> !member.isRemoved())
                .map(member -> Contact.at(member.peer()))
                .toList();
    }

    private String message() throws IOException {
        int bytesMax = NodeSpec.of(new SpreadSpec.Flood()).spreading().payloadBytesMax();
        byte[] bytes = text.equals("-")
                ? withoutLineEnd(console().in().readNBytes(bytesMax + 2))
                : text.getBytes(StandardCharsets.UTF_8);
        if (Utf8.isBlank(bytes)) {
            throw Failure.usage("The message is empty.", "Write something.");
        }
        if (bytes.length > bytesMax) {
            throw new Failure(
                    ExitCode.USAGE,
                    "too-large",
                    String.format(
                            Locale.ROOT,
                            "The text is too large: a message has at most %,d bytes (1 MiB), and this one has %s.",
                            bytesMax,
                            text.equals("-") ? "more" : String.format(Locale.ROOT, "%,d", bytes.length)),
                    "");
        }
        if (!Utf8.isValid(bytes)) {
            throw Failure.usage(
                    "The text is not valid UTF-8.", "Other bytes can be sent as base64: base64 FILE | gossip …");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** As in the shell's own substitution: the line break that ends a command's output is not part of the message. */
    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            length -= length > 0 && bytes[length - 1] == '\r' ? 1 : 0;
        }
        return Arrays.copyOf(bytes, length);
    }
}
