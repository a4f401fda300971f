package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.output.Plain;
import dev.hearsay.wire.RecordJson;
import java.io.PrintWriter;
import java.io.StringWriter;
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
        if (exception.getCause() instanceof Failure failure) {
            return report(failure, console.isDebugging());
        }
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(exception.getMessage());
        String hint = "";
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            boolean isOption = unmatched.isUnknownOption();
            boolean isCommand = exception.getCommandLine().getParent() == null && !isOption;
            if (isCommand ? Commands.exists(word) : unmatched.getSuggestions().contains(word)) {
                // Known by its name, and yet not found: it was not looked for.
                return report(
                        Failure.usage(
                                "After '--', '" + word + "' is a plain word, not "
                                        + (isCommand ? "a command." : "an option."),
                                "Leave the -- out."),
                        console.isDebugging());
            }
            if (word.matches("-\\d.*")) {
                message = "'" + word + "' is negative, which makes no sense here";
            } else if (!isOption) {
                message = isCommand ? "There is no command '" + word + "'" : "The word '" + word + "' is one too many";
            }
            hint = unmatched.getSuggestions().stream()
                    .filter(suggestion -> isNear(word, suggestion))
                    .findFirst()
                    .map(suggestion -> "Did you mean " + suggestion + "?")
                    .orElse(isCommand || isOption ? "" : "Put quotes around a text of several words.");
        }
        if (exception.getArgSpec() instanceof OptionSpec option) {
            String source = Main.settings(console).sourceOf(option);
            if (!source.isEmpty() && !isOnCommandLine(option)) {
                hint = "The value comes from " + source + ".";
            }
        }
        if (hint.isEmpty()) {
            hint = "See: " + command + " --help";
        }
        return report(
                Failure.usage(
                        sentence(message.replace("is not an int", "is not a whole number")
                                .replace("is not a double", "is not a number")),
                        hint),
                console.isDebugging());
    }

    /** Whether one word is the other with a slip or two: the edit distance of Levenshtein (1966), dashes aside. */
    static boolean isNear(String word, String suggestion) {
        String a = word.replaceFirst("^-+", "").replaceFirst("=.*", "");
        String b = suggestion.replaceFirst("^-+", "");
        int[] distances = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            distances[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.min(change, 1 + Math.min(distances[j], distances[j - 1]));
            }
        }
        return distances[b.length()] <= Math.max(2, b.length() / 3) || (a.length() > 2 && b.startsWith(a));
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
            console.err().println(RecordJson.PLAIN.line(new Document(error)));
        } else {
            console.err().println("gossip: " + Plain.lines(failure.sentence()));
            if (!failure.hint().isEmpty()) {
                console.err().println(Plain.lines(failure.hint()));
            }
        }
        if (isDebugging) {
            StringWriter trace = new StringWriter();
            exception.printStackTrace(new PrintWriter(trace, true));
            trace.toString().lines().forEach(line -> {
                String indent = line.startsWith("\t") ? "\t" : "";
                console.err().println(indent + Plain.of(line.substring(indent.length())));
            });
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
