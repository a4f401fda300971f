package dev.hearsay.web.picture;

import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.VotingProtocol;
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
            case Lifecycle.Started started -> {
                begun(node, atMicros);
                started.neighbours().forEach(picture::include);
                links.replace(node, started.neighbours(), atMicros);
            }
            case Lifecycle.SeedStarted started -> {
                begun(node, atMicros);
                started.members().forEach(picture::include);
            }
            // Seeds that have signed nothing yet are found by those who asked them.
            case RegistrationProtocol.Applied applied -> applied.seeds().forEach(picture::include);
            case VotingProtocol.VoteReceived vote -> picture.include(vote.seed());
            case LinkProtocol.NeighboursDrawn drawn -> {
                drawn.neighbours().forEach(picture::include);
                links.replace(node, drawn.neighbours(), atMicros);
            }
            case Lifecycle.Departed s -> ended(node, atMicros);
            case Lifecycle.Stopped s -> ended(node, atMicros);
            case LinkProtocol.LinkUp up -> {
                picture.include(up.neighbour());
                links.add(node, up.neighbour(), atMicros);
                trust(node, up.neighbour(), atMicros);
            }
            case LinkProtocol.LinkDown down -> links.remove(node, down.neighbour(), atMicros);
            case HeartbeatProtocol.Cleared cleared -> trust(node, cleared.neighbour(), atMicros);
            case HeartbeatProtocol.Reappeared reappeared -> trust(node, reappeared.neighbour(), atMicros);
            case HeartbeatProtocol.Suspected suspected ->
                judged(suspected.neighbour(), atMicros, accused -> accused.suspectedBy.add(node.address));
            case HeartbeatProtocol.Silent silent ->
                judged(silent.neighbour(), atMicros, accused -> {
                    accused.suspectedBy.remove(node.address);
                    accused.givenUpBy.add(node.address);
                });
            case MembershipProtocol.MemberAdded added ->
                judged(added.member(), atMicros, member -> member.isRemoved = false);
            case RegistrationProtocol.Registered registered ->
                judged(registered.statement().peer(), atMicros, member -> member.isRemoved = false);
            case MembershipProtocol.MemberDismissed dismissed ->
                judged(dismissed.member(), atMicros, member -> member.isRemoved = true);
            case MembershipProtocol.MemberRemoved removed ->
                judged(removed.member(), atMicros, member -> member.isRemoved = true);
            case PeerListProtocol.ListChanged changed -> {
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
