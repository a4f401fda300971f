package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Report;
import dev.hearsay.cli.output.TextTable;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.node.EventText;
import dev.hearsay.wire.TraceJson;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain-removal",
        description = "Show why a peer was removed: who suspected and confirmed, which seed voted how, and when.")
@Manual(
        examples = {
            "gossip explain-removal 4",
            "gossip explain-removal 127.0.0.1:7003 --config config.txt # in a network that was started by hand"
        },
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_QUORUM, ExitCode.NO_SUCH_NODE})
public final class ExplainRemoval extends SeedsCommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final Pattern ADDRESS = Pattern.compile("\\[?[0-9A-Za-z.:]+]?:\\d+");

    /**
     * The peer and what is known about its removal.
     *
     * @param state member, removed, or unknown if no seed has it on record
     * @param signedBy the seeds that certified that state
     */
    record Document(
            String node,
            String peer,
            String state,
            @Nullable Long incarnation,
            List<String> signedBy,
            List<Step> steps) {}

    /**
     * Something that happened on the way.
     *
     * @param by the node that it happened at
     * @param signal what it is called in traces
     */
    record Step(String at, String by, String signal, String text) {}

    @Parameters(
            paramLabel = "PEER",
            converter = NodeArgument.Converter.class,
            description = "Its number, or its host:port.")
    private NodeArgument peer;

    public ExplainRemoval(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        NodeId address = address();
        NodeNames names = callings();
        PeerLists lists = lists();
        Optional<PeerLists.Entry> record = Optional.ofNullable(lists.latest().get(address));
        List<TraceJson.Line> lines = RemovalEvidence.of(address, witnesses(lists, names));
        boolean wasRemoved = lines.stream().anyMatch(line -> RemovalEvidence.isRemoval(line.event()))
                || record.filter(entry -> !entry.isMember()).isPresent();
        List<Step> steps = lines.stream()
                .map(line -> new Step(
                        EventText.time(line.atMicros()),
                        names.of(line.node()),
                        TraceJson.name(line.event()),
                        words(line, names)))
                .toList();
        var document = new Document(
                names.of(address),
                address.toString(),
                record.map(entry -> entry.isMember() ? "member" : "removed").orElse("unknown"),
                record.map(PeerLists.Entry::incarnation).orElse(null),
                record.map(entry -> entry.signedBy().stream().map(names::of).toList())
                        .orElse(List.of()),
                steps);
        print(new Report<>(document, Step.class, steps, () -> text(document, wasRemoved)));
        return exitCode(lists);
    }

    private NodeId address() {
        return switch (peer) {
            case NodeArgument.At(NodeId address) -> address;
            case NodeArgument.Named(NodeName name) -> {
                if (name.isSeed()) {
                    throw Failure.usage("Seeds are not removed; " + name + " is one.", "");
                }
                yield running().find(name).address();
            }
        };
    }

    /** All who may have seen something: the seeds, and every peer that they know of. */
    private static List<Contact> witnesses(PeerLists lists, NodeNames names) {
        return Stream.concat(
                        lists.heard().stream().map(PeerLists.Answer::seed),
                        lists.latest().values().stream()
                                .filter(PeerLists.Entry::isMember)
                                .map(PeerLists.Entry::peer))
                .distinct()
                .map(node -> new Contact(names.of(node), node, true))
                .toList();
    }

    private static String words(TraceJson.Line line, NodeNames names) {
        return ADDRESS.matcher(EventWords.of(line.event())).replaceAll(match -> {
            String name = names.of(match.group());
            return Matcher.quoteReplacement(
                    name.contains(":") ? name : (Contact.isSeed(name) ? "seed " : "peer ") + name);
        });
    }

    private static String text(Document document, boolean wasRemoved) {
        StringBuilder text = new StringBuilder();
        String called = document.node().contains(":")
                ? "Peer " + document.peer()
                : "Peer " + document.node() + " (" + document.peer() + ")";
        if (document.state().equals("unknown")) {
            text.append(called).append(" was never registered, so it was never removed.\n");
        } else if (!wasRemoved) {
            text.append(called).append(" is a member, incarnation ").append(document.incarnation());
            text.append(", and was not removed as far as anybody remembers.\n");
        } else if (document.state().equals("removed")) {
            text.append(called).append(" was removed in its incarnation ").append(document.incarnation());
            text.append(", certified by ")
                    .append(String.join(", ", document.signedBy()))
                    .append(".\n");
        } else {
            text.append(called).append(" was removed, and has come back with incarnation ");
            text.append(document.incarnation()).append(", certified by ");
            text.append(String.join(", ", document.signedBy())).append(".\n");
        }
        if (document.steps().isEmpty()) {
            text.append(
                    wasRemoved ? "No node that runs remembers how that came about: they were started since.\n" : "");
            return text.toString();
        }
        TextTable table = new TextTable().text("TIME").number("AT").text("WHAT HAPPENED");
        for (Step step : document.steps()) {
            table.line(
                    TIME.format(Instant.parse(step.at()).atZone(ZoneId.systemDefault())),
                    step.by(),
                    Plain.of(step.text()));
        }
        return text.append('\n').append(table).toString();
    }
}
