package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.NewFile;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.learn.Story;
import dev.hearsay.web.LearnServer;
import dev.hearsay.web.SingleFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gossip learn}: the page Learn without a network, served or as one file. */
@Command(
        name = "learn",
        description = "Step through a small network in the browser, with none running, or save it as one file.")
@Manual(
        examples = {
            "gossip learn # on http://127.0.0.1:8080",
            "gossip learn --file lesson.html # one file, to be opened anywhere, offline too",
            "gossip learn --story split-brain",
            "gossip learn --file lesson.html --lesson 'seeds=3&peers=8&random-seed=42&crash=4@8s'"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class LearnCommand extends GossipCommand {

    /** What it opens with. */
    static final class Opening {
        @Option(
                names = "--story",
                paramLabel = "NAME",
                completionCandidates = StoryNames.class,
                description = "The story that it opens with: ${COMPLETION-CANDIDATES} (default: the first).")
        private @Nullable String story;

        @Option(
                names = "--lesson",
                paramLabel = "TEXT",
                description =
                        "A lesson of your own instead, as docs/learn.md says, such as 'seeds=3&peers=8&crash=4@8s'.")
        private @Nullable String lesson;

        String text() {
            if (story != null) {
                return text(story);
            }
            return lesson == null ? "" : lesson;
        }

        private static String text(String name) {
            return Story.all().stream()
                    .filter(story -> story.name().equals(name))
                    .map(Story::text)
                    .findFirst()
                    .orElseThrow(() -> Failure.usage(
                            "There is no story '" + name + "'.", "There are: " + String.join(", ", new StoryNames())));
        }
    }

    /** The names of all stories. */
    static final class StoryNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Story.all().stream().map(Story::name).iterator();
        }
    }

    @ArgGroup
    private Opening opening = new Opening();

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
            description = "Listen there (default: ${DEFAULT-VALUE}); 0.0.0.0 is everywhere, for a classroom.")
    private String bind;

    @Spec
    private CommandSpec spec;

    public LearnCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        String lesson = opening.text();
        String page = page(lesson);
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
        new NewFile(file, "--file", isForced).demand("lesson.html").write(part -> Files.writeString(part, page));
        console().out().println("Written: " + file + ". Open it in a browser; it needs no network.");
        return ExitCode.DONE;
    }

    private static String page(String lesson) {
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
