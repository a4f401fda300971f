package dev.hearsay.cli.seeded;

import dev.hearsay.core.NodeId;
import dev.hearsay.live.host.HostOptions;
import dev.hearsay.live.transport.BindAddress;
import picocli.CommandLine.Option;

/** How one node in a process of its own serves whoever comes to it. */
public final class ServingOptions {

    @Option(
            names = "--bind",
            paramLabel = "IP",
            defaultValue = "",
            description = "Listen there instead of at the address by which others reach it; 0.0.0.0 is everywhere.")
    private String bind;

    @Option(names = "--no-metrics", description = "Count nothing; /metrics has nothing to say.")
    private boolean isUnmeasured;

    /** The options with what was chosen here. */
    public HostOptions applyTo(HostOptions options) {
        return options.withBind(bindAddress()).withMetrics(!isUnmeasured);
    }

    /** Where a node of this address is going to listen. */
    public NodeId listener(NodeId address) {
        return bindAddress().of(address);
    }

    private BindAddress bindAddress() {
        return new BindAddress(bind.strip());
    }
}
