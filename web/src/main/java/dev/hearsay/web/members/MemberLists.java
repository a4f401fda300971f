package dev.hearsay.web.members;

import dev.hearsay.core.Event;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.live.api.MembersAnswer;
import dev.hearsay.web.picture.NetworkModel;
import dev.hearsay.web.picture.NodeModel;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is a member, as seeds and, where there are none, some nodes list it on their pages. */
public final class MemberLists {

    /** The lists of so many nodes that gossip are kept; of thousands that all know each other they would be millions of lines. */
    private static final int LISTS_MAX = 64;

    /**
     * A line of a list.
     *
     * @param incarnation 0 where no seeds decide
     * @param signedBy the seeds that have signed it
     */
    record Member(NodeId peer, String state, long incarnation, List<NodeId> signedBy) {}

    /** A node's list as of a moment. */
    record Listing(long atMicros, List<Member> members) {}

    /** The seeds as one of them sees them. */
    record Electorate(int seeds, int needed, int reachable) {}

    private static final Listing NONE = new Listing(0, List.of());

    private final NetworkModel picture;
    private final Map<NodeModel, Listing> listings = new HashMap<>();
    private final Map<NodeModel, Electorate> electorates = new HashMap<>();
    private final Set<NodeModel> answering = new HashSet<>();

    /** No lists yet of that network. */
    public MemberLists(NetworkModel picture) {
        this.picture = picture;
    }

    /** Those whose lists tell who is a member: the seeds, or where there are none the first nodes. */
    public List<NodeModel> keepers() {
        List<NodeModel> seeds =
                picture.nodes().stream().filter(NodeModel::isSeed).toList();
        return seeds.isEmpty()
                ? picture.nodes().stream()
                        .limit(LISTS_MAX)
                        .filter(node -> !node.isGone())
                        .toList()
                : seeds;
    }

    /** Lets go of nodes that are not known any more. */
    public void forget() {
        listings.keySet().removeIf(NodeModel::isForgotten);
        electorates.keySet().removeIf(NodeModel::isForgotten);
        answering.removeIf(NodeModel::isForgotten);
    }

    /** Whether the node has answered when it was asked last. */
    public void answered(NodeModel node, boolean hasAnswered) {
        if (hasAnswered) {
            answering.add(node);
        } else {
            answering.remove(node);
        }
    }

    /**
     * By the page {@code /state} of a seed.
     *
     * @throws WireException if it makes no sense
     */
    public void state(NodeModel seed, JsonObject page) throws WireException {
        electorates.put(
                seed, new Electorate(page.integer("seeds"), page.integer("quorum"), page.integer("reachableSeeds")));
    }

    /**
     * By the page {@code /members} of a node.
     *
     * @throws WireException if it makes no sense
     */
    public void members(NodeModel node, JsonObject page) throws WireException {
        List<Member> list = new ArrayList<>();
        for (MembersAnswer.Member member : MembersAnswer.read(page).members()) {
            boolean isRemoved = member.isRemoved();
            NodeModel sight = isRemoved ? picture.includeOld(member.peer()) : picture.include(member.peer());
            // A removal is told by events as they happen; here it is for who has come later. Only seeds decide it for
            // all.
            if (sight != null && node.isSeed()) {
                picture.listed(sight, isRemoved);
            }
            member.signedBy().forEach(picture::include);
            list.add(new Member(member.peer(), member.state(), member.incarnation(), member.signedBy()));
        }
        if (node.isSeed() || node.index < LISTS_MAX) {
            listings.put(node, new Listing(picture.nowMicros(), list));
        }
    }

    /** By an event of a seed; in a recording there are no pages. */
    public void observe(NodeModel node, Event event) {
        if (event instanceof Lifecycle.SeedStarted(int seeds, int quorum, List<NodeId> members)) {
            electorates.put(node, new Electorate(seeds, quorum, seeds));
            list(node, members);
        } else if (event instanceof PeerListProtocol.ListChanged changed) {
            list(node, changed.members());
        }
    }

    /** Whom this node counts as a member, by what it has told or, in a recording, by how its life went. */
    public void list(NodeModel node, Collection<NodeId> members) {
        answered(node, true);
        listings.put(
                node,
                new Listing(
                        picture.nowMicros(),
                        members.stream()
                                .map(member -> new Member(member, "member", 0, List.of()))
                                .toList()));
    }

    boolean isReachable(NodeModel node) {
        return answering.contains(node) && node.isConnected();
    }

    /** The node's list, which has no lines as long as it is not known. */
    Listing of(NodeModel node) {
        return listings.getOrDefault(node, NONE);
    }

    @Nullable
    Electorate electorate(NodeModel seed) {
        return electorates.get(seed);
    }
}
