package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Csv;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.node.EventText;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "watch", description = "Show what happens at the nodes, as it happens, until Ctrl-C.")
@Manual(
        examples = {
            "gossip watch # all nodes",
            "gossip watch 5",
            "gossip watch -o jsonl > trace.jsonl # the trace, to keep and to replay"
        },
        exitCodes = {ExitCode.DONE, ExitCode.USAGE, ExitCode.NOT_RUNNING, ExitCode.NO_SUCH_NODE, ExitCode.INTERRUPTED})
public final class Watch extends NetworkCommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Za-z.]+:\\d+");
    private static final long POLL_MILLIS = 200;

    /** Who reads more slowly than things happen makes the nodes wait with what they send, and is told by them how much they left out. */
    private static final int OBSERVATIONS_MAX = 10_000;

    /** An event as a row. */
    record Row(String at, String node, String signal, String text) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "NODE",
            converter = NodeArgument.Converter.class,
            description = "Only this node: its number (s1, s2 … for a seed), or its host:port (default: all).")
    private @Nullable NodeArgument node;

    public Watch(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        if (output() == Format.JSON) {
            throw Failure.usage("What happens never ends, so it is no single document.", "Take one for each: -o jsonl");
        }
        LinkedBlockingQueue<NodeWatch.Observation> observations = observations();
        boolean isOfNetwork = watch(observations);
        if (output() == Format.CSV) {
            console().out().print(Csv.header(Row.class));
        }
        NodeNames names = names();
        while (true) {
            NodeWatch.Observation observation = observations.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (observation != null) {
                show(observation, names);
            }
            if (observations.isEmpty()) {
                // Seen at once, though written together when much happens.
                console().out().flush();
                if (console().out().checkError()) {
                    // Nobody reads any more.
                    return ExitCode.DONE;
                }
            }
            if (observation == null && isOfNetwork) {
                running();
            }
        }
    }

    /** What was seen and is not shown yet. */
    static LinkedBlockingQueue<NodeWatch.Observation> observations() {
        return new LinkedBlockingQueue<>(OBSERVATIONS_MAX);
    }

    private void show(NodeWatch.Observation observation, NodeNames names) {
        switch (observation) {
            case NodeWatch.Note(String about, String text) -> {
                console().out().flush();
                console()
                        .err()
                        .println((about.contains(":") ? "" : Contact.isSeed(about) ? "seed " : "node ") + about + ": "
                                + Plain.of(text));
                console().err().flush();
            }
            case NodeWatch.Seen(String trace) -> {
                if (output() == Format.JSONL) {
                    console().out().println(Plain.json(trace));
                } else {
                    console().out().print(readable(trace, names));
                }
            }
        }
    }

    private String readable(String trace, NodeNames names) {
        TraceJson.Line line;
        try {
            line = TraceJson.read(trace);
        } catch (WireException e) {
            return "?  " + Plain.of(trace) + "\n";
        }
        String name = names.of(line.node());
        String words = ADDRESS.matcher(EventWords.of(line.event())).replaceAll(match -> words(match.group(), names));
        if (output() == Format.CSV) {
            return Csv.line(new Row(EventText.time(line.atMicros()), name, TraceJson.name(line.event()), words));
        }
        var at = Instant.EPOCH.plus(line.atMicros(), ChronoUnit.MICROS).atZone(ZoneId.systemDefault());
        return TIME.format(at) + (Contact.isSeed(name) ? "  seed " : "  node ") + name
                + " ".repeat(Math.max(1, 5 - name.length())) + Plain.of(words) + "\n";
    }

    private static String words(String address, NodeNames names) {
        String name = names.of(address);
        return name.contains(":") ? name : (Contact.isSeed(name) ? "seed " : "node ") + name;
    }

    /** Begins to watch. Returns whether it is a network that is watched, rather than some address. */
    private boolean watch(LinkedBlockingQueue<NodeWatch.Observation> observations) {
        if (node instanceof NodeArgument.At(NodeId address)
                && networkOf(address).isEmpty()) {
            Thread.ofVirtual().start(new NodeWatch(Contact.at(address), () -> true, observations));
            return false;
        }
        LiveNetwork network = running();
        List<NetworkFile.Entry> watched =
                node == null ? network.file().present() : List.of(network.node(nameOf(network, node)));
        for (NetworkFile.Entry entry : watched) {
            Thread.ofVirtual()
                    .start(new NodeWatch(
                            Contact.of(entry, true),
                            () -> network.liveHostOf(entry.node()).isPresent(),
                            observations));
        }
        return true;
    }
}
