package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.base.Tokens;
import dev.hearsay.cli.launch.NetworkLock;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.fault.FaultDesk;
import dev.hearsay.live.fault.FaultOrder;
import dev.hearsay.live.fault.LiveFault;
import dev.hearsay.live.fault.TrafficSelector;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fault",
        description = "Make something go wrong on a running network, for a time; list and heal faults.")
@Manual(
        examples = {
            "gossip fault loss 10% --for 30s # of all messages between nodes",
            "gossip fault loss 50% --from 3 --to 5 --for 30s",
            "gossip fault delay uniform:50ms-200ms --node 3 --for 1m # to and from node 3",
            "gossip fault duplicate 5% --between 1,2/3 --for 30s",
            "gossip fault cut 3 5 --for 30s # nothing passes from 3 to 5; without 5, from 3 to anybody",
            "gossip fault partition 1,2,3 --for 30s # against the rest",
            "gossip fault partition 1,2,3 / 4,5,s1 --for 30s",
            "gossip fault pause 3 --for 10s # stands still, as after kill -STOP",
            "gossip fault kill 3 --for 20s # dies without a word, and comes back",
            "gossip fault list",
            "gossip fault heal f1 # or all"
        },
        exitCodes = {
            ExitCode.DONE,
            ExitCode.FAILED,
            ExitCode.USAGE,
            ExitCode.NOT_RUNNING,
            ExitCode.NO_SUCH_NODE,
            ExitCode.TAKEN
        })
