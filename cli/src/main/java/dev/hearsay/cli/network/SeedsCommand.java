package dev.hearsay.cli.network;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.seeded.SeedConfigs;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.network.NetworkFile;
import dev.hearsay.live.profile.SeedConfig;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks the seeds: those of the network, or those in a file. */
abstract class SeedsCommand extends NetworkCommand {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The seeds of a network that was not started here, one per line.")
    private @Nullable Path config;

    SeedsCommand(Console console) {
        super(console);
    }

    /** Which seeds to ask. */
    final SeedConfig seeds() {
        if (config != null) {
            return SeedConfigs.read(config);
        }
        LiveNetwork network = running();
        NetworkFile.Seeded seeded = network.file().seeded();
        if (seeded == null) {
            throw Failure.usage(
                    "The network '" + network.name() + "' has no seeds: who is a member was decided at its start.",
                    "Its nodes: gossip status" + LiveNetwork.option(network.name()));
        }
        return SeedConfigs.read(seeded.config());
    }

    /** What nodes are called: as in the network that is asked, which a file of seeds is not known to belong to. */
    final NodeNames callings() {
        return config == null ? names() : new NodeNames(Optional.empty());
    }

    /** The Peer Lists of the seeds. */
    final PeerLists lists() {
        return PeerLists.ask(seeds(), callings());
    }

    /** The exit code, after what was found has been printed. */
    final int exitCode(PeerLists lists) {
        if (!lists.hasQuorum()) {
            NodeId silent = lists.silent().getFirst();
            String start = config == null
                    ? "gossip restart-node " + callings().of(silent)
                    : "gossip seed " + silent.host() + " " + silent.port() + " " + config;
            throw new Failure(
                    ExitCode.NO_QUORUM,
                    "no-quorum",
                    lists.heard().size() + " of " + lists.answers().size() + " seeds answer, and it takes "
                            + lists.quorum() + " to decide: nobody joins and nobody is removed until more are back.",
                    "Start the others again, for example: " + start);
        }
        return ExitCode.DONE;
    }
}
