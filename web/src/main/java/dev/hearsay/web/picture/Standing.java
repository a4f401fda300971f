package dev.hearsay.web.picture;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement.Change;
import java.util.function.Consumer;

/** What events say of nodes: that they run or have ended, who suspects them, whether they are members, to whom they are linked. */
final class Standing {

    private final NetworkModel picture;
    private final LinkModel links;

    Standing(NetworkModel picture, LinkModel links) {
        this.picture = picture;
        this.links = links;
    }

    void observe(long atMicros, NodeModel node, Event event) {
        switch (event) {
            case Event.Started started -> {
                begun(node, atMicros);
                started.neighbours().forEach(picture::include);
                links.replace(node, started.neighbours(), atMicros);
            }
            case Event.SeedStarted started -> {
                begun(node, atMicros);
                started.members().forEach(picture::include);
            }
            // Seeds that have signed nothing yet are found by those who asked them.
            case Event.Applied applied -> applied.seeds().forEach(picture::include);
            case Event.VoteReceived vote -> picture.include(vote.seed());
            case Event.NeighboursDrawn drawn -> {
                drawn.neighbours().forEach(picture::include);
                links.replace(node, drawn.neighbours(), atMicros);
            }
            case Event.Departed s -> ended(node, atMicros);
            case Event.Stopped s -> ended(node, atMicros);
            case Event.LinkUp up -> {
                picture.include(up.neighbour());
                links.add(node, up.neighbour(), atMicros);
                trust(node, up.neighbour(), atMicros);
            }
            case Event.LinkDown down -> links.remove(node, down.neighbour(), atMicros);
            case Event.Cleared cleared -> trust(node, cleared.neighbour(), atMicros);
            case Event.Reappeared reappeared -> trust(node, reappeared.neighbour(), atMicros);
            case Event.Suspected suspected ->
                judged(suspected.neighbour(), atMicros, accused -> accused.suspectedBy.add(node.address));
            case Event.Silent silent ->
                judged(silent.neighbour(), atMicros, accused -> {
                    accused.suspectedBy.remove(node.address);
                    accused.givenUpBy.add(node.address);
                });
            case Event.MemberAdded added -> judged(added.member(), atMicros, member -> member.isRemoved = false);
            case Event.Registered registered ->
                judged(registered.statement().peer(), atMicros, member -> member.isRemoved = false);
            case Event.MemberDismissed dismissed ->
                judged(dismissed.member(), atMicros, member -> member.isRemoved = true);
            case Event.MemberRemoved removed -> judged(removed.member(), atMicros, member -> member.isRemoved = true);
            case Event.ListChanged changed -> {
                boolean isRemoved = changed.statement().change() == Change.REMOVE;
                judged(changed.statement().peer(), atMicros, member -> member.isRemoved = isRemoved);
            }
            default -> {}
        }
    }

    private void begun(NodeModel node, long atMicros) {
        node.hasEnded = false;
        node.suspectedBy.clear();
        node.givenUpBy.clear();
        picture.said(node, atMicros);
        for (NodeModel other : picture.nodes()) {
            boolean wasSuspected = other.suspectedBy.remove(node.address);
            if (other.givenUpBy.remove(node.address) || wasSuspected) {
                picture.said(other, atMicros);
            }
        }
    }

    private void ended(NodeModel node, long atMicros) {
        node.hasEnded = true;
        picture.said(node, atMicros);
    }

    private void trust(NodeModel node, NodeId neighbour, long atMicros) {
        judged(neighbour, atMicros, trusted -> {
            trusted.suspectedBy.remove(node.address);
            trusted.givenUpBy.remove(node.address);
        });
    }

    /** Somebody speaks of that node; of one that is not kept, as there are too many, in vain. */
    private void judged(NodeId address, long atMicros, Consumer<NodeModel> change) {
        NodeModel node = picture.include(address);
        if (node != null) {
            change.accept(node);
            picture.said(node, atMicros);
        }
    }
}
