package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.ExitCode;
import dev.hearsay.cli.base.Failure;
import dev.hearsay.cli.base.GossipCommand;
import dev.hearsay.cli.base.Manual;
import dev.hearsay.cli.base.Sentences;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.keys.KeyFile;
import dev.hearsay.live.network.NodeName;
import dev.hearsay.live.network.SeededDirectory;
import dev.hearsay.live.profile.Places;
import dev.hearsay.live.profile.SeedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "seed", description = "Run one seed in the foreground, until Ctrl-C.")
@Manual(
        examples = {
            "gossip seed --host 127.0.0.1 --port 6000 --config config.txt",
            "gossip seed 127.0.0.1 5000 # with ./config.txt, or as the only seed if there is none"
        },
        exitCodes = {ExitCode.DONE, ExitCode.FAILED, ExitCode.USAGE, ExitCode.TAKEN})
public final class SeedCommand extends GossipCommand {

    @Mixin
    private NodeOptions nodeOptions;

    @Option(
            names = "--seed-port",
            paramLabel = "PORT",
            description =
                    "Where it listens for the other seeds (default: as config.txt says, or 10,000 above its port).")
    private @Nullable Integer seedPort;

    @Mixin
    private SeededOptions seededOptions;

    @Mixin
    private SeedOptions seedOptions;

    @Mixin
    private ServingOptions servingOptions;

    public SeedCommand(Console console) {
        super(console);
    }

    @Override
    protected int run() throws InterruptedException {
        NodeId given = nodeOptions.address();
        SeededDirectory files = seededOptions.files();
        SeedConfig named = config(given, files);
        // It is called as all the others call it.
        NodeId address = Places.find(given, named.seeds().keySet()).orElse(given);
        SeedConfig config = withSeedPort(named, address);
        List<NodeId> seeds = List.copyOf(config.seeds().keySet());
        int number = seeds.indexOf(address) + 1;
        if (number == 0) {
            throw Failure.usage(
                    "This seed, " + address + ", is not in " + configFile(files) + ", which names "
                            + seeds.stream().map(NodeId::toString).collect(Collectors.joining(", ")) + ".",
                    "Every seed must stand there, as the quorum is of all of them.");
        }
        if (config.seedPort(address) == address.port()) {
            throw Failure.usage(
                    "Peers and seeds cannot both reach this seed at port " + address.port() + ".",
                    "Choose another port for the other seeds, with --seed-port or seed-port= in the configuration.");
        }
        demandPinnedKey(config, address, files.key(address, true));
        var seeding = new HostOptions.Seeding(
                config, seededOptions.settings(null, seedOptions), files, new LogScreen(console()), false);
        LoneNode.seeded(NodeName.seed(number), address, seeding, servingOptions, servingOptions.token(console()))
                .run(node -> {
                    console()
                            .err()
                            .println("Seed " + address + ", one of " + seeds.size() + ", runs; Ctrl-C stops it.");
                    console().err().flush();
                });
        return ExitCode.DONE;
    }

    private Path configFile(SeededDirectory files) {
        return nodeOptions.config().orElse(files.config());
    }

    private SeedConfig config(NodeId address, SeededDirectory files) {
        Path file = configFile(files);
        return nodeOptions.config().isEmpty() && !Files.exists(file) ? SeedConfig.of(address) : SeedConfigs.read(file);
    }

    private SeedConfig withSeedPort(SeedConfig config, NodeId address) {
        if (seedPort == null) {
            return config;
        }
        if (seedPort < 1 || seedPort > 65_535) {
            throw Failure.usage("--seed-port must be 1 to 65535, not " + seedPort + ".", "");
        }
        Map<NodeId, Integer> ports = new LinkedHashMap<>(config.seedPorts());
        ports.put(address, seedPort);
        return new SeedConfig(config.seeds(), ports);
    }

    /** Before the seed starts: one with another key than the others expect would be ignored by all of them, without a word. */
    private static void demandPinnedKey(SeedConfig config, NodeId address, Path keyFile) {
        PublicKey pinned = config.seeds().get(address);
        if (pinned == null) {
            return;
        }
        try {
            PublicKey own = KeyFile.read(keyFile).publicKey();
            if (!own.equals(pinned)) {
                throw Failure.usage(
                        "The key of this seed in " + keyFile + " is not the one that the configuration pins for "
                                + address + ".",
                        "Put the right key there, or the public key " + own + " into the configuration of all nodes.");
            }
        } catch (NoSuchFileException e) {
            throw Failure.usage(
                    "The configuration pins a key for " + address + ", and there is no key in " + keyFile + ".",
                    "Put that key there, or take it out of the configuration of all nodes.");
        } catch (IOException e) {
            throw Failure.failed(Sentences.of(e), "", e);
        }
    }
}
