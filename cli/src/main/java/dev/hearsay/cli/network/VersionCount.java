package dev.hearsay.cli.network;

import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.live.host.Delivery;
import dev.hearsay.live.host.HostedNode;
import dev.hearsay.live.node.LiveContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts which nodes have which versions, from where all of them can be seen: a version that all members have is committed. Beside it, when all of them
 * know so themselves, by gossip. For any thread.
 */
final class VersionCount {

    /** What can be said of a version. */
    enum Kind {
        SENDING,
        RECEIVED,
        COMMITTED,
        KNOWN;

        /** As programs read it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that happened to a version.
     *
     * @param node who received it; empty otherwise
     * @param count how many nodes have it, or know that all have it
     * @param millis of what is known: time since the last node received the version
     */
    record Line(Kind event, long version, String node, int count, double millis, long atMicros) {}

    private static final class Version {
        final Set<NodeId> holders = new HashSet<>();
        long lastMicros;
        boolean isCommitted;
        boolean isKnown;
    }

    private final Consumer<Line> lines;
    private final Map<NodeId, String> names = new HashMap<>();
    private final Set<NodeId> members = new HashSet<>();
    private final Map<NodeId, Ranges> known = new HashMap<>();
    private final Map<Long, Version> versions = new LinkedHashMap<>();
    private final Sha256 sha256 = LiveContext.newSha256();

    VersionCount(Consumer<Line> lines) {
        this.lines = lines;
    }

    /** Counts a node from now on, if it is not counted yet. */
    synchronized void include(HostedNode node) {
        if (names.put(node.address(), node.name().toString()) != null) {
            return;
        }
        members.add(node.address());
        node.onDelivered(delivery -> delivered(node.address(), delivery));
        node.onEvent((atMicros, event) -> told(atMicros, node.address(), event));
    }

    /** Counts what a node had before it was listened to: it takes versions from its first moment on. */
    synchronized void catchUp(NodeId node, Ranges seen, Ranges committed, long atMicros) {
        for (int range = 0; range < seen.size(); range++) {
            for (long version = seen.first(range); version <= seen.last(range); version++) {
                received(atMicros, node, version);
            }
        }
        known.computeIfAbsent(node, n -> new Ranges()).addAll(committed);
        settle(atMicros);
    }

    /** Whether a node is one that every version must reach. */
    synchronized boolean isMember(NodeId node) {
        return members.contains(node);
    }

    /** How many versions all nodes know to be committed. */
    synchronized long known() {
        return versions.values().stream().filter(version -> version.isKnown).count();
    }

    private void delivered(NodeId node, Delivery delivery) {
        if (delivery.origin().equals(Origin.VERSIONS.node())) {
            String digits = new String(delivery.payload(), StandardCharsets.US_ASCII);
            received(delivery.receivedMicros(), node, Long.parseLong(digits));
        }
    }

    private synchronized void told(long atMicros, NodeId node, Event event) {
        if (event instanceof RumorProtocol.Published(var id, long sequence, int bytes)) {
            // Who put it in is its origin in no other way than by having been first.
            if (Rumor.version(sha256, sequence, 0, 1).id().equals(id)) {
                received(atMicros, node, sequence);
            }
        } else if (event instanceof CommitProtocol.Committed(Ranges committed, int count)) {
            known.computeIfAbsent(node, n -> new Ranges()).addAll(committed);
            settle(atMicros);
        } else if (event instanceof MembershipProtocol.MemberDismissed(NodeId member)) {
            members.remove(member);
            settle(atMicros);
        } else if (event instanceof MembershipProtocol.MemberAdded(NodeId member)) {
            members.add(member);
        }
    }

    private synchronized void received(long atMicros, NodeId node, long number) {
        Version version = versions.computeIfAbsent(number, n -> new Version());
        if (version.holders.add(node)) {
            version.lastMicros = Math.max(version.lastMicros, atMicros);
            lines.accept(
                    new Line(Kind.RECEIVED, number, names.getOrDefault(node, ""), version.holders.size(), 0, atMicros));
            settle(atMicros);
        }
    }

    private void settle(long atMicros) {
        for (Map.Entry<Long, Version> entry : open()) {
            Version version = entry.getValue();
            if (!version.isCommitted && version.holders.containsAll(members)) {
                version.isCommitted = true;
                lines.accept(new Line(Kind.COMMITTED, entry.getKey(), "", members.size(), 0, atMicros));
            }
            if (version.isCommitted && members.stream().allMatch(member -> knows(member, entry.getKey()))) {
                version.isKnown = true;
                double millis = Math.max(0, atMicros - version.lastMicros) / 1000.0;
                lines.accept(new Line(Kind.KNOWN, entry.getKey(), "", members.size(), millis, atMicros));
            }
        }
    }

    private List<Map.Entry<Long, Version>> open() {
        List<Map.Entry<Long, Version>> open = new ArrayList<>();
        for (Map.Entry<Long, Version> entry : versions.entrySet()) {
            if (!entry.getValue().isKnown) {
                open.add(entry);
            }
        }
        return open;
    }

    private boolean knows(NodeId node, long version) {
        Ranges ranges = known.get(node);
        return ranges != null && ranges.contains(version);
    }
}
