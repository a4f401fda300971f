package dev.hearsay.cli.base;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that the command line leaves out: first from the environment ({@code GOSSIP_BASE_PORT} for
 * {@code --base-port}), then from the file {@code config.properties} ({@code base-port = 7000}) under
 * {@code $XDG_CONFIG_HOME/hearsay/}. Flags win over both, both win over built-in defaults.
 */
public final class Settings implements IDefaultValueProvider {

    private final Console console;
    private @Nullable Properties file;

    public Settings(Console console) {
        this.console = console;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = nameOf(option);
        String value = console.variable(variableOf(name));
        if (value.isEmpty()) {
            value = file().getProperty(name, "").strip();
        }
        if (value.isEmpty()) {
            return null;
        }
        return argument.arity().max() == 0 ? truth(value) : value;
    }

    /** Where the value of an option came from, if not from the command line; empty if it has none from elsewhere. */
    public String sourceOf(OptionSpec option) {
        String name = nameOf(option);
        if (!console.variable(variableOf(name)).isEmpty()) {
            return "the variable " + variableOf(name);
        }
        return file().getProperty(name, "").isBlank() ? "" : path().toString();
    }

    private static String nameOf(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static String variableOf(String name) {
        return "GOSSIP_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
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
            try (Reader reader = Files.newBufferedReader(path())) {
                file.load(reader);
            } catch (NoSuchFileException e) {
                // Most people have none.
            } catch (IOException | IllegalArgumentException e) {
                throw Failure.usage(
                        "The settings in " + path() + " cannot be read: " + e.getMessage() + ".",
                        "Each line is NAME = VALUE, with the long name of an option, for example: base-port = 7000");
            }
        }
        return file;
    }
}
