package dev.hearsay.web.picture;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.web.journal.EventLog;
import dev.hearsay.web.journal.History;
import dev.hearsay.web.journal.Names;
import dev.hearsay.web.journal.NodeState;
import dev.hearsay.web.journal.Past;
import dev.hearsay.web.journal.Subjects;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the network, from the events of its nodes. Bounded: nodes, messages, events and changes beyond the limits are let go,
 * the oldest first.
 */
public final class NetworkModel implements Names {

    /** So many messages are kept. */
    public static final int MESSAGES_MAX = 200;

    static final int NODES_MAX = 5000;

    private final LongSupplier clockMicros;
    private final Nodes nodes;
    private final Messages messages = new Messages();
    private final Past past;
    private final LinkModel links = new LinkModel(this::node, this::linkIs);
    private final Standing standing = new Standing(this, links);
    private Changes changes = new Changes(0);

    /** A picture of nothing. The clock tells microseconds since 1970, as the nodes' do. */
    public NetworkModel(LongSupplier clockMicros) {
        this(clockMicros, EventLog.EVENTS_MAX, NODES_MAX);
    }

    /** A picture of nothing that keeps so many events, and nodes. */
    NetworkModel(LongSupplier clockMicros, int eventsMax, int nodesMax) {
        this.clockMicros = clockMicros;
        this.nodes = new Nodes(nodesMax);
        this.past = Past.begin(clockMicros, eventsMax);
    }

    // --- What is known ----------------------------------------------------------------------------------------------

    /** All nodes, by their index. */
    public List<NodeModel> nodes() {
        return nodes.all();
    }

    /** The node of that address; null if none that is known. */
    public @Nullable NodeModel node(NodeId address) {
        return nodes.find(address);
    }

    @Override
    public NodeId address(int index) {
        return nodes.all().get(index).address;
    }

    @Override
    public String called(int index) {
        return nodes.all().get(index).called();
    }

    @Override
    public int index(NodeId address) {
        NodeModel node = nodes.find(address);
        return node == null ? -1 : node.index;
    }

    Collection<MessageModel> messages() {
        return messages.all();
    }

    /** The message of that number; null if it is not kept. */
    public @Nullable MessageModel message(int number) {
        return messages.find(number);
    }

    /** The message of that id; null if it is not kept. */
    public @Nullable MessageModel message(RumorId id) {
        return messages.find(id);
    }

    /** What was. */
    public Past past() {
        return past;
    }

    /** Microseconds since 1970. */
    public long nowMicros() {
        return clockMicros.getAsLong();
    }

    /** How many nodes should get every message. */
    long expected() {
        return nodes.all().stream().filter(NodeModel::counts).count();
    }

    /** How many of those have this one. */
    long reached(MessageModel message) {
        return message.arrivals.keySet().stream()
                .filter(index -> nodes.all().get(index).counts())
                .count();
    }

    /** What has changed since this was asked last. */
    Changes takeChanges() {
        long now = nowMicros();
        nodes.all().forEach(node -> judge(node, now, now));
        Changes taken = changes;
        changes = new Changes(past.journal().last());
        return taken;
    }

    // --- What comes in ----------------------------------------------------------------------------------------------

    /** Takes a node in; null if all there is room for are heard, or were spoken of a short while ago. */
    public @Nullable NodeModel include(NodeId address) {
        long now = nowMicros();
        NodeModel node = nodes.find(address);
        if (node != null) {
            nodes.named(node, now);
            return node;
        }
        node = nodes.add(address, now);
        if (node == null) {
            forget(nodes.choose(now));
            node = nodes.add(address, now);
        }
        if (node != null) {
            changes.nodes.add(node);
            changes.messages.addAll(messages.all());
        }
        return node;
    }

    /** Takes a node in that is no member any more, if there is room: it is the first to be forgotten again. */
    public @Nullable NodeModel includeOld(NodeId address) {
        NodeModel node = nodes.find(address);
        if (node == null && nodes.isRoomForOld()) {
            node = include(address);
        }
        return node;
    }

