package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Signal;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.node.Node;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The truth about versions, which no node knows: who has them, and since when everybody does. It checks every commit that a node announces. */
final class Commitments {

    private static final double NANOS_PER_MILLI = 1e6;

    /** A version that somebody has. */
    private static final class Version {
        long lastNanos;
        long committedNanos;
        final BitSet committers = new BitSet();
    }

    private final Hosts hosts;
    private final Map<Long, Version> versions = new LinkedHashMap<>();

    private int committedEverywhere;

    /** Versions that the stranger has said somebody has. Without keys nobody can tell. */
    private final Ranges claimed = new Ranges();

    /** Who may have lost what it had reported. */
    private final BitSet forgetful = new BitSet();

    Commitments(Hosts hosts) {
        this.hosts = hosts;
    }

    void crashed(int node, boolean isDiskLost) {
        if (isDiskLost) {
            forgetful.set(node);
        }
        for (Version version : versions.values()) {
            committedEverywhere -= version.committers.cardinality() == hosts.count() ? 1 : 0;
            version.committers.clear(node);
        }
    }

    /** The stranger says this. */
    void forged(Message message) {
        switch (message) {
            case Message.VersionNews news -> news.tallies().forEach(tally -> claimed.addAll(tally.versions()));
            case Message.Versions versions -> versions.reports().forEach(report -> claimed.addAll(report.versions()));
            default -> {}
        }
    }

    void told(long nowNanos, int node, Signal signal) {
        switch (signal) {
            case Signal.Published published -> has(nowNanos, published.sequence());
            case Signal.Delivered delivered -> {
                var entry = hosts.node(node).log().find(delivered.id());
                if (entry != null && entry.rumor().isVersion()) {
                    has(nowNanos, entry.rumor().sequence());
                }
            }
            case Signal.Committed committed -> committed(nowNanos, node, committed);
            default -> {}
        }
    }

    private void has(long nowNanos, long number) {
        versions.computeIfAbsent(number, n -> new Version()).lastNanos = nowNanos;
    }

    /** Nobody says that everybody has what a member lacks, be it up or down; but a disk that is lost breaks no promise. */
    private void committed(long nowNanos, int node, Signal.Committed committed) {
        Ranges numbers = committed.versions().minus(claimed, 1);
        for (NodeId member : hosts.node(node).members()) {
            int number = hosts.number(member);
            Node live = number < 0 || number >= hosts.count() || forgetful.get(number) ? null : hosts.find(number);
            if (live != null) {
                Ranges lacking = numbers.minus(live.log().seenNumbers(Origin.VERSIONS), 1);
                if (!lacking.isEmpty()) {
                    throw new BrokenLaw(hosts.id(node) + " takes " + numbers + " for committed, though " + member
                            + " has not got " + lacking);
                }
            }
        }
        versions.forEach((number, version) -> {
            if (numbers.contains(number)) {
                version.committers.set(node);
                version.committedNanos = nowNanos;
                committedEverywhere += version.committers.cardinality() == hosts.count() ? 1 : 0;
            }
        });
    }

    /** Whether all nodes know of all versions that they are committed, or some node is down and holds that back. */
    boolean isSettled() {
        return hosts.up() < hosts.count() || committedEverywhere == versions.size();
    }

    /** What is not committed though everybody has it, as a sentence; null if there is nothing. */
    @Nullable
    String findFault() {
        if (hosts.up() < hosts.count() || hasGhost()) {
            return null; // Who is down holds commit back, and so does a member that is nobody.
        }
        for (Map.Entry<Long, Version> entry : versions.entrySet()) {
            int without = entry.getValue().committers.nextClearBit(0);
            if (without < hosts.count() && isEverywhere(entry.getKey()) && !claimed.contains(entry.getKey())) {
                return hosts.id(without) + " does not know that everybody has version " + entry.getKey();
            }
        }
        return null;
    }

    /** Whether the stranger has joined: a static network takes in whoever links to it. */
    private boolean hasGhost() {
        for (int node = 0; node < hosts.count(); node++) {
            if (hosts.node(node).members().stream().anyMatch(member -> hosts.number(member) < 0)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEverywhere(long number) {
        for (int node = 0; node < hosts.count(); node++) {
            if (!hosts.node(node).log().hasSeen(Origin.VERSIONS, number)) {
                return false;
            }
        }
        return true;
    }

    /** Time from the last delivery of a version until all nodes know it to be committed, milliseconds, the mean over those that are; NaN if none is. */
    double delayMillis() {
        return versions.values().stream()
                        .filter(version -> version.committers.cardinality() == hosts.up())
                        .mapToLong(version -> version.committedNanos - version.lastNanos)
                        .average()
                        .orElse(Double.NaN)
                / NANOS_PER_MILLI;
    }
}
