package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.Progress;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.recording.RecordingException;
import dev.hearsay.web.Dashboard;
import dev.hearsay.web.DashboardOptions;
import dev.hearsay.web.Recording;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip replay}: a recording in the dashboard, with no network running. */
@Command(
        name = "replay",
        description = "Show a recording in the browser, until Ctrl-C; no network needs to be running.")
@Manual(
        examples = {
            "gossip replay run.jsonl.gz # on http://127.0.0.1:8080",
            "gossip replay default.trace.jsonl --port 9000 # a trace, as the dashboard exports it"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class ReplayCommand extends GossipCommand {

    @Parameters(paramLabel = "FILE", description = "A recording, or a trace.")
    private Path file;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the page is (default: ${DEFAULT-VALUE}).")
    private int port;

    public ReplayCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        NodeId listener = PageService.listener(NetworkPlan.HOST, port);
        Recording recording;
        try (Progress progress = new Progress(console().err(), console().isAnimated())) {
            recording = Recording.read(file, lines -> progress.animate("Reading … " + lines + " lines"));
        } catch (RecordingException e) {
            throw Failure.failed(Sentences.of(e), "", e);
        }
        for (String note : recording.notes()) {
            console().err().println("Note: " + Plain.of(note));
        }
        var options = new DashboardOptions(recording.network(), List.of(), listener, true, null);
        return PageService.serve(console(), "The recording", "", () -> Dashboard.replay(options, recording));
    }
}
