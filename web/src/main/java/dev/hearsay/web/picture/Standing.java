package dev.hearsay.web.picture;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.Statement.Change;
import java.util.function.Consumer;

/** What signals say of nodes: that they run or have ended, who suspects them, whether they are members, to whom they are linked. */
final class Standing {

    private final NetworkPicture picture;
    private final Links links;

    Standing(NetworkPicture picture, Links links) {
        this.picture = picture;
        this.links = links;
    }

    void observe(long atMicros, NodeSight node, Signal signal) {
        switch (signal) {
            case Signal.Started started -> {
                begun(node, atMicros);
                started.neighbours().forEach(picture::include);
                links.replace(node, started.neighbours(), atMicros);
            }
            case Signal.SeedStarted started -> {
                begun(node, atMicros);
                started.members().forEach(picture::include);
            }
            case Signal.NeighboursDrawn drawn -> {
                drawn.neighbours().forEach(picture::include);
                links.replace(node, drawn.neighbours(), atMicros);
            }
            case Signal.Departed s -> ended(node, atMicros);
            case Signal.Stopped s -> ended(node, atMicros);
            case Signal.LinkUp up -> {
                picture.include(up.neighbour());
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
        picture.said(node, atMicros);
        for (NodeSight other : picture.nodes()) {
            boolean wasSuspected = other.suspectedBy.remove(node.address);
            if (other.givenUpBy.remove(node.address) || wasSuspected) {
                picture.said(other, atMicros);
            }
        }
    }

    private void ended(NodeSight node, long atMicros) {
        node.hasEnded = true;
        picture.said(node, atMicros);
    }

    private void trust(NodeSight node, NodeId neighbour, long atMicros) {
        judged(neighbour, atMicros, trusted -> {
            trusted.suspectedBy.remove(node.address);
            trusted.givenUpBy.remove(node.address);
        });
    }

    /** Somebody speaks of that node; of one that is not kept, as there are too many, in vain. */
    private void judged(NodeId address, long atMicros, Consumer<NodeSight> change) {
        NodeSight node = picture.include(address);
        if (node != null) {
            change.accept(node);
            picture.said(node, atMicros);
        }
    }
}