public final class FaultCommand extends NetworkCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "WHAT",
            description = "loss SHARE, duplicate SHARE, delay TIME, cut FROM [TO], partition NODES [/ NODES...],"
                    + " pause NODES, kill NODES; or list; or heal ID, heal all. NODES are numbers such as 1,2,s1, or"
                    + " host:port.")
    private List<String> words = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Spans.class,
            description = "How long it lasts, up to 24h. A kill without it lasts until it is healed.")
    private @Nullable Long forNanos;

    @Option(names = "--node", paramLabel = "NODES", description = "Only messages from and to these nodes.")
    private @Nullable String node;

    @Option(names = "--from", paramLabel = "NODES", description = "Only messages from these nodes.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "NODES", description = "Only messages to these nodes.")
    private @Nullable String to;

    @Option(
            names = "--between",
            paramLabel = "NODES/NODES",
            description = "Only what nodes of one side send to those of the other.")
    private @Nullable String between;

    @Option(
            names = "--random-seed",
            paramLabel = "SEED",
            description = "Decides which messages are hit (default: a random one).")
    private @Nullable Long randomSeed;

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            split = ",",
            description = "Send the order to nodes that were started by gossip seed or gossip peer with a token.")
    private List<String> at = List.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "For --at: the token is its first line (default: in GOSSIP_TOKEN).")
    private @Nullable Path tokenFile;

    public FaultCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() {
        String kind = words.getFirst();
        List<String> details = words.subList(1, words.size());
        try {
            demandKnown(kind, details);
            switch (kind) {
                case "list" -> print(FaultReports.list(hosts().inForce(), called()));
                case "heal" -> heal(details.getFirst());
                default -> begin(kind, details);
            }
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        return ExitCode.DONE;
    }

    @Override
    public void demandKnownWords() {
        if (words.size() < 2) {
            words.forEach(FaultWords::demandKnown);
            return;
        }
        try {
            demandKnown(words.getFirst(), words.subList(1, words.size()));
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static Failure refused(IllegalArgumentException e) {
        return Failure.usage(Sentences.of(e), "See: gossip fault --help");
    }

    /** What is wrong with the words is wrong whether a network is running or not. */
    private static void demandKnown(String kind, List<String> details) {
        FaultWords.demandKnown(kind);
        switch (kind) {
            case "list" -> {
                if (!details.isEmpty()) {
                    throw Failure.usage("After 'list' comes nothing, not '" + details.getFirst() + "'.", "");
                }
            }
            case "heal" -> {
                if (details.size() != 1) {
                    throw Failure.usage("After 'heal' comes the id of a fault, or all.", "See: gossip fault list");
                }
                if (!details.getFirst().equals("all")) {
                    FaultOrder.demandId(details.getFirst());
                }
            }
            default -> new FaultWords(FaultWords::anywhere).fault(kind, details, TrafficSelector.ALL);
        }
    }

    // --- Where -------------------------------------------------------------------------------------------------------

    private FaultHosts hosts() {
        return at.isEmpty()
                ? FaultHosts.of(running())
                : FaultHosts.at(at.stream().map(NodeId::parse).toList(), token());
    }

    private String token() {
        return Tokens.find(console(), tokenFile)
                .orElseThrow(() -> Failure.usage(
                        "For --at a token is needed: the one that the node was started with.",
                        "Put it into a file for --token-file, or into " + Tokens.VARIABLE + "."));
    }

    private NodeId address(NodeArgument argument) {
        if (!at.isEmpty()) {
            if (argument instanceof NodeArgument.At(NodeId address)) {
                return address;
            }
            throw Failure.usage("With --at nodes are named by host:port, not '" + argument + "'.", "");
        }
        LiveNetwork network = running();
        return network.node(nameOf(network, argument)).address();
    }

    private Function<NodeId, String> called() {
        return at.isEmpty() ? names()::of : NodeId::toString;
    }

    // --- Begin -------------------------------------------------------------------------------------------------------

    private void begin(String kind, List<String> details) {
        long seed = randomSeed == null ? ThreadLocalRandom.current().nextLong(1L << 53) : randomSeed;
        // First without the network: what is wrong with the words is wrong wherever it is not running, too.
        order(FaultOrder.id(1), kind, details, new FaultWords(FaultWords::anywhere), seed);
        if (at.isEmpty()) {
            try (NetworkLock _ = NetworkLock.take(running().directory())) {
                beginNow(kind, details, seed);
            }
        } else {
            beginNow(kind, details, seed);
        }
    }

    private void beginNow(String kind, List<String> details, long seed) {
        FaultHosts hosts = hosts();
        String id = FaultOrder.id(hosts.last() + 1);
        FaultOrder order = order(id, kind, details, new FaultWords(this::address), seed);
        hosts.demandPossible(order.fault());
        hosts.begin(order);
        print(FaultReports.begun(order, called(), LiveNetwork.option(networkName())));
    }

    private FaultOrder order(String id, String kind, List<String> details, FaultWords reader, long seed) {
        LiveFault fault = reader.fault(kind, details, traffic(reader));
        demandFitting(kind);
        return new FaultOrder(id, fault, forNanos == null ? 0 : forNanos, seed);
    }

    /** What options there are must be meant for this kind. */
    private void demandFitting(String kind) {
        if (forNanos == null && !kind.equals("kill")) {
            throw Failure.usage("It is not said for how long.", "For example: --for 30s");
        }
        if (forNanos != null && forNanos == 0) {
            throw Failure.usage("A fault must last for more than 0 s.", "For example: --for 30s");
        }
        boolean hasTraffic = node != null || from != null || to != null || between != null;
        if (hasTraffic && !FaultWords.isOfTraffic(kind)) {
            throw Failure.usage(
                    "--node, --from, --to and --between go with loss, duplicate and delay, not with '" + kind + "'.",
                    "See: gossip fault --help");
        }
        if ((node != null && (from != null || to != null || between != null))
                || (between != null && (from != null || to != null))) {
            throw Failure.usage("Of --node, --between, and --from with --to, one at most can be given.", "");
        }
    }

    private TrafficSelector traffic(FaultWords reader) {
        if (node != null) {
            return new TrafficSelector(reader.nodes(node), Set.of(), true);
        }
        if (between != null) {
            return reader.between(between);
        }
        return new TrafficSelector(
                from == null ? Set.of() : reader.nodes(from), to == null ? Set.of() : reader.nodes(to), false);
    }

    // --- List and heal -----------------------------------------------------------------------------------------------

    private void heal(String id) {
        FaultHosts hosts = hosts();
        List<FaultDesk.InForce> inForce = hosts.inForce();
        List<FaultDesk.InForce> healed = inForce.stream()
                .filter(one -> id.equals("all") || one.order().id().equals(id))
                .toList();
        if (healed.isEmpty() && !id.equals("all")) {
            throw Failure.usage(Sentences.of(FaultReports.noneOf(id, inForce)), "See: gossip fault list");
        }
        healed.forEach(one -> hosts.heal(one.order()));
        print(FaultReports.healed(healed, called()));
    }
}
