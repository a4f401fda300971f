package dev.hearsay.sim;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.membership.PeerList;
import dev.hearsay.core.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether all Peer Lists of a network with seeds are the same, and true. */
final class PeerListChecker {

    private PeerListChecker() {}

    /**
     * What is not so yet, as a sentence; null if all is. Without a peer to tell the seeds of the dead, nothing can be expected.
     *
     * @param alive the peers that are up, sorted
     */
    static @Nullable String findFault(Hosts hosts, List<NodeId> alive) {
        if (alive.isEmpty()) {
            return null;
        }
        PeerList first = null;
        for (int number = hosts.count(); number < hosts.all(); number++) {
            if (!hosts.isUp(number)) {
                continue;
            }
            PeerList list = hosts.seed(number).peerList();
            if (!list.members().equals(alive)) {
                return hosts.id(number) + " lists " + list.members() + " as members instead of " + alive;
            }
            if (first != null && first.hash() != list.hash()) {
                return hosts.id(number) + " has another list than the seeds before it";
            }
            first = list;
        }
        for (int number = 0; number < hosts.count(); number++) {
            Node node = hosts.find(number);
            if (node != null && !node.members().equals(alive)) {
                return hosts.id(number) + " knows " + node.members() + " as members instead of " + alive;
            }
        }
        return null;
    }
}