    /** Lets go of all that is known of them, so that others can have their indices. */
    private void forget(Set<NodeModel> old) {
        if (old.isEmpty()) {
            return;
        }
        BitSet indices = new BitSet();
        Set<NodeId> addresses = new HashSet<>();
        for (NodeModel node : old) {
            indices.set(node.index);
            addresses.add(node.address);
        }
        past.forget(indices::get);
        messages.all().forEach(message -> message.forget(indices::get));
        for (NodeModel node : nodes.all()) {
            node.neighbours.removeAll(addresses);
            node.suspectedBy.removeAll(addresses);
            node.givenUpBy.removeAll(addresses);
        }
        changes = new Changes(past.journal().last());
        changes.isAnew = true;
    }

    /** Its events can be heard from now on. */
    public void connected(NodeModel node) {
        nodes.named(node, nowMicros());
        node.isConnected = true;
        node.hasEnded = false;
        heard(node);
        changed(node);
    }

    /**
     * A recording has it, and what it is; it is quiet for as long as it has nothing to say, which is no sign that it is away.
     *
     * @param role seed, peer or node
     */
    public void recorded(NodeModel node, String name, String role) {
        node.told = new NodeModel.Told(name, role, false, 0, 0);
        connected(node);
        node.heardMicros = Long.MAX_VALUE;
    }

    /** A recording has nothing of it after that moment, though it goes on. */
    public void silentSince(NodeModel node, long micros) {
        node.heardMicros = micros;
        lost(node);
    }

    /** Its events cannot be heard any more. */
    public void lost(NodeModel node) {
        node.isConnected = false;
        changed(node);
    }

    /** It has given a sign of life. */
    public void heard(NodeModel node) {
        node.heardMicros = nowMicros();
    }

    /** Some of the node's events are gone for good. */
    public void missed(NodeModel node) {
        changes.hasEvents = true;
        past.addMissed(nowMicros(), node.index);
    }

    private void changed(NodeModel node) {
        said(node, nowMicros());
    }

    /**
     * By the page {@code /state} of the node.
     *
     * @throws WireException if it makes no sense
     */
    public void state(NodeModel node, JsonObject page) throws WireException {
        boolean isNews = node.take(page);
        if (page.has("neighbours")) {
            List<NodeId> neighbours = new ArrayList<>();
            for (String neighbour : page.texts("neighbours")) {
                neighbours.add(NodeId.parse(neighbour));
            }
            neighbours.forEach(this::include);
            links.replace(node, neighbours, nowMicros());
        }
        heard(node);
        if (isNews) {
            changed(node);
        }
    }

    /** The seeds list it as a member, or as none. */
    public void listed(NodeModel node, boolean isRemoved) {
        if (node.isRemoved != isRemoved) {
            node.isRemoved = isRemoved;
            changed(node);
        }
    }

    /** What the message of that id says, if it is kept. */
    public void text(RumorId id, String text) {
        messages.text(id, text, changes);
    }

    /**
     * An event of a node that is watched.
     *
     * @param text the line itself
     */
    public void observe(TraceJson.Line line, String text) {
        NodeModel node = include(line.node());
        if (node == null) {
            return;
        }
        Event event = line.event();
        messages.observe(line.atMicros(), node, event, this::includedIndex, changes);
        standing.observe(line.atMicros(), node, event);
        judge(node, line.atMicros(), nowMicros());
        RumorId rumor = Subjects.rumor(event);
        MessageModel message = rumor == null ? null : messages.find(rumor);
        changes.hasEvents = true;
        past.add(line.atMicros(), node.index, node.address, event, message == null ? 0 : message.number, text);
    }

    private int includedIndex(NodeId address) {
        NodeModel node = include(address);
        return node == null ? -1 : node.index;
    }

    /** Something was said of the node, at that moment. */
    void said(NodeModel node, long atMicros) {
        changes.nodes.add(node);
        judge(node, atMicros, nowMicros());
    }

    // --- What follows from it ---------------------------------------------------------------------------------------

    /** Decides what has become of a node, by something of that moment. Nothing is later than now, whatever clocks say. */
    private void judge(NodeModel node, long atMicros, long nowMicros) {
        NodeState state = node.state(nowMicros);
        if (state == node.shown && atMicros >= node.shownMicros) {
            return;
        }
        long since = Math.min(atMicros, nowMicros);
        var change = past.history().state(node.index, state, since);
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
        var change = past.history().link(pair, isThere, Math.min(atMicros, nowMicros()));
        if (change != null) {
            changes.links.add(change);
        }
    }
}
