package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.GossipCommand;
import java.util.List;

/** All subcommands, in the order and the groups in which the help lists them. */
final class Commands {

    /** Commands that belong together. */
    record Group(String title, List<String> names) {}

    static final List<Group> GROUPS = List.of(
            new Group(
                    "Run a network", List.of("start-network", "stop-network", "resume-network", "status", "networks")),
            new Group("Talk to it", List.of("send-message", "get-messages", "watch")),
            new Group(
                    "Look at its nodes and change them",
                    List.of("list-peers", "add-node", "remove-node", "restart-node")),
            new Group("Study gossip without one", List.of("simulate")),
            new Group("This program", List.of("completion", "version")));

    /** Commands that are for the program itself. */
    static final List<String> HIDDEN = List.of("host", "train");

    private Commands() {}

    static boolean exists(String name) {
        return HIDDEN.contains(name) || GROUPS.stream().anyMatch(group -> group.names.contains(name));
    }

    /** Makes a command. A switch, not a table of constructors: only the class that is needed is loaded. */
    static GossipCommand create(String name, Console console) {
        return switch (name) {
            case "version" -> new Version(console);
            case "completion" -> new Completion(console);
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
