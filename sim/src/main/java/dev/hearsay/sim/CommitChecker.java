package dev.hearsay.sim;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.node.Node;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The truth about versions, which no node knows: who has them, and since when everybody does. It checks every commit that a node announces, by what a commit is: in
 * a static network every node that is up has got it, paused or not; where seeds decide, every one that the announcer knows as a member.
 */
final class CommitChecker {

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

    /** What anybody has ever had. */
    private final Ranges existing = new Ranges();

    /** What each node has ever had, and, after it had lost its disk, what it may have reported before. */
    private final Map<Integer, Ranges> had = new HashMap<>();

    private final Map<Integer, Ranges> lost = new HashMap<>();

    CommitChecker(Hosts hosts) {
        this.hosts = hosts;
    }

    void crashed(int node, boolean isDiskLost) {
        if (isDiskLost) {
            lost.computeIfAbsent(node, n -> new Ranges()).addAll(had.getOrDefault(node, new Ranges()));
        }
        for (Version version : versions.values()) {
            committedEverywhere -= version.committers.cardinality() == hosts.count() ? 1 : 0;
            version.committers.clear(node);
        }
    }

    /** The stranger says this. */
    void forged(Message message) {
        if (message instanceof CommitProtocol.Messages commit) {
            switch (commit) {
                case CommitProtocol.VersionNews news ->
                    news.tallies().forEach(tally -> claimed.addAll(tally.versions()));
                case CommitProtocol.Versions versions ->
                    versions.reports().forEach(report -> claimed.addAll(report.versions()));
            }
        }
    }

    void told(long nowNanos, int node, Event event) {
        if (event instanceof RumorProtocol.Published published) {
            has(nowNanos, node, published.sequence());
        } else if (event instanceof RumorProtocol.Delivered delivered) {
            var entry = hosts.node(node).log().find(delivered.id());
            if (entry != null && entry.rumor().isVersion()) {
                has(nowNanos, node, entry.rumor().sequence());
            }
        } else if (event instanceof CommitProtocol.Committed committed) {
            committed(nowNanos, node, committed);
        }
    }

    private void has(long nowNanos, int node, long number) {
        existing.add(number);
        had.computeIfAbsent(node, n -> new Ranges()).add(number);
        versions.computeIfAbsent(number, n -> new Version()).lastNanos = nowNanos;
    }

    /** Nobody says that everybody has what a member lacks; but a disk that is lost breaks no promise. */
    private void committed(long nowNanos, int node, CommitProtocol.Committed committed) {
        Ranges numbers = committed.versions();
        Ranges invented = numbers.minus(existing, 1);
        if (!invented.isEmpty()) {
            throw new BrokenInvariant(
                    hosts.id(node) + " takes " + invented + " for committed, which nobody has published");
        }
        Ranges owed = hosts.isStatic() ? numbers.minus(claimed, 1) : numbers;
        for (int member = 0; member < hosts.count(); member++) {
            Node live = hosts.find(member);
            if (live != null && isOwed(node, member)) {
                Ranges lacking = owed.minus(live.log().seenNumbers(Origin.VERSIONS), 1)
                        .minus(lost.getOrDefault(member, new Ranges()), 1);
                if (!lacking.isEmpty()) {
                    throw new BrokenInvariant(hosts.id(node) + " takes " + numbers + " for committed, though "
                            + hosts.id(member) + " has not got " + lacking);
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

    private boolean isOwed(int announcer, int member) {
        return hosts.isStatic() || hosts.node(announcer).members().contains(hosts.id(member));
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
