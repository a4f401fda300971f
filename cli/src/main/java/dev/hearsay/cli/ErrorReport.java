package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Settings;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.cli.output.RecordJson;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong: a sentence and a hint for people, JSON for programs that asked for JSON; never a stack trace. */
final class ErrorReport {

    /** What {@code -o json} turns an error into. */
    record Document(Problem error) {
        record Problem(String code, String message, String hint) {}
    }

    private final Console console;
    private final String[] args;

    ErrorReport(Console console, String[] args) {
        this.console = console;
        this.args = args;
    }

    /** A command line that could not be understood. Returns the exit code. */
    int report(ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String hint = exception.getCause() instanceof Failure failure ? failure.hint() : "";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                hint = "Did you mean "
                        + String.join(" or ", suggestions.stream().limit(3).toList()) + "?";
            }
        }
        if (exception.getArgSpec() instanceof OptionSpec option) {
            String source = new Settings(console).sourceOf(option);
            if (!source.isEmpty() && !isOnCommandLine(option)) {
                hint = "The value comes from " + source + ".";
            }
        }
        if (hint.isEmpty()) {
            hint = "See: " + command + " --help";
        }
        return report(Failure.usage(sentence(String.valueOf(exception.getMessage())), hint), console.isDebugging());
    }

    private boolean isOnCommandLine(OptionSpec option) {
        return List.of(args).stream()
                .anyMatch(arg -> List.of(option.names()).stream().anyMatch(arg::startsWith));
    }

    /** Anything that ended a command. Returns the exit code. */
    int report(Throwable exception, boolean isDebugging) {
        Failure failure = exception instanceof Failure known ? known : unexpected(exception);
        console.out().flush();
        if (isJsonWanted()) {
            var error = new Document.Problem(failure.code(), failure.sentence(), failure.hint());
            console.err().println(RecordJson.of(new Document(error)));
        } else {
            console.err().println("gossip: " + Plain.lines(failure.sentence()));
            if (!failure.hint().isEmpty()) {
                console.err().println(Plain.lines(failure.hint()));
            }
        }
        if (isDebugging) {
            exception.printStackTrace(console.err());
        }
        console.err().flush();
        return failure.exitCode();
    }

    private static Failure unexpected(Throwable exception) {
        return switch (exception) {
            case OutOfMemoryError e ->
                Failure.failed(
                        "There was not enough memory for this.",
                        "Ask for less, or allow more: GOSSIP_JAVA_OPTS=-Xmx4g",
                        e);
            default ->
                Failure.failed(
                        "Something unexpected happened: "
                                + exception.getClass().getSimpleName()
                                + (exception.getMessage() == null ? "" : ": " + exception.getMessage()) + ".",
                        "With GOSSIP_DEBUG=1 it says where.",
                        exception);
        };
    }

    private static String sentence(String message) {
        String text = message.strip();
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    /** Asked of the words themselves, as the command line may be one that cannot be parsed. */
    private boolean isJsonWanted() {
        String format = "";
        for (int i = 0; i < args.length; i++) {
            if ((args[i].equals("-o") || args[i].equals("--output")) && i + 1 < args.length) {
                format = args[i + 1];
            } else if (args[i].startsWith("--output=")) {
                format = args[i].substring("--output=".length());
            } else if (args[i].startsWith("-o") && !args[i].startsWith("--")) {
                format = args[i].substring(2).replaceFirst("^=", "");
            }
        }
        if (format.isEmpty()) {
            format = console.variable("GOSSIP_OUTPUT");
        }
        return format.toLowerCase(Locale.ROOT).startsWith("json");
    }
}
