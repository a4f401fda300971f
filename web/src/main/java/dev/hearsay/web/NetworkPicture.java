package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.wire.TraceJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the network, from the signals of its nodes. Bounded: nodes, messages, events and changes beyond the limits are let go,
 * the oldest first.
 */
final class NetworkPicture {

    static final int NODES_MAX = 5000;

    private final LongSupplier clockMicros;
    private final Map<NodeId, NodeSight> nodes = new LinkedHashMap<>();
    private final List<NodeSight> byIndex = new ArrayList<>();
    private final Messages messages = new Messages();
    private final History history;
    private final Journal journal;
    private final Marks marks = new Marks();
    private final Ballots ballots = new Ballots();
    private final Links links = new Links(this::node, this::linkIs);
    private Changes changes = new Changes(0);

    /** A picture of nothing. The clock tells microseconds since 1970, as the nodes' do. */
    NetworkPicture(LongSupplier clockMicros) {
        this(clockMicros, Journal.EVENTS_MAX);
    }

    /** A picture of nothing that keeps so many events. */
    NetworkPicture(LongSupplier clockMicros, int eventsMax) {
        this.clockMicros = clockMicros;
        this.history = new History(clockMicros.getAsLong());
        this.journal = new Journal(
                eventsMax, Journal.CHARACTERS_MAX, atMicros -> history.forget(Math.min(atMicros, nowMicros())));
    }

    // --- What is known ----------------------------------------------------------------------------------------------

    List<NodeSight> nodes() {
        return byIndex;
    }

    @Nullable
    NodeSight node(NodeId address) {
        return nodes.get(address);
    }

    /** Which node has that address; -1 if none that is known. */
    int index(NodeId address) {
        NodeSight node = nodes.get(address);
        return node == null ? -1 : node.index;
    }

    Collection<MessageSight> messages() {
        return messages.all();
    }

    @Nullable
    MessageSight message(int number) {
        return messages.find(number);
    }

    @Nullable
    MessageSight message(RumorId id) {
        return messages.find(id);
    }

    Journal journal() {
        return journal;
    }

    History history() {
        return history;
    }

    Marks marks() {
        return marks;
    }

    Ballots ballots() {
        return ballots;
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
        byIndex.forEach(node -> judge(node, now, now));
        Changes taken = changes;
        changes = new Changes(journal.last());
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
        changes.messages.addAll(messages.all());
        return node;
    }

    void connected(NodeSight node) {
        node.isConnected = true;
        node.hasEnded = false;
        heard(node);
        changed(node);
    }

    void lost(NodeSight node) {
        node.isConnected = false;
        changed(node);
    }

    void heard(NodeSight node) {
        node.heardMicros = nowMicros();
    }

    /** Some of the node's signals are gone for good. */
    void missed(NodeSight node) {
        log(nowMicros(), node, Journal.MISSED, 0, "");
    }

    void changed(NodeSight node) {
        changes.nodes.add(node);
        long now = nowMicros();
        judge(node, now, now);
    }

    /** These are all its neighbours now. */
    void linked(NodeSight node, Collection<NodeId> neighbours) {
        links.replace(node, neighbours, nowMicros());
    }

    void text(RumorId id, String text) {
        messages.text(id, text, changes);
    }

    /**
     * A signal of a node that is watched.
     *
     * @param text the line itself
     */
    void observe(TraceJson.Line line, String text) {
        NodeSight node = include(line.node());
        if (node == null) {
            return;
        }
        Signal signal = line.signal();
        messages.observe(line.atMicros(), node, signal, this::includedIndex, changes);
        observeNode(line.atMicros(), node, signal);
        judge(node, line.atMicros(), nowMicros());
        ballots.observe(line);
        RumorId rumor = Subjects.rumor(signal);
        MessageSight message = rumor == null ? null : messages.find(rumor);
        Journal.Event event =
                log(line.atMicros(), node, TraceJson.name(signal), message == null ? 0 : message.number, text);
        marks.observe(event, node.address, signal);
    }

    private Journal.Event log(long atMicros, NodeSight node, String signal, int message, String line) {
        history.reachBack(atMicros);
        changes.hasEvents = true;
        return journal.add(atMicros, node.index, signal, message, line);
    }

    private int includedIndex(NodeId address) {
        NodeSight node = include(address);
        return node == null ? -1 : node.index;
    }

