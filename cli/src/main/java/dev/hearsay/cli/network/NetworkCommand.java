package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.FormatConverter;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import dev.hearsay.live.network.NetworkDirectory;
import picocli.CommandLine.Option;

/** A command about one network. */
abstract class NetworkCommand extends GossipCommand {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = NetworkDirectory.DEFAULT_NAME,
            description = "Which network, if there are several (default: ${DEFAULT-VALUE}).")
    private String network;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            defaultValue = "table",
            description = "table (default), json, jsonl or csv.")
    private Format output;

    NetworkCommand(Console console) {
        super(console);
    }

    final String networkName() {
        return network;
    }

    final Format output() {
        return output;
    }

    final LiveNetwork running() {
        return LiveNetwork.running(console(), network);
    }

    final void print(Report<?> report) {
        report.print(output, console().out());
    }

    final Progress progress() {
        return new Progress(console().err(), console().isAnimated());
    }
}
