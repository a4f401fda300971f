package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import picocli.CommandLine.Parameters;

/** A command about one key of the shared state, as one node knows it. */
abstract class KeyCommand extends NetworkCommand {

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            converter = NodeArgument.Converter.class,
            description = NodeArgument.HELP)
    private NodeArgument node;

    @Parameters(index = "1", paramLabel = "KEY", description = Key.HELP)
    private String key;

    KeyCommand(Console console) {
        super(console);
    }

    /** Where nodes show the key; see {@link Key#path}. */
    final String path(int valueBytes) {
        return Key.path(key, valueBytes);
    }

    /** Whom to ask. */
    final Contact contact() {
        return contact(node);
    }
}
