package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.web.LearnServer;
import dev.hearsay.web.SingleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gossip learn}: the page Learn without a network, served or as one file. */
@Command(
        name = "learn",
        description =
                "Step through a small network in the browser, to see how it works. No network needs to run; it stops with Ctrl-C, or is a file of its own.")
@Manual(
        examples = {
            "gossip learn # on http://127.0.0.1:8080",
            "gossip learn --file lesson.html # one file, to be opened anywhere, offline too",
            "gossip learn --file lesson.html --lesson 'seeds=3&peers=8&random-seed=42&crash=4@8s'"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class LearnCommand extends GossipCommand {

    @Option(
            names = "--lesson",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What it opens with, as a link to the page has it, such as 'seeds=3&peers=8&crash=4@8s'"
                    + " (default: the first story).")
    private String lesson;

    @Option(
            names = {"-o", "--file"},
            paramLabel = "FILE",
            description = "Write the page into FILE instead: about 1 MB of HTML that needs nothing else.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Overwrite FILE.")
    private boolean isForced;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where the page is (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "IP",
            defaultValue = NetworkPlan.HOST,
            description = "Listen there (default: ${DEFAULT-VALUE}); 0.0.0.0 is everywhere, for a class room.")
    private String bind;

    @Spec
    private CommandSpec spec;

    public LearnCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        String page = page();
        if (file == null) {
            if (isForced) {
                throw Failure.usage("--force is for --file.", "Name one: --file lesson.html");
            }
            NodeId listener = PageService.listener(bind, port);
            return PageService.serve(
                    console(),
                    "The page Learn",
                    "Choose another address with --bind IP.",
                    () -> LearnServer.start(listener, lesson));
        }
        demandNoAddress();
        new NewFile(file, "--file").demand(isForced, "lesson.html").write(part -> Files.writeString(part, page));
        console().out().println("Written: " + file + ". Open it in a browser; it needs no network.");
        return ExitCode.DONE;
    }

    private String page() {
        try {
            return SingleFile.of(lesson);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of("--lesson: " + e.getMessage()), "");
        }
    }

    private void demandNoAddress() {
        var given = spec.commandLine().getParseResult();
        if (Stream.of("--port", "--bind").anyMatch(given::hasMatchedOption)) {
            throw Failure.usage("A file is not served, so it has no --port and no --bind.", "Leave out one of them.");
        }
    }
}
