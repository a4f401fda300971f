package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where one peer or seed listens and which seeds there are: as options, or as bare words. */
final class NodeOptions {

    private static final String LOOPBACK = "127.0.0.1";

    @Parameters(index = "0", arity = "0..1", paramLabel = "IP", description = "As --host.")
    private @Nullable String hostWord;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PORT", description = "As --port.")
    private @Nullable Integer portWord;

    @Parameters(index = "2", arity = "0..1", paramLabel = "CONFIG", description = "As --config.")
    private @Nullable Path configWord;

    @Option(names = "--host", paramLabel = "IP", description = "Where it listens (default: " + LOOPBACK + ").")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Where it listens.")
    private @Nullable Integer port;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The seeds, one per line (default: config.txt in --dir).")
    private @Nullable Path config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Where it listens.
     *
     * @throws Failure if that is missing, given twice, or nonsense
     */
    NodeId address() {
        String chosenHost = one("--host", host, hostWord);
        Integer chosenPort = one("--port", port, portWord);
        if (chosenPort == null) {
            throw Failure.usage("It is not said on which port to listen.", "For example: --host 127.0.0.1 --port 7000");
        }
        String name = chosenHost == null ? LOOPBACK : chosenHost;
        try {
            return NodeId.parse((name.contains(":") ? "[" + name + "]" : name) + ":" + chosenPort);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(Sentences.of(e), "");
        }
    }

    /** The file that was named, if one was. */
    Optional<Path> config() {
        return Optional.ofNullable(one("--config", config, configWord));
    }

    /** A word wins over what the environment or a file says of the option, but not over the option itself. */
    private <T> @Nullable T one(String option, @Nullable T byOption, @Nullable T byWord) {
        if (byWord == null || byOption == null) {
            return byOption == null ? byWord : byOption;
        }
        boolean isGiven = spec.commandLine().getParseResult().hasMatchedOption(option);
        if (isGiven && !byOption.equals(byWord)) {
            throw Failure.usage(option + " is given twice, as " + byOption + " and as " + byWord + ".", "");
        }
        return byWord;
    }
}
