package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows all nodes of a network and keeps the picture: their events as they happen, and what events do not tell by looking at
 * their pages now and then. Members that were not known are found through those that are.
 */
final class NetworkWatch implements NodeWatch.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long TEXTS_NANOS = 100_000_000L;

    /** What such a network remembers is read when it is first seen; of a larger one it would be too much at once. */
    private static final int NODES_REMEMBERED_MAX = 64;

    /** Each node's pages are read about this often, as long as that is not more than {@link #LOOKS_MAX} nodes a second. */
    private static final int LOOK_EVERY_SECONDS = 5;

    private static final int LOOKS_MAX = 20;

    private final Loop loop;
    private final NodeClient client;
    private final NetworkPicture picture;
    private final Set<NodeSight> watched = new HashSet<>();
    private final Set<NodeSight> textsDue = new HashSet<>();
    private int nextLook;

    NetworkWatch(Loop loop, NodeClient client, NetworkPicture picture) {
        this.loop = loop;
        this.client = client;
        this.picture = picture;
    }

    void begin(List<NodeId> nodes) {
        nodes.forEach(picture::include);
        watchAll();
        tick();
    }

    private void watchAll() {
        String lastId = picture.nodes().size() <= NODES_REMEMBERED_MAX ? "0" : "";
        for (NodeSight node : List.copyOf(picture.nodes())) {
            if (watched.add(node)) {
                new NodeWatch(loop, client, node, lastId, this).open();
            }
        }
    }

    private void tick() {
        if (client.isClosed()) {
            return;
        }
        int count = picture.nodes().size();
        int looks = Math.min(LOOKS_MAX, (count + LOOK_EVERY_SECONDS - 1) / LOOK_EVERY_SECONDS);
        for (int i = 0; i < looks; i++) {
            NodeSight node = picture.nodes().get(Math.floorMod(nextLook++, count));
            if (node.isConnected) {
                look(node);
            }
        }
        watchAll();
        loop.after(SECOND_NANOS, this::tick);
    }

    // --- What nodes say ---------------------------------------------------------------------------------------------

    @Override
    public void onConnected(NodeSight node) {
        picture.connected(node);
        look(node);
        textsLater(node);
    }

    @Override
    public void onLost(NodeSight node) {
        picture.lost(node);
    }

    @Override
    public void onSign(NodeSight node) {
        picture.heard(node);
    }

    @Override
    public void onMissed(NodeSight node) {
        picture.missed(node);
        look(node);
    }

    @Override
    public void onSignal(NodeSight node, TraceJson.Line line) {
        picture.observe(line);
        switch (line.signal()) {
            case Signal.Published published -> textsLater(node);
            case Signal.FaultBegan began -> look(node);
            case Signal.FaultEnded ended -> look(node);
            case Signal.MemberAdded added -> watchAll();
            case Signal.ListChanged changed -> watchAll();
            default -> {}
        }
    }

    // --- What their pages show --------------------------------------------------------------------------------------

    private void look(NodeSight node) {
        client.get(node.address, "/state").onSuccess(answer -> read(node, answer, this::state));
        client.get(node.address, "/members").onSuccess(answer -> read(node, answer, this::members));
    }

    /** Makes something of a page. */
    private interface Reading {
        void read(NodeSight node, JsonObject page) throws WireException;
    }

    private static void read(NodeSight node, NodeClient.Answer answer, Reading reading) {
        if (answer.status() != 200) {
            return;
        }
        try {
            reading.read(node, JsonObject.parse(answer.body().getBytes()));
        } catch (WireException | IllegalArgumentException e) {
            LOG.debug("A page of {} makes no sense: {}", node.address, e.getMessage());
        }
    }

    private void state(NodeSight node, JsonObject page) throws WireException {
        node.name = page.text("node");
        node.role = page.text("role");
        node.isPaused = page.flag("paused");
        node.members = page.whole("members");
        node.queued = page.object("queues").whole("outgoing");
        node.messages = page.has("messages") ? page.whole("messages") : 0;
        if (page.has("neighbours")) {
            List<NodeId> neighbours = new ArrayList<>();
            for (String neighbour : page.texts("neighbours")) {
                neighbours.add(NodeId.parse(neighbour));
            }
            neighbours.forEach(picture::include);
            picture.linked(node, neighbours);
        }
        picture.heard(node);
        picture.changed(node);
    }

    private void members(NodeSight node, JsonObject page) throws WireException {
        for (JsonObject member : page.objects("members")) {
            NodeSight sight = picture.include(NodeId.parse(member.text("peer")));
            boolean isRemoved = member.text("state").equals("removed");
            // A removal is told by events as they happen; here it is for who has come later. Only seeds decide it for
            // all.
            if (sight != null && node.isSeed() && sight.isRemoved != isRemoved) {
                sight.isRemoved = isRemoved;
                picture.changed(sight);
            }
            if (member.has("signedBy")) {
                for (String seed : member.texts("signedBy")) {
                    picture.include(NodeId.parse(seed));
                }
            }
        }
        watchAll();
    }

    /** Signals name messages by their hash; what they say is read from their origin, soon and for many at once. */
    private void textsLater(NodeSight node) {
        if (textsDue.add(node)) {
            loop.after(TEXTS_NANOS, () -> {
                textsDue.remove(node);
                if (!node.isSeed()) {
                    client.get(node.address, "/messages?last=" + NetworkPicture.MESSAGES_MAX)
                            .onSuccess(answer -> read(node, answer, this::texts));
                }
            });
        }
    }

    private void texts(NodeSight node, JsonObject page) throws WireException {
        for (JsonObject message : page.objects("messages")) {
            picture.text(RumorId.parse(message.text("id")), message.text("text"));
        }
    }
}
