package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.text.SignalWords;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the network, from the signals of its nodes. Bounded: nodes, messages and events beyond the limits are let go,
 * the oldest first, and events carry numbers so that gaps are seen.
 */
final class NetworkPicture {

    static final int NODES_MAX = 5000;
    static final int MESSAGES_MAX = 200;
    static final int EVENTS_MAX = 2000;
    private static final int TEXT_CHARACTERS_SHOWN = 200;

    /** A signal, in words. */
    record Event(long number, long atMicros, int node, String signal, String text) {}

    private final LongSupplier clockMicros;
    private final Map<NodeId, NodeSight> nodes = new LinkedHashMap<>();
    private final List<NodeSight> byIndex = new ArrayList<>();
    private final Map<RumorId, MessageSight> messages = new LinkedHashMap<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private Changes changes = new Changes();
    private long eventCount;
    private int messageCount;

    /** A picture of nothing. The clock tells microseconds since 1970, as the nodes' do. */
    NetworkPicture(LongSupplier clockMicros) {
        this.clockMicros = clockMicros;
    }

    // --- What is known ----------------------------------------------------------------------------------------------

    List<NodeSight> nodes() {
        return byIndex;
    }

    @Nullable
    NodeSight node(NodeId address) {
        return nodes.get(address);
    }

    Collection<MessageSight> messages() {
        return messages.values();
    }

    @Nullable
    MessageSight message(int number) {
        return messages.values().stream()
                .filter(message -> message.number == number)
                .findFirst()
                .orElse(null);
    }

    Collection<Event> events() {
        return events;
    }

    long eventCount() {
        return eventCount;
    }

    long nowMicros() {
        return clockMicros.getAsLong();
    }

    /** How many nodes should get every message. */
    long expected() {
        return byIndex.stream().filter(NodeSight::counts).count();
    }

    /** How many of those have this one. */
    long reached(MessageSight message) {
        return message.arrivals.keySet().stream()
                .filter(index -> byIndex.get(index).counts())
                .count();
    }

    /** What has changed since this was asked last. */
    Changes takeChanges() {
        long now = nowMicros();
        for (NodeSight node : byIndex) {
            NodeSight.State state = node.state(now);
            if (state != node.shown) {
                node.shown = state;
                changes.nodes.add(node);
                changes.areLinksChanged = true;
                // How many it should reach has changed.
                changes.messages.addAll(messages.values());
            }
        }
        Changes taken = changes;
        changes = new Changes();
        return taken;
    }

    // --- What comes in ----------------------------------------------------------------------------------------------

    /** Takes a node in; null if there are too many already. */
    @Nullable
    NodeSight include(NodeId address) {
        NodeSight known = nodes.get(address);
        if (known != null || byIndex.size() == NODES_MAX) {
            return known;
        }
        NodeSight node = new NodeSight(byIndex.size(), address);
        nodes.put(address, node);
        byIndex.add(node);
        changes.nodes.add(node);
        changes.messages.addAll(messages.values());
        return node;
    }

    void connected(NodeSight node) {
        node.isConnected = true;
        node.hasEnded = false;
        heard(node);
        changes.nodes.add(node);
    }

    void lost(NodeSight node) {
        node.isConnected = false;
        changes.nodes.add(node);
    }

    void heard(NodeSight node) {
        node.heardMicros = nowMicros();
    }

    /** Some of the node's signals are gone for good. */
    void missed(NodeSight node) {
        log(nowMicros(), node, "missed", "has said more than could be kept; some of it was missed here");
    }

    void changed(NodeSight node) {
        changes.nodes.add(node);
    }

    void linked(NodeSight node, Collection<NodeId> neighbours) {
        if (node.neighbours.size() != neighbours.size() || !node.neighbours.containsAll(neighbours)) {
            node.neighbours.clear();
            node.neighbours.addAll(neighbours);
            changes.areLinksChanged = true;
        }
    }

    void text(RumorId id, String text) {
        MessageSight message = messages.get(id);
        if (message != null && message.text == null) {
            message.text =
                    text.length() <= TEXT_CHARACTERS_SHOWN ? text : text.substring(0, TEXT_CHARACTERS_SHOWN) + "…";
            changes.messages.add(message);
        }
    }

    /** A signal of a node that is watched. */
    void observe(TraceJson.Line line) {
        NodeSight node = include(line.node());
        if (node == null) {
            return;
        }
        Signal signal = line.signal();
        observeRumor(line.atMicros(), node, signal);
        observeNode(node, signal);
        log(line.atMicros(), node, TraceJson.name(signal), SignalWords.of(signal));
    }

    private void log(long atMicros, NodeSight node, String signal, String text) {
        Event event = new Event(++eventCount, atMicros, node.index, signal, text);
        events.addLast(event);
        if (events.size() > EVENTS_MAX) {
            events.removeFirst();
        }
        changes.add(event);
    }

