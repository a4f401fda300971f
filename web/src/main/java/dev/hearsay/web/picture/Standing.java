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
        if (event instanceof Lifecycle.Events life) {
            observe(atMicros, node, life);
        } else if (event instanceof LinkProtocol.Events link) {
            observe(atMicros, node, link);
        } else if (event instanceof HeartbeatProtocol.Events heartbeat) {
            observe(atMicros, node, heartbeat);
        } else if (event instanceof MembershipProtocol.Events change) {
            boolean isRemoved = !(change instanceof MembershipProtocol.MemberAdded);
            judged(change.member(), atMicros, member -> member.isRemoved = isRemoved);
        } else if (event instanceof PeerListProtocol.ListChanged changed) {
            boolean isRemoved = changed.statement().change() == Change.REMOVE;
            judged(changed.statement().peer(), atMicros, member -> member.isRemoved = isRemoved);
        } else if (event instanceof RegistrationProtocol.Registered registered) {
            judged(registered.statement().peer(), atMicros, member -> member.isRemoved = false);
        } else if (event instanceof RegistrationProtocol.Applied applied) {
            // Seeds that have signed nothing yet are found by those who asked them.
            applied.seeds().forEach(picture::include);
        } else if (event instanceof VotingProtocol.VoteReceived vote) {
            picture.include(vote.seed());
        }
    }

    private void observe(long atMicros, NodeModel node, Lifecycle.Events event) {
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
            case Lifecycle.Departed _, Lifecycle.Stopped _ -> {
                node.hasEnded = true;
                picture.said(node, atMicros);
            }
        }
    }

    private void observe(long atMicros, NodeModel node, LinkProtocol.Events event) {
        switch (event) {
            case LinkProtocol.NeighboursDrawn drawn -> {
                drawn.neighbours().forEach(picture::include);
                links.replace(node, drawn.neighbours(), atMicros);
            }
            case LinkProtocol.LinkUp up -> {
                picture.include(up.neighbour());
                links.add(node, up.neighbour(), atMicros);
                trust(node, up.neighbour(), atMicros);
            }
            case LinkProtocol.LinkDown down -> links.remove(node, down.neighbour(), atMicros);
        }
    }

    private void observe(long atMicros, NodeModel node, HeartbeatProtocol.Events event) {
        switch (event) {
            case HeartbeatProtocol.Cleared _, HeartbeatProtocol.Reappeared _ ->
                trust(node, event.neighbour(), atMicros);
            case HeartbeatProtocol.Suspected suspected ->
                judged(suspected.neighbour(), atMicros, accused -> accused.suspectedBy.add(node.address));
            case HeartbeatProtocol.Silent silent ->
                judged(silent.neighbour(), atMicros, accused -> {
                    accused.suspectedBy.remove(node.address);
                    accused.givenUpBy.add(node.address);
                });
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
