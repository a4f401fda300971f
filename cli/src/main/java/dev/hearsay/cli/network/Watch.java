package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.output.Csv;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.node.SignalText;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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

    /** A signal as a row. */
    record Row(String at, int node, String signal, String text) {}

    @Parameters(
            arity = "0..1",
            paramLabel = "NODE",
            converter = NodeNumber.class,
            description = "Only this node (default: all).")
    private @Nullable Integer node;

    public Watch(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        if (output() == Format.JSON) {
            throw Failure.usage("What happens never ends, so it is no single document.", "Take one for each: -o jsonl");
        }
        LiveNetwork network = running();
        List<NetworkFile.Entry> watched = node == null ? network.file().present() : List.of(network.node(node));
        LinkedBlockingQueue<NodeWatch.Sight> sights = new LinkedBlockingQueue<>();
        for (NetworkFile.Entry entry : watched) {
            Thread.ofVirtual().start(new NodeWatch(network, entry, sights));
        }
        if (output() == Format.CSV) {
            console().out().print(Csv.header(Row.class));
        }
        Map<NodeId, Integer> numbers = network.numbersByAddress();
        while (true) {
            NodeWatch.Sight sight = sights.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (sight != null) {
                show(sight, numbers);
            }
            if (sights.isEmpty()) {
                // Seen at once, though written together when much happens.
                console().out().flush();
                if (console().out().checkError()) {
                    // Nobody reads any more.
                    return ExitCode.DONE;
                }
            }
            if (sight == null) {
                running();
            }
        }
    }

    private void show(NodeWatch.Sight sight, Map<NodeId, Integer> numbers) {
        switch (sight) {
            case NodeWatch.Note(int about, String text) -> {
                console().out().flush();
                console().err().println("node " + about + ": " + text);
                console().err().flush();
            }
            case NodeWatch.Seen(String trace) -> {
                if (output() == Format.JSONL) {
                    console().out().println(trace);
                } else {
                    console().out().print(readable(trace, numbers));
                }
            }
        }
    }

    private String readable(String trace, Map<NodeId, Integer> numbers) {
        TraceJson.Line line;
        try {
            line = TraceJson.read(trace);
        } catch (WireException e) {
            return "?  " + Plain.of(trace) + "\n";
        }
        int number = numbers.getOrDefault(line.node(), 0);
        String words =
                ADDRESS.matcher(SignalText.words(line.signal())).replaceAll(match -> nameOf(match.group(), numbers));
        if (output() == Format.CSV) {
            return Csv.line(new Row(SignalText.time(line.atMicros()), number, TraceJson.name(line.signal()), words));
        }
        var at = Instant.EPOCH.plus(line.atMicros(), ChronoUnit.MICROS).atZone(ZoneId.systemDefault());
        String name = Integer.toString(number);
        return TIME.format(at) + "  node " + name + " ".repeat(Math.max(1, 5 - name.length())) + Plain.of(words) + "\n";
    }

    private static String nameOf(String address, Map<NodeId, Integer> numbers) {
        try {
            Integer number = numbers.get(NodeId.parse(address));
            return number == null ? address : "node " + number;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
