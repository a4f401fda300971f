package dev.hearsay.live.node;

import dev.hearsay.core.Event;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.node.NodeSpec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;

/**
 * When a node can do its work: a node of a static network when it is linked to all its neighbours, or has given up those that it is not linked to;
 * a peer when the seeds have registered it and it has a neighbour, if there is another member; a seed at once. Used on the node's loop only.
 */
final class Readiness {

    private final Promise<Void> promise = Promise.promise();
    private final Set<NodeId> unlinked;
    private boolean isUnregistered;
    private boolean isAlone;
    private boolean hasBegun;

    private Readiness(Set<NodeId> unlinked, boolean isUnregistered) {
        this.unlinked = unlinked;
        this.isUnregistered = isUnregistered;
        this.isAlone = isUnregistered;
    }

    static Readiness of(MachineSpec spec) {
        return switch (spec) {
            case MachineSpec.Deciding seed -> new Readiness(new HashSet<>(0), false);
            case MachineSpec.Gossiping node ->
                new Readiness(
                        new HashSet<>(node.neighbours()),
                        node.spec().membership() instanceof NodeSpec.Membership.Seeded);
        };
    }

    Future<Void> future() {
        return promise.future();
    }

    boolean isReady() {
        return promise.future().isComplete();
    }

    void began() {
        hasBegun = true;
        completeIfReady();
    }

    void linked(NodeId to) {
        if (unlinked.remove(to)) {
            completeIfReady();
        }
    }

    void heard(Event event) {
        if (event instanceof LinkProtocol.LinkDown down) {
            linked(down.neighbour());
        } else if (event instanceof RegistrationProtocol.Registered) {
            isUnregistered = false;
            completeIfReady();
        } else if (event instanceof LinkProtocol.LinkUp
                || (event instanceof PeerListProtocol.PeerListReceived received && received.members() <= 1)) {
            isAlone = false;
            completeIfReady();
        }
    }

    private void completeIfReady() {
        if (hasBegun && unlinked.isEmpty() && !isUnregistered && !isAlone) {
            promise.tryComplete();
        }
    }

    void fail(String reason) {
        promise.tryFail(reason);
    }
}
