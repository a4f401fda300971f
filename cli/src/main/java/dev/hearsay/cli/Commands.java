package dev.hearsay.cli;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.check.CheckNetwork;
import dev.hearsay.cli.network.AddNode;
import dev.hearsay.cli.network.DashboardCommand;
import dev.hearsay.cli.network.DeleteKey;
import dev.hearsay.cli.network.ExplainRemoval;
import dev.hearsay.cli.network.FaultCommand;
import dev.hearsay.cli.network.GetKey;
import dev.hearsay.cli.network.GetMessages;
import dev.hearsay.cli.network.HostCommand;
import dev.hearsay.cli.network.LearnCommand;
import dev.hearsay.cli.network.ListKeys;
import dev.hearsay.cli.network.ListPeers;
import dev.hearsay.cli.network.Members;
import dev.hearsay.cli.network.Networks;
import dev.hearsay.cli.network.NodeCommand;
import dev.hearsay.cli.network.PutKey;
import dev.hearsay.cli.network.RecordCommand;
import dev.hearsay.cli.network.RemoveNode;
import dev.hearsay.cli.network.ReplayCommand;
import dev.hearsay.cli.network.RestartNode;
import dev.hearsay.cli.network.ResumeNetwork;
import dev.hearsay.cli.network.SendMessage;
import dev.hearsay.cli.network.StartNetwork;
import dev.hearsay.cli.network.StartPeers;
import dev.hearsay.cli.network.StartSeeds;
import dev.hearsay.cli.network.Status;
import dev.hearsay.cli.network.StopNetwork;
import dev.hearsay.cli.network.VerifyReplay;
import dev.hearsay.cli.network.Versions;
import dev.hearsay.cli.network.Watch;
import dev.hearsay.cli.seeded.Keygen;
import dev.hearsay.cli.seeded.PeerCommand;
import dev.hearsay.cli.seeded.SeedCommand;
import dev.hearsay.cli.simulate.Simulate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** All subcommands, in the order and the groups in which the help lists them. */
final class Commands {

    /** Commands that belong together. */
    record Group(String title, List<String> names) {}

    static final List<Group> GROUPS = List.of(
            new Group(
                    "Run a network",
                    List.of(
                            "start-network",
                            "start-seeds",
                            "start-peers",
                            "versions",
                            "stop-network",
                            "resume-network",
                            "status",
                            "networks")),
            new Group("Talk to it", List.of("send-message", "get-messages", "watch", "dashboard")),
            new Group("Share state", List.of("put", "get", "delete", "keys")),
            new Group(
                    "Look at its nodes and change them",
                    List.of("list-peers", "add-node", "remove-node", "restart-node")),
            new Group("Let it go wrong", List.of("fault")),
            new Group("Record it, and watch it again", List.of("record", "replay", "verify-replay")),
            new Group("Ask its seeds", List.of("members", "explain-removal")),
            new Group("Run one node, peer or seed", List.of("node", "seed", "peer", "keygen")),
            new Group("Check and study it", List.of("check-network", "simulate", "learn")),
            new Group("This program", List.of("completion", "version")));

    /** Commands that are for the program itself. */
    static final List<String> HIDDEN = List.of("host", "train");

    private Commands() {}

    static boolean exists(String name) {
        return HIDDEN.contains(name) || GROUPS.stream().anyMatch(group -> group.names.contains(name));
    }

    /**
     * Whether a command has an option of this long name, dashes aside. Builds commands, which takes a moment.
     *
     * @param command its name; empty for any
     */
    static boolean hasOption(Console console, String command, String option) {
        return GROUPS.stream()
                .flatMap(group -> group.names.stream())
                .filter(name -> command.isEmpty() || command.equals(name))
                .anyMatch(name -> CommandSpec.forAnnotatedObject(create(name, console))
                        .optionsMap()
                        .containsKey("--" + option));
    }

    /** Makes a command. A switch, not a table of constructors: only the class that is needed is loaded. */
    static GossipCommand create(String name, Console console) {
        return switch (name) {
            case "start-network" -> new StartNetwork(console);
            case "start-seeds" -> new StartSeeds(console);
            case "start-peers" -> new StartPeers(console);
            case "versions" -> new Versions(console);
            case "node" -> new NodeCommand(console);
            case "seed" -> new SeedCommand(console);
            case "peer" -> new PeerCommand(console);
            case "keygen" -> new Keygen(console);
            case "members" -> new Members(console);
            case "explain-removal" -> new ExplainRemoval(console);
            case "stop-network" -> new StopNetwork(console);
            case "resume-network" -> new ResumeNetwork(console);
            case "status" -> new Status(console);
            case "networks" -> new Networks(console);
            case "send-message" -> new SendMessage(console);
            case "get-messages" -> new GetMessages(console);
            case "dashboard" -> new DashboardCommand(console);
            case "watch" -> new Watch(console);
            case "put" -> new PutKey(console);
            case "get" -> new GetKey(console);
            case "delete" -> new DeleteKey(console);
            case "keys" -> new ListKeys(console);
            case "list-peers" -> new ListPeers(console);
            case "add-node" -> new AddNode(console);
            case "remove-node" -> new RemoveNode(console);
            case "restart-node" -> new RestartNode(console);
            case "fault" -> new FaultCommand(console);
            case "record" -> new RecordCommand(console);
            case "replay" -> new ReplayCommand(console);
            case "verify-replay" -> new VerifyReplay(console);
            case "check-network" -> new CheckNetwork(console);
            case "simulate" -> new Simulate(console);
            case "learn" -> new LearnCommand(console);
            case "host" -> new HostCommand(console);
            case "train" -> new Train(console);
            case "version" -> new Version(console);
            case "completion" -> new Completion(console);
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
