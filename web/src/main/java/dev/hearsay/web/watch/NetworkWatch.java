package dev.hearsay.web.watch;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.web.members.Ballots;
import dev.hearsay.web.members.MemberLists;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
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
public final class NetworkWatch implements NodeFollower.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long TEXTS_NANOS = 100_000_000L;

    /** What such a network remembers is read when it is first seen; of a larger one it would be too much at once. */
    private static final int NODES_REMEMBERED_MAX = 64;

    /** Each node's pages are read about this often, as long as that is not more than {@link #LOOKS_MAX} nodes a second. */
    private static final int LOOK_EVERY_SECONDS = 5;

    private static final int LOOKS_MAX = 20;

    private static final long LIST_MICROS_MAX = 1_000_000;

    /** The pages of a node have been asked for. */
    private record Look(long beginMicros, Future<?> over) {}

    private final Loop loop;
    private final NodeClient client;
    private final NetworkModel picture;
    private final Ballots ballots;
    private final MemberLists lists;
    private final Set<NodeModel> watched = new HashSet<>();
    private final Set<NodeModel> ballotsRead = new HashSet<>();
    private final Map<NodeModel, Look> looks = new HashMap<>();
    private final Set<NodeModel> textsDue = new HashSet<>();
    private int nextLook;

    /** A watch that has not begun; it keeps the picture, the ballots and the lists. */
    public NetworkWatch(Loop loop, NodeClient client, NetworkModel picture, Ballots ballots, MemberLists lists) {
        this.loop = loop;
        this.client = client;
        this.picture = picture;
        this.ballots = ballots;
        this.lists = lists;
    }

    /** Begins with these nodes; others are found through them. */
    public void begin(List<NodeId> nodes) {
        nodes.forEach(picture::include);
        watchAll();
        tick();
    }

    private void watchAll() {
        String lastId = picture.nodes().size() <= NODES_REMEMBERED_MAX ? "0" : "";
        for (NodeModel node : List.copyOf(picture.nodes())) {
            if (watched.add(node)) {
                new NodeFollower(loop, client, node, lastId, this).open();
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
            NodeModel node = picture.nodes().get(Math.floorMod(nextLook++, count));
            if (node.isConnected()) {
                look(node);
            }
        }
        watched.removeIf(NodeModel::isForgotten);
        ballotsRead.removeIf(NodeModel::isForgotten);
        this.looks.keySet().removeIf(NodeModel::isForgotten);
        lists.forget();
        watchAll();
        loop.after(SECOND_NANOS, this::tick);
    }

    // --- What nodes say ---------------------------------------------------------------------------------------------

    @Override
    public void onConnected(NodeModel node) {
        picture.connected(node);
        look(node);
        textsLater(node);
    }

    @Override
    public void onLost(NodeModel node) {
        picture.lost(node);
    }

    @Override
    public void onSign(NodeModel node) {
        picture.heard(node);
    }

    @Override
    public void onMissed(NodeModel node) {
        picture.missed(node);
        look(node);
    }

    @Override
    public void onEvent(NodeModel node, TraceJson.Line line, String text) {
        picture.observe(line, text);
        ballots.observe(line);
        Event event = line.event();
        if (event instanceof RumorProtocol.Published) {
            textsLater(node);
        } else if (event instanceof Lifecycle.FaultBegan || event instanceof Lifecycle.FaultEnded) {
            look(node);
        } else if (event instanceof MembershipProtocol.MemberAdded || event instanceof PeerListProtocol.ListChanged) {
            watchAll();
        }
    }

    // --- What their pages show --------------------------------------------------------------------------------------

    private Look look(NodeModel node) {
        Future<?> state = client.get(node.address, "/state").onSuccess(answer -> read(node, answer, this::state));
        Future<?> members = client.get(node.address, "/members")
                .onSuccess(answer -> read(node, answer, this::members))
                .onComplete(answer -> lists.answered(node, answer.succeeded()));
        Look look = new Look(picture.nowMicros(), Future.join(state, members));
        looks.put(node, look);
        return look;
    }

    /**
     * Sees to it that the lists of members are not older than a second: those of the seeds, or where there are none those of the first nodes.
     * Completes with these nodes when they have answered; who does not within a second is not waited for.
     */
    public Future<List<NodeModel>> freshMembers() {
        List<NodeModel> asked = lists.keepers();
        if (client.isClosed()) {
            return Future.succeededFuture(asked);
        }
        List<Future<?>> answers = new ArrayList<>();
        for (NodeModel node : asked) {
            Look last = looks.get(node);
            boolean isFresh = last != null && picture.nowMicros() - last.beginMicros < LIST_MICROS_MAX;
            answers.add((last != null && isFresh ? last : look(node)).over);
        }
        Promise<List<NodeModel>> fresh = Promise.promise();
        loop.after(SECOND_NANOS, () -> fresh.tryComplete(asked));
        Future.join(answers).onComplete(all -> fresh.tryComplete(asked));
        return fresh.future();
    }

    /** Makes something of a page. */
    private interface Reading {
        void read(NodeModel node, JsonObject page) throws WireException;
    }

    private static void read(NodeModel node, NodeClient.Answer answer, Reading reading) {
        if (answer.status() != 200) {
            return;
        }
        try {
            reading.read(node, JsonObject.parse(answer.body().getBytes()));
        } catch (WireException | IllegalArgumentException e) {
            LOG.debug("A page of {} makes no sense: {}", node.address, e.getMessage());
        }
    }

    private void state(NodeModel node, JsonObject page) throws WireException {
        picture.state(node, page);
        if (node.isSeed()) {
            lists.state(node, page);
            if (ballotsRead.add(node)) {
                client.lines(node.address, "/ballots", line -> ballot(node, line));
            }
        }
    }

    /** What was decided before the dashboard came. */
    private void ballot(NodeModel node, String text) {
        try {
            TraceJson.Line line = TraceJson.read(text);
            if (line.node().equals(node.address)) {
                ballots.observe(line);
            }
        } catch (WireException e) {
            LOG.debug("A ballot of {} makes no sense: {}", node.address, e.getMessage());
        }
    }

    private void members(NodeModel node, JsonObject page) throws WireException {
        lists.members(node, page);
        watchAll();
    }

    /** Events name messages by their hash; what they say is read from their origin, soon and for many at once. */
    private void textsLater(NodeModel node) {
        if (textsDue.add(node)) {
            loop.after(TEXTS_NANOS, () -> {
                textsDue.remove(node);
                if (!node.isSeed()) {
                    client.get(node.address, "/messages?last=" + NetworkModel.MESSAGES_MAX)
                            .onSuccess(answer -> read(node, answer, this::texts));
                }
            });
        }
    }

    private void texts(NodeModel node, JsonObject page) throws WireException {
        for (JsonObject message : page.objects("messages")) {
            picture.text(RumorId.parse(message.text("id")), message.text("text"));
        }
    }
}
