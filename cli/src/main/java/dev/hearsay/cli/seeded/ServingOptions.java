package dev.hearsay.cli.seeded;

import dev.hearsay.cli.base.Console;
import dev.hearsay.cli.base.Spans;
import dev.hearsay.cli.base.Tokens;
import dev.hearsay.cli.launch.RecordOption;
import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.transport.BindAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How one node in a process of its own serves whoever comes to it. */
public final class ServingOptions {

    private static final long NANOS_PER_MICRO = 1_000;

    @Option(
            names = "--bind",
            paramLabel = "IP",
            defaultValue = "",
            description = "Listen there instead of at the address by which others reach it; 0.0.0.0 is everywhere.")
    private String bind;

    @Option(names = "--no-metrics", description = "Count nothing for /metrics.")
    private boolean isUnmeasured;

    @Option(
            names = "--clock-skew",
            paramLabel = "TIME",
            converter = Spans.class,
            description =
                    "How far the clock of a key's writer may be ahead of this node's for the key to be taken (default: 5m).")
    private @Nullable Long clockSkewNanos;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The first line of FILE is a token; whoever has it may order faults, see gossip fault --at"
                    + " (default: the one in GOSSIP_TOKEN; nobody may if there is none).")
    private @Nullable Path tokenFile;

    @Mixin
    private RecordOption recordOption;

    /** Into which file its life is written; null for none. */
    public @Nullable Path record() {
        return recordOption.file();
    }

    /** What allows to order faults, if anything does. */
    public Optional<String> token(Console console) {
        return Tokens.find(console, tokenFile);
    }

    /** The options with what was chosen here. */
    public HostOptions applyTo(HostOptions options) {
        HostOptions served = options.withBind(bindAddress()).withMetrics(!isUnmeasured);
        return clockSkewNanos == null ? served : served.withClockSkew(clockSkewNanos / NANOS_PER_MICRO);
    }

    /** Where a node of this address is going to listen. */
    public NodeId listener(NodeId address) {
        return bindAddress().of(address);
    }

    private BindAddress bindAddress() {
        return new BindAddress(bind.strip());
    }
}
