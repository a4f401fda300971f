package dev.hearsay.bench;

import dev.hearsay.bench.command.Cli;
import dev.hearsay.bench.command.SimulateSection;
import dev.hearsay.bench.dashboard.DashboardSection;
import dev.hearsay.bench.membership.Membership;
import dev.hearsay.bench.membership.TrafficMeter;
import dev.hearsay.bench.metrics.Metrics;
import dev.hearsay.bench.micro.Micro;
import dev.hearsay.bench.peers.Peers;
import dev.hearsay.bench.peers.Scale;
import dev.hearsay.bench.report.Findings;
import dev.hearsay.bench.versions.Commits;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The parts of a benchmark run that can be asked for by name. */
enum Section {
    PEERS,
    SCALE,
    SIMULATE,
    CLI,
    MEMBERSHIP,
    BYTES,
    VERSIONS,
    METRICS,
    DASHBOARD,
    MICRO;

    /** What people call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sections of that name: one, or for {@code all} those that hold Hearsay to what it is to reach; none if unknown. */
    static List<Section> named(String label) {
        return label.equals("all")
                ? List.of(PEERS, SCALE, SIMULATE, CLI, MEMBERSHIP, BYTES, VERSIONS, METRICS, DASHBOARD)
                : Arrays.stream(values())
                        .filter(section -> section.label().equals(label))
                        .toList();
    }

    Findings run(BenchSettings settings) throws Exception {
        return switch (this) {
            case PEERS -> Peers.run(settings);
            case SCALE -> Scale.run(settings);
            case SIMULATE -> SimulateSection.run(settings);
            case CLI -> Cli.run(settings);
            case MEMBERSHIP -> Membership.run(settings);
            case BYTES -> TrafficMeter.run(settings);
            case VERSIONS -> Commits.run(settings);
            case METRICS -> Metrics.run(settings);
            case DASHBOARD -> DashboardSection.run(settings);
            case MICRO -> Micro.run(settings);
        };
    }
}
