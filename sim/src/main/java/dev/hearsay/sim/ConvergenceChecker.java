package dev.hearsay.sim;

import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.state.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be true at last, once everything is healed. */
final class ConvergenceChecker {

    private final SimulationSpec spec;
    private final Hosts hosts;
    private final DeliveryChecker deliveryChecker;
    private final CommitChecker commitChecker;
    private final StateChecker stateChecker;
    private final @Nullable MembershipChecker membershipChecker;

    ConvergenceChecker(
            SimulationSpec spec,
            Hosts hosts,
            DeliveryChecker deliveryChecker,
            CommitChecker commitChecker,
            StateChecker stateChecker,
            @Nullable MembershipChecker membershipChecker) {
        this.commitChecker = commitChecker;
        this.stateChecker = stateChecker;
        this.spec = spec;
        this.hosts = hosts;
        this.deliveryChecker = deliveryChecker;
        this.membershipChecker = membershipChecker;
    }

    /** What is not true yet, as a sentence; null if all is. */
    @Nullable
    String findFault() {
        if (membershipChecker != null && !hosts.hasQuorum()) {
            return null; // Nobody can become a member, and so be told anything.
        }
        String missing = findMissing();
        if (missing == null) {
            missing = commitChecker.findFault();
        }
        if (missing == null) {
            missing = findDifferentState();
        }
        if (missing != null || spec.protocol().heartbeatNanos() == 0) {
            return missing;
        }
        String wrong = findOneSided();
        if (wrong == null) {
            wrong = findPieces();
        }
        if (wrong != null) {
            return wrong;
        }
        if (membershipChecker != null) {
            return membershipChecker.findFault(alive());
        }
        return hosts.up() < hosts.count() ? null : findUnneeded();
    }

    /** Nobody promises anything to who has a wrong clock. */
    private @Nullable String findDifferentState() {
        Node first = null;
        for (int i = 0; i < hosts.count(); i++) {
            Node node = hosts.find(i);
            if (node == null || !hosts.isClockRight(i)) {
                continue;
            }
            if (first != null && !compared(first, hosts.wallMicros(i)).equals(compared(node, hosts.wallMicros(i)))) {
                return first.self() + " and " + node.self() + " have different entries";
            }
            first = node;
        }
        return null;
    }

    /**
     * Deletions that look old are remembered by whoever had something to delete, and make no difference. What the stranger has
     * written is a deletion for some and a value for others, if it likes.
     */
    private List<Entry> compared(Node node, long wallMicros) {
        long sinceMicros = wallMicros - State.Settings.DEFAULT.deletionMicros();
        return node.state().entries().stream()
                .filter(entry -> entry.stamp().micros() >= sinceMicros
                        || (!entry.isDeletion() && !stateChecker.isForged(entry.stamp())))
                .toList();
    }

    private List<NodeId> alive() {
        List<NodeId> alive = new ArrayList<>();
        for (int i = 0; i < hosts.count(); i++) {
            if (hosts.isUp(i)) {
                alive.add(hosts.id(i));
            }
        }
        return alive;
    }

    /** When everybody is back there are no gaps, and no links that close any. */
    private @Nullable String findUnneeded() {
        for (int i = 0; i < hosts.count(); i++) {
            Node node = hosts.node(i);
            if (!node.neighbours().equals(hosts.neighboursAtStart(i))) {
                return node.self() + " has links to " + node.neighbours() + " instead of " + hosts.neighboursAtStart(i);
            }
        }
        return null;
    }

    private @Nullable String findMissing() {
        for (Tracked tracked : deliveryChecker.all()) {
            if (tracked.reached == hosts.up() || tracked.isContested) {
                String erased = findErased(tracked);
                if (erased != null) {
                    return erased;
                }
                continue;
            }
            if (tracked.reached > 0) {
                int without = firstWithout(tracked);
                return hosts.id(without) + " and " + (hosts.up() - tracked.reached - 1) + " others of " + hosts.up()
                        + " have not got " + tracked.rumor;
            }
            if (hosts.isUp(tracked.publisher) && !tracked.isDisowned) {
                return "nobody has " + tracked.rumor + ", not even its publisher, which lost no disk";
            }
        }
        return null;
    }

    /** Who has been told something keeps it: it is among those that retention lets it keep. */
    private @Nullable String findErased(Tracked tracked) {
        if (tracked.isContested || deliveryChecker.count() > spec.protocol().retain()) {
            return null;
        }
        for (int node = 0; node < hosts.count(); node++) {
            if (hosts.isUp(node) && hosts.node(node).log().find(tracked.rumor.id()) == null) {
                return hosts.id(node) + " has erased " + tracked.rumor;
            }
        }
        return null;
    }

    private int firstWithout(Tracked tracked) {
        int node = 0;
        while (!hosts.isUp(node) || tracked.holders.get(node)) {
            node++;
        }
        return node;
    }

    private @Nullable String findOneSided() {
        for (int i = 0; i < hosts.count(); i++) {
            Node node = hosts.find(i);
            if (node == null) {
                continue;
            }
            for (NodeId neighbour : node.neighbours()) {
                Node other = find(neighbour);
                if (other == null) {
                    return node.self() + " has a link to " + neighbour + ", which is down";
                }
                if (!other.neighbours().contains(node.self())) {
                    return node.self() + " has a link to " + neighbour + ", which has none to it";
                }
            }
        }
        return null;
    }

    /** The node of that name, if it is one that is up; a seed is none. */
    private @Nullable Node find(NodeId name) {
        int number = hosts.number(name);
        return number >= 0 && number < hosts.count() ? hosts.find(number) : null;
    }

    private @Nullable String findPieces() {
        boolean[] isReached = new boolean[hosts.count()];
        List<Node> frontier = new ArrayList<>();
        int reached = 0;
        for (int i = 0; i < hosts.count(); i++) {
            Node node = hosts.find(i);
            if (node == null || isReached[i]) {
                continue;
            }
            if (reached > 0) {
                return node.self() + " is not connected to the overlay of the " + reached + " nodes around the first";
            }
            isReached[i] = true;
            frontier.add(node);
            while (reached < frontier.size()) {
                for (NodeId neighbour : frontier.get(reached++).neighbours()) {
                    Node next = find(neighbour);
                    int number = hosts.number(neighbour);
                    if (next != null && !isReached[number]) {
                        isReached[number] = true;
                        frontier.add(next);
                    }
                }
            }
        }
        return null;
    }
}