    private void observeRumor(long atMicros, NodeSight node, Signal signal) {
        switch (signal) {
            case Signal.Published published -> {
                node.published++;
                MessageSight message = message(published.id(), atMicros);
                if (message != null) {
                    message.origin = node.index;
                    message.published(atMicros);
                    arrived(message, new MessageSight.Arrival(node.index, -1, atMicros, 0));
                }
            }
            case Signal.Delivered delivered -> {
                node.received++;
                MessageSight message = message(delivered.id(), atMicros);
                if (message != null) {
                    message.origin = index(delivered.origin());
                    arrived(
                            message,
                            new MessageSight.Arrival(node.index, index(delivered.from()), atMicros, delivered.hops()));
                }
            }
            case Signal.Duplicate duplicate -> {
                node.duplicates++;
                MessageSight message = messages.get(duplicate.id());
                if (message != null) {
                    var copy = new MessageSight.Copy(index(duplicate.from()), node.index);
                    if (message.duplicated(copy)) {
                        changes.add(message, copy);
                    }
                    changes.messages.add(message);
                }
            }
            default -> {
                return;
            }
        }
        changes.nodes.add(node);
    }

    private void arrived(MessageSight message, MessageSight.Arrival arrival) {
        if (message.arrived(arrival)) {
            changes.add(message, arrival);
        }
        changes.messages.add(message);
    }

    private int index(NodeId address) {
        NodeSight node = include(address);
        return node == null ? -1 : node.index;
    }

    /** The message of that id; null if it is older than all that are kept. */
    private @Nullable MessageSight message(RumorId id, long atMicros) {
        MessageSight known = messages.get(id);
        if (known != null) {
            return known;
        }
        if (messages.size() == MESSAGES_MAX) {
            MessageSight oldest = messages.values().stream()
                    .min(Comparator.comparingLong(MessageSight::beginMicros))
                    .orElseThrow();
            if (oldest.beginMicros() >= atMicros) {
                return null;
            }
            messages.remove(oldest.id);
        }
        MessageSight message = new MessageSight(++messageCount, id);
        messages.put(id, message);
        return message;
    }

    private void observeNode(NodeSight node, Signal signal) {
        switch (signal) {
            case Signal.Started started -> {
                begun(node);
                linked(node, started.neighbours());
            }
            case Signal.SeedStarted started -> {
                begun(node);
                started.members().forEach(this::include);
            }
            case Signal.NeighboursDrawn drawn -> linked(node, drawn.neighbours());
            case Signal.Departed s -> ended(node);
            case Signal.Stopped s -> ended(node);
            case Signal.LinkUp up -> {
                link(node, up.neighbour());
                trust(node, up.neighbour());
            }
            case Signal.LinkDown down -> changes.areLinksChanged |= node.neighbours.remove(down.neighbour());
            case Signal.Suspected suspected ->
                judged(suspected.neighbour()).suspectedBy.add(node.address);
            case Signal.Cleared cleared -> trust(node, cleared.neighbour());
            case Signal.Reappeared reappeared -> trust(node, reappeared.neighbour());
            case Signal.Silent silent -> {
                NodeSight accused = judged(silent.neighbour());
                accused.suspectedBy.remove(node.address);
                accused.givenUpBy.add(node.address);
            }
            case Signal.MemberAdded added -> judged(added.member()).isRemoved = false;
            case Signal.Registered registered -> judged(registered.statement().peer()).isRemoved = false;
            case Signal.MemberDismissed dismissed -> judged(dismissed.member()).isRemoved = true;
            case Signal.MemberRemoved removed -> judged(removed.member()).isRemoved = true;
            case Signal.ListChanged changed ->
                judged(changed.statement().peer()).isRemoved =
                        changed.statement().change() == Change.REMOVE;
            default -> {}
        }
    }

    private void begun(NodeSight node) {
        node.hasEnded = false;
        node.suspectedBy.clear();
        node.givenUpBy.clear();
        for (NodeSight other : byIndex) {
            other.suspectedBy.remove(node.address);
            other.givenUpBy.remove(node.address);
        }
        changes.nodes.addAll(byIndex);
    }

    private void ended(NodeSight node) {
        node.hasEnded = true;
        changes.nodes.add(node);
    }

    private void link(NodeSight node, NodeId neighbour) {
        include(neighbour);
        changes.areLinksChanged |= node.neighbours.add(neighbour);
    }

    private void trust(NodeSight node, NodeId neighbour) {
        NodeSight trusted = judged(neighbour);
        trusted.suspectedBy.remove(node.address);
        trusted.givenUpBy.remove(node.address);
    }

    /** The node that somebody speaks of; one that nobody keeps if there are too many. */
    private NodeSight judged(NodeId address) {
        NodeSight node = include(address);
        if (node == null) {
            return new NodeSight(-1, address);
        }
        changes.nodes.add(node);
        return node;
    }
}
