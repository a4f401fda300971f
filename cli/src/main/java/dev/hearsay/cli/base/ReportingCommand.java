package dev.hearsay.cli.base;

import dev.hearsay.cli.output.Format;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.cli.output.Report;
import picocli.CommandLine.Option;

/** A command that prints data, in the form that people or programs ask for. */
public abstract class ReportingCommand extends GossipCommand {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            defaultValue = "table",
            description = "table (default), json, jsonl or csv.")
    private Format output;

    protected ReportingCommand(Console console) {
        super(console);
    }

    protected final Format output() {
        return output;
    }

    protected final void print(Report<?> report) {
        report.print(output, console().out());
    }

    protected final Progress progress() {
        return new Progress(console().err(), console().isAnimated());
    }
}
