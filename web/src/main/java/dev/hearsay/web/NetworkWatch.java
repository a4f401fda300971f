package dev.hearsay.web;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import dev.hearsay.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** The lists of so many nodes that gossip are kept, where there are no seeds. */
    private static final int LISTS_MAX = 64;

    private static final long LIST_MICROS_MAX = 1_000_000;

    /** The pages of a node have been asked for. */
    private record Look(long beginMicros, Future<?> over) {}

    private final Loop loop;
    private final NodeClient client;
    private final NetworkPicture picture;
    private final Set<NodeSight> watched = new HashSet<>();
    private final Set<NodeSight> ballotsRead = new HashSet<>();
    private final Map<NodeSight, Look> looks = new HashMap<>();
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
    public void onSignal(NodeSight node, TraceJson.Line line, String text) {
        picture.observe(line, text);
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

    private Look look(NodeSight node) {
        Future<?> state = client.get(node.address, "/state").onSuccess(answer -> read(node, answer, this::state));
        Future<?> members = client.get(node.address, "/members")
                .onSuccess(answer -> read(node, answer, this::members))
                .onComplete(answer -> node.isAnswering = answer.succeeded());
        Look look = new Look(picture.nowMicros(), Future.join(state, members));
        looks.put(node, look);
        return look;
    }

    /**
     * Sees to it that the lists of members are not older than a second: those of the seeds, or where there are none those of the first nodes.
     * Completes with these nodes when they have answered; who does not within a second is not waited for.
     */
    Future<List<NodeSight>> freshMembers() {
        List<NodeSight> nodes =
                picture.nodes().stream().filter(NodeSight::isSeed).toList();
        if (nodes.isEmpty()) {
            nodes = picture.nodes().stream()
                    .limit(LISTS_MAX)
                    .filter(node -> !node.isGone())
                    .toList();
        }
        List<NodeSight> asked = nodes;
        if (client.isClosed()) {
            return Future.succeededFuture(asked);
        }
        List<Future<?>> answers = new ArrayList<>();
        for (NodeSight node : asked) {
            Look last = looks.get(node);
            boolean isFresh = last != null && picture.nowMicros() - last.beginMicros < LIST_MICROS_MAX;
            answers.add((last != null && isFresh ? last : look(node)).over);
        }
        Promise<List<NodeSight>> fresh = Promise.promise();
        loop.after(SECOND_NANOS, () -> fresh.tryComplete(asked));
        Future.join(answers).onComplete(all -> fresh.tryComplete(asked));
        return fresh.future();
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
        if (node.isSeed()) {
            node.electorate = new NodeSight.Electorate(
                    page.integer("seeds"), page.integer("quorum"), page.integer("reachableSeeds"));
            if (ballotsRead.add(node)) {
                client.lines(node.address, "/ballots", line -> ballot(node, line));
            }
        }
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

    /** What was decided before the dashboard came. */
    private void ballot(NodeSight node, String text) {
        try {
            TraceJson.Line line = TraceJson.read(text);
            if (line.node().equals(node.address)) {
                picture.ballots().observe(line);
            }
        } catch (WireException e) {
            LOG.debug("A ballot of {} makes no sense: {}", node.address, e.getMessage());
        }
    }

    private void members(NodeSight node, JsonObject page) throws WireException {
        List<NodeSight.Member> list = new ArrayList<>();
        for (JsonObject member : page.objects("members")) {
            NodeSight sight = picture.include(NodeId.parse(member.text("peer")));
            boolean isRemoved = member.text("state").equals("removed");
            // A removal is told by events as they happen; here it is for who has come later. Only seeds decide it for
            // all.
            if (sight != null && node.isSeed() && sight.isRemoved != isRemoved) {
                sight.isRemoved = isRemoved;
                picture.changed(sight);
            }
            list.add(member(member));
        }
        // Of thousands of nodes that all know each other the lists would be millions of lines.
        if (node.isSeed() || node.index < LISTS_MAX) {
            node.memberList = list;
            node.membersMicros = picture.nowMicros();
        }
        watchAll();
    }

    private NodeSight.Member member(JsonObject member) throws WireException {
        List<NodeId> signedBy = new ArrayList<>();
        if (member.has("signedBy")) {
            for (String seed : member.texts("signedBy")) {
                signedBy.add(NodeId.parse(seed));
            }
        }
        signedBy.forEach(picture::include);
        return new NodeSight.Member(
                NodeId.parse(member.text("peer")),
                member.text("state"),
                member.has("incarnation") ? member.whole("incarnation") : 0,
                signedBy);
    }

    /** Signals name messages by their hash; what they say is read from their origin, soon and for many at once. */
    private void textsLater(NodeSight node) {
        if (textsDue.add(node)) {
            loop.after(TEXTS_NANOS, () -> {
                textsDue.remove(node);
                if (!node.isSeed()) {
                    client.get(node.address, "/messages?last=" + Messages.MESSAGES_MAX)
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
