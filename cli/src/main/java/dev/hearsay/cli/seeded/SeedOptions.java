package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Failure;
import dev.hearsay.live.network.SeededSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be chosen about seeds. */
public final class SeedOptions {

    @Option(
            names = "--peers-per-host",
            paramLabel = "N",
            description =
                    "How many peers of one host are registered; 0 for any number (default: any number on loopback, 64 elsewhere).")
    private @Nullable Integer peersPerHost;

    SeededSettings applyTo(SeededSettings usual) {
        if (peersPerHost == null) {
            return usual;
        }
        if (peersPerHost < 0) {
            throw Failure.usage("--peers-per-host must not be negative, but is " + peersPerHost + ".", "");
        }
        return usual.withPeersPerHost(peersPerHost);
    }
}
