package dev.hearsay.cli.base;

import dev.hearsay.live.files.TextFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Values of options that the command line leaves out: first from the environment ({@code GOSSIP_BASE_PORT} for
 * {@code --base-port}, or for one command alone {@code GOSSIP_START_NETWORK__BASE_PORT}), then from the file {@code config.properties}
 * ({@code base-port = 7000}, {@code start-network.base-port = 7000}) under {@code $XDG_CONFIG_HOME/hearsay/}. Flags win over both, both
 * win over built-in defaults.
 */
public final class Settings implements IDefaultValueProvider {

    /**
     * Options that mean one thing for one command and another for the next, each with a command that has it: these are set for one command
     * only.
     */
    private static final Map<String, String> SEVERAL_MEANINGS =
            Map.of("nodes", "simulate", "port", "peer", "paths", "get-messages", "within", "check-network");

    /** Options of one command that mean something else for all the others: what is set for all is not meant for these. */
    private static final Set<String> APART = Set.of("record.output");

    private final Console console;
    private final BiPredicate<String, String> options;
    private @Nullable Properties file;
    private final Map<String, Failure> refused = new LinkedHashMap<>();

    /**
     * The settings of a user.
     *
     * @param options whether the command named first, or any if that is empty, has the option named second
     */
    public Settings(Console console, BiPredicate<String, String> options) {
        this.console = console;
        this.options = options;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        try {
            Source source = find(option);
            return source == null ? null : argument.arity().max() == 0 ? truth(source.value()) : source.value();
        } catch (Failure e) {
            // The parser would wrap it, of options in a group beyond recognition.
            refused.putIfAbsent(option.longestName(), e);
            return null;
        }
    }

    /**
     * Demands that no value was refused of an option that the command line leaves out.
     *
     * @throws Failure if one was
     */
    public void demandAccepted(ParseResult command) {
        refused.forEach((option, failure) -> {
            if (!command.hasMatchedOption(option)) {
                throw failure;
            }
        });
    }

    /** Whether an option of a command, of this long name, has the value that is set for all commands. */
    public static boolean isShared(String command, String option) {
        return !SEVERAL_MEANINGS.containsKey(option) && !APART.contains(command + "." + option);
    }

    /** Where the value of an option came from, if not from the command line; empty if it has none from elsewhere. */
    public String sourceOf(OptionSpec option) {
        Source source = find(option);
        return source == null ? "" : source.name();
    }

    private record Source(String name, String value) {}

    private @Nullable Source find(OptionSpec option) {
        String name = option.longestName().replaceFirst("^-+", "");
        String command = option.command() == null ? "" : option.command().name();
        String all = "GOSSIP_" + upper(name);
        String one = "GOSSIP_" + upper(command) + "__" + upper(name);
        boolean isApart = APART.contains(command + "." + name);
        for (String variable : isApart ? List.of(one) : List.of(one, all)) {
            String value = console.variable(variable);
            if (!value.isEmpty()) {
                if (variable.equals(all) && SEVERAL_MEANINGS.containsKey(name)) {
                    throw ambiguous("The variable " + all, name, one + "=" + value);
                }
                return new Source("the variable " + variable, value);
            }
        }
        for (String key : isApart ? List.of(command + "." + name) : List.of(command + "." + name, name)) {
            String value = file().getProperty(key, "").strip();
            if (!value.isEmpty()) {
                return new Source(path().toString(), value);
            }
        }
        return null;
    }

    private static Failure ambiguous(String what, String option, String better) {
        return Failure.usage(
                what + " is no setting, as --" + option + " means something else for each command.",
                "Set it for one command: " + better);
    }

    private static String upper(String name) {
        return name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String truth(String value) {
        return switch (value) {
            case "1", "yes", "on" -> "true";
            case "0", "no", "off" -> "false";
            default -> value;
        };
    }

    private Path path() {
        String base = console.variable("XDG_CONFIG_HOME");
        // The specification of these folders says that a relative path is to be ignored.
        Path folder = base.startsWith("/") ? Path.of(base) : Path.of(System.getProperty("user.home"), ".config");
        return folder.resolve("hearsay").resolve("config.properties");
    }

    private Properties file() {
        if (file == null) {
            file = new Properties();
            try {
                file.load(new StringReader(TextFile.read(path())));
            } catch (NoSuchFileException e) {
                // Most people have none.
            } catch (IOException | IllegalArgumentException e) {
                throw Failure.usage(
                        "The settings in " + path() + " cannot be read: " + e.getMessage() + ".",
                        "Each line is NAME = VALUE, with the long name of an option, for example: base-port = 7000");
            }
            file.stringPropertyNames().stream().sorted().forEach(this::demandKnown);
        }
        return file;
    }

    private void demandKnown(String key) {
        int dot = key.indexOf('.');
        String option = key.substring(dot + 1);
        if (!options.test(dot < 0 ? "" : key.substring(0, dot), option)) {
            throw Failure.usage(
                    "'" + key + "' in " + path() + " is the name of no option.",
                    "Each line is NAME = VALUE, with the long name of an option, for example: base-port = 7000");
        }
        if (dot < 0 && SEVERAL_MEANINGS.containsKey(option)) {
            throw ambiguous("'" + key + "' in " + path(), option, SEVERAL_MEANINGS.get(option) + "." + key + " = …");
        }
    }
}
