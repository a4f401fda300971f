package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Settings;
import dev.hearsay.cli.base.Words;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code gossip}: parses the command line and runs the subcommand it names. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int exitCode = runProcess(console, args);
        console.out().flush();
        console.err().flush();
        System.exit(exitCode);
    }

    private static int runProcess(Console console, String... args) {
        try {
            return run(console, Words.ofProcess(args));
        } catch (Failure e) {
            return new ErrorReport(console, args).report(e, console.isDebugging());
        }
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    static int run(Console console, String... args) {
        ErrorReport errors = new ErrorReport(console, args);
        try {
            CommandLine line = commandLine(console, args.length == 0 ? "" : args[0]);
            line.setParameterExceptionHandler((exception, arguments) -> errors.report(exception));
            line.setExecutionExceptionHandler((exception, command, parsed) -> errors.report(
                    exception, command.getCommandSpec().userObject() instanceof GossipCommand c && c.isDebugging()));
            return line.execute(args);
        } catch (Throwable e) {
            // The last resort: whatever it is, a person gets a sentence.
            return errors.report(e, console.isDebugging());
        }
    }

    /**
     * The parser.
     *
     * @param first the first word of the command line: only the subcommand it names is built, as building all takes longer
     *     than running most
     */
    static CommandLine commandLine(Console console, String first) {
        CommandLine root = new CommandLine(new Root(console));
        if (Commands.exists(first)) {
            root.addSubcommand(first, Commands.create(first, console));
        } else {
            Commands.GROUPS.stream()
                    .flatMap(group -> group.names().stream())
                    .forEach(name -> root.addSubcommand(name, Commands.create(name, console)));
            root.addSubcommand("help", new CommandLine.HelpCommand());
        }
        Ansi colours = console.isColoured() ? Ansi.ON : Ansi.OFF;
        root.setColorScheme(CommandLine.Help.defaultColorScheme(colours));
        root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        root.setUsageHelpWidth(Math.max(60, Math.min(console.columns(), 110)));
        root.setUsageHelpAutoWidth(false);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setAbbreviatedOptionsAllowed(false);
        // A text that begins with @ is a text, and no file to read words from.
        root.setExpandAtFiles(false);
        if (!Commands.HIDDEN.contains(first)) {
            // What one part of the program tells another is not to be overruled by anybody's settings.
            Settings settings = settings(console);
            root.setDefaultValueProvider(settings);
            root.setExecutionStrategy(parsed -> execute(parsed, settings));
        }
        HelpPage.install(root);
        return root;
    }

    private static int execute(CommandLine.ParseResult parsed, Settings settings) {
        CommandLine.ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        // Where help is asked for, the parser lets everything else pass.
        for (CommandLine line : parsed.asCommandLineList()) {
            List<String> unknown = line.getParseResult().unmatched();
            if (!unknown.isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(line, unknown);
            }
        }
        try {
            if (!command.isUsageHelpRequested() && !parsed.isUsageHelpRequested()) {
                settings.demandAccepted(command);
            } else if (command.commandSpec().userObject() instanceof GossipCommand asked) {
                asked.demandKnownWords();
            }
        } catch (Failure e) {
            throw new CommandLine.ExecutionException(command.commandSpec().commandLine(), e.sentence(), e);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    static Settings settings(Console console) {
        return new Settings(console, (command, option) -> Commands.hasOption(console, command, option));
    }

    /** What stands before the subcommand. */
    @CommandLine.Command(
            name = "gossip",
            description = "A gossip network: run it, watch it, simulate it.",
            versionProvider = Version.Text.class)
    static final class Root implements Runnable {

        private final Console console;

        @CommandLine.Spec
        private CommandSpec spec;

        @CommandLine.Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        @SuppressWarnings("unused") // picocli acts on it
        private boolean isHelpWanted;

        @CommandLine.Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version.")
        @SuppressWarnings("unused") // picocli acts on it
        private boolean isVersionWanted;

        Root(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
            console.out().flush();
        }
    }
}