    private void observeNode(long atMicros, NodeSight node, Signal signal) {
        switch (signal) {
            case Signal.Started started -> {
                begun(node, atMicros);
                started.neighbours().forEach(this::include);
                links.replace(node, started.neighbours(), atMicros);
            }
            case Signal.SeedStarted started -> {
                begun(node, atMicros);
                started.members().forEach(this::include);
            }
            case Signal.NeighboursDrawn drawn -> {
                drawn.neighbours().forEach(this::include);
                links.replace(node, drawn.neighbours(), atMicros);
            }
            case Signal.Departed s -> ended(node);
            case Signal.Stopped s -> ended(node);
            case Signal.LinkUp up -> {
                include(up.neighbour());
                links.add(node, up.neighbour(), atMicros);
                trust(node, up.neighbour(), atMicros);
            }
            case Signal.LinkDown down -> links.remove(node, down.neighbour(), atMicros);
            case Signal.Cleared cleared -> trust(node, cleared.neighbour(), atMicros);
            case Signal.Reappeared reappeared -> trust(node, reappeared.neighbour(), atMicros);
            case Signal.Suspected suspected ->
                judged(suspected.neighbour(), atMicros, accused -> accused.suspectedBy.add(node.address));
            case Signal.Silent silent ->
                judged(silent.neighbour(), atMicros, accused -> {
                    accused.suspectedBy.remove(node.address);
                    accused.givenUpBy.add(node.address);
                });
            case Signal.MemberAdded added -> judged(added.member(), atMicros, member -> member.isRemoved = false);
            case Signal.Registered registered ->
                judged(registered.statement().peer(), atMicros, member -> member.isRemoved = false);
            case Signal.MemberDismissed dismissed ->
                judged(dismissed.member(), atMicros, member -> member.isRemoved = true);
            case Signal.MemberRemoved removed -> judged(removed.member(), atMicros, member -> member.isRemoved = true);
            case Signal.ListChanged changed -> {
                boolean isRemoved = changed.statement().change() == Change.REMOVE;
                judged(changed.statement().peer(), atMicros, member -> member.isRemoved = isRemoved);
            }
            default -> {}
        }
    }

    private void begun(NodeSight node, long atMicros) {
        node.hasEnded = false;
        node.suspectedBy.clear();
        node.givenUpBy.clear();
        changes.nodes.add(node);
        for (NodeSight other : byIndex) {
            boolean wasSuspected = other.suspectedBy.remove(node.address);
            if (other.givenUpBy.remove(node.address) || wasSuspected) {
                changes.nodes.add(other);
                judge(other, atMicros, nowMicros());
            }
        }
    }

    private void ended(NodeSight node) {
        node.hasEnded = true;
        changes.nodes.add(node);
    }

    private void trust(NodeSight node, NodeId neighbour, long atMicros) {
        judged(neighbour, atMicros, trusted -> {
            trusted.suspectedBy.remove(node.address);
            trusted.givenUpBy.remove(node.address);
        });
    }

    /** Somebody speaks of that node; of one that is not kept, as there are too many, in vain. */
    private void judged(NodeId address, long atMicros, Consumer<NodeSight> change) {
        NodeSight node = include(address);
        if (node != null) {
            change.accept(node);
            changes.nodes.add(node);
            judge(node, atMicros, nowMicros());
        }
    }

    // --- What follows from it ---------------------------------------------------------------------------------------

    /** Decides what has become of a node, by something of that moment. Nothing is later than now, whatever clocks say. */
    private void judge(NodeSight node, long atMicros, long nowMicros) {
        NodeSight.State state = node.state(nowMicros);
        if (state == node.shown && atMicros >= node.shownMicros) {
            return;
        }
        long since = Math.min(atMicros, nowMicros);
        var change = history.state(node.index, state, since);
        if (change == null) {
            return;
        }
        boolean wasGone = node.isGone();
        node.shown = state;
        node.shownMicros = change.atMicros();
        changes.nodes.add(node);
        changes.states.add(change);
        // How many it should reach has changed.
        changes.messages.addAll(messages.all());
        if (wasGone != node.isGone()) {
            links.judge(node, since);
        }
    }

    private void linkIs(History.Pair pair, boolean isThere, long atMicros) {
        var change = history.link(pair, isThere, Math.min(atMicros, nowMicros()));
        if (change != null) {
            changes.links.add(change);
        }
    }
}
