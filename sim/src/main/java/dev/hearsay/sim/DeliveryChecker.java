package dev.hearsay.sim;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.AntiEntropyProtocol.Holding;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.math.Ranges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The truth about all rumors, which no node knows: which were published, who has them, what they cost. It checks on every
 * entry that no node breaks an invariant.
 */
final class DeliveryChecker {

    private final Hosts hosts;
    private final double loss;
    private final boolean isTalkedTo;
    private final Random64 random;
    private final Map<RumorId, Tracked> byId = new HashMap<>();
    private final Map<Origin, Map<Long, Tracked>> byNumber = new HashMap<>();
    private final List<Tracked> all = new ArrayList<>();

    /** What the stranger has said, and nobody else. */
    private final List<Tracked> forged = new ArrayList<>();

    private final Map<Origin, Ranges> forgedNumbers = new HashMap<>();
    private @Nullable Tracked latest;
    private int incomplete;
    private long eagerPending;
    private long controlMessages;

    /**
     * An empty ledger.
     *
     * @param random for what is measured; nothing that happens hangs on it
     */
    DeliveryChecker(SimulationSpec spec, Hosts hosts, Random64 random) {
        this.hosts = hosts;
        this.loss = spec.network().loss();
        this.isTalkedTo = spec.hasStranger();
        this.random = random;
    }

    /** All rumors that have been accepted or may yet be, in the order in which they were published. */
    List<Tracked> all() {
        return all;
    }

    /** Those whose numbers the stranger has not given to something else. */
    List<Tracked> measured() {
        return all.stream().filter(tracked -> !tracked.isContested).toList();
    }

    void eachDelivery(Deliveries deliveries) {
        List<Tracked> rumors = measured();
        for (int rumor = 0; rumor < rumors.size(); rumor++) {
            rumors.get(rumor).each(rumor, deliveries);
        }
    }

    /** How many there are, those of the stranger included. */
    int count() {
        return all.size() + forged.size();
    }

    private @Nullable Tracked find(RumorId id) {
        Tracked last = latest;
        if (last != null && last.rumor.id().equals(id)) {
            return last;
        }
        Tracked found = byId.get(id);
        latest = found;
        return found;
    }

    private Tracked known(int node, RumorId id, String deed) {
        Tracked found = find(id);
        if (found == null) {
            throw new BrokenInvariant(hosts.id(node) + " " + deed + " " + id.brief() + ", which was never published");
        }
        return found;
    }

    // --- What nodes do -------------------------------------------------------------------------------------------

    /** A node has saved a rumor of its own. */
    void saved(long nowNanos, int node, Rumor rumor) {
        Origin origin = rumor.origin();
        Tracked known = byId.get(rumor.id());
        if (known != null && !known.isForged) {
            throw new BrokenInvariant(hosts.id(node) + " has published " + rumor + " twice");
        }
        if (!origin.node().equals(hosts.id(node)) && !rumor.isVersion()) {
            throw new BrokenInvariant(hosts.id(node) + " has published " + rumor + " in another's name");
        }
        Tracked tracked = new Tracked(rumor, node, nowNanos, hosts.count(), eagerReach(node));
        if (known != null) {
            tracked.takeOver(known);
            forged.remove(known);
        } else {
            tracked.isContested = isForged(origin, rumor.sequence());
        }
        Tracked other = byNumber.computeIfAbsent(origin, o -> new HashMap<>()).putIfAbsent(rumor.sequence(), tracked);
        if (other != null) {
            throw new BrokenInvariant(hosts.id(node) + " has given number " + rumor.sequence() + " to " + rumor
                    + " though it was that of " + other.rumor);
        }
        byId.put(rumor.id(), tracked);
        all.add(tracked);
        incomplete++;
        refresh(tracked);
    }

    /** The fact of a rumor is durable: from now on its publisher may be told, and others may hear of it. */
    void accepted(Rumor rumor) {
        Tracked tracked = find(rumor.id());
        if (tracked != null) {
            tracked.isAccepted = true;
        }
    }

    /** Whoever published a rumor is told that it is accepted. */
    void answered(int node, RumorId id) {
        Tracked tracked = find(id);
        if (tracked == null || !tracked.isAccepted) {
            throw new BrokenInvariant(hosts.id(node) + " has told the publisher of " + id.brief()
                    + " that it is accepted before it was durable");
        }
    }

    /** A rumor was lost before its publisher could be told that it was accepted; it never was. */
    void lost(Rumor rumor) {
        Tracked tracked = find(rumor.id());
        if (tracked == null || tracked.isAccepted) {
            throw new BrokenInvariant(rumor + " was accepted, and the crash of its publisher has lost it");
        }
        byId.remove(rumor.id());
        Map<Long, Tracked> numbers = byNumber.get(rumor.origin());
        if (numbers != null) {
            numbers.remove(rumor.sequence());
        }
        all.remove(tracked);
        if (tracked.wasForged) {
            forge(rumor);
        }
        latest = null;
        if (!tracked.isComplete) {
            incomplete--;
        }
    }

    void told(long nowNanos, int node, RumorProtocol.Published published) {
        if (known(node, published.id(), "has published without saving it").publisher != node) {
            throw new BrokenInvariant(hosts.id(node) + " has published what is not its own");
        }
    }

    void told(long nowNanos, int node, RumorProtocol.Delivered delivered) {
        Tracked tracked = known(node, delivered.id(), "has delivered");
        if (tracked.holders.get(node)) {
            throw new BrokenInvariant(hosts.id(node) + " has delivered " + tracked.rumor + " twice");
        }
        tracked.holders.set(node);
        if (tracked.isForged) {
            return;
        }
        tracked.reached++;
        tracked.delivered(node, delivered.hops(), nowNanos);
        refresh(tracked);
        int from = hosts.number(delivered.from());
        boolean isOfChain = delivered.way() == RumorProtocol.Way.EAGER && from >= 0 && tracked.eager.hasReached(from);
        if (!isOfChain) {
            tracked.eager.turned(node, from, numbers(hosts.node(node).neighbours()));
        }
    }

    void told(int node, RumorProtocol.Relayed relayed) {
        Tracked tracked = find(relayed.id());
        if (tracked != null && tracked.eager.isTurned(node)) {
            tracked.eager.relayed(node, numbers(relayed.to()));
        }
    }

    private int[] numbers(List<NodeId> nodes) {
        return nodes.stream()
                .mapToInt(hosts::number)
                .filter(number -> number >= 0)
                .toArray();
    }

    private EagerReach eagerReach(int publisher) {
        return new EagerReach(hosts.count(), publisher, loss, random);
    }

    void told(int node, RumorProtocol.Duplicate duplicate) {
        if (isTalkedTo && find(duplicate.id()) == null) {
            return; // What is not genuine need not even be looked at where its number is known.
        }
        known(node, duplicate.id(), "has been sent").duplicates++;
    }

    /** A message leaves a node. */
    void leaves(int from, Message message) {
        if (message instanceof RumorProtocol.Messages rumor) {
            switch (rumor) {
                case RumorProtocol.Gossip gossip ->
                    leaves(from, gossip.carried().rumor());
            }
        } else if (message instanceof AntiEntropyProtocol.Repair repair) {
            for (int i = 0; i < repair.rumors().size(); i++) {
                leaves(from, repair.rumors().get(i).rumor());
            }
        } else {
            controlMessages++;
            if (message instanceof AntiEntropyProtocol.Digest digest) {
                digest.holdings().forEach(holding -> leaves(from, holding));
            }
        }
    }

    private void leaves(int from, Rumor rumor) {
        Tracked tracked = known(from, rumor.id(), "has sent");
        if (!tracked.isAccepted) {
            throw new BrokenInvariant(hosts.id(from) + " has sent " + rumor + " before it was durable");
        }
        tracked.payloadMessages++;
    }

    private void leaves(int from, Holding holding) {
        Map<Long, Tracked> numbers = byNumber.get(holding.origin());
        long largest = Math.max(holding.seen().max(), holding.gone().max());
        Tracked last = numbers == null ? null : numbers.get(largest);
        boolean isKnown = last == null ? isForged(holding.origin(), largest) : last.isAccepted;
        if (!isKnown) {
            throw new BrokenInvariant(hosts.id(from) + " claims to have seen " + holding.seen() + " of "
                    + holding.origin().node() + ", the last of which is not durable");
        }
    }

    /** The stranger says this; what of it is new, and would be taken for genuine, is not judged. */
    void forged(Message message) {
        if (message instanceof RumorProtocol.Gossip gossip) {
            forge(gossip.carried().rumor());
        } else if (message instanceof AntiEntropyProtocol.Repair repair) {
            repair.rumors().forEach(one -> forge(one.rumor()));
        }
    }

    private void forge(Rumor rumor) {
        if (byId.containsKey(rumor.id()) || !rumor.isGenuine(Hosts.HASH)) {
            return;
        }
        Tracked tracked = Tracked.forged(rumor, hosts.count(), eagerReach(-1));
        byId.put(rumor.id(), tracked);
        forged.add(tracked);
        latest = null;
        forgedNumbers.computeIfAbsent(rumor.origin(), o -> new Ranges()).add(rumor.sequence());
        Map<Long, Tracked> numbers = byNumber.get(rumor.origin());
        Tracked other = numbers == null ? null : numbers.get(rumor.sequence());
        if (other != null) {
            other.isContested = true;
            refresh(other);
        }
    }

    private boolean isForged(Origin origin, long sequence) {
        Ranges numbers = forgedNumbers.get(origin);
        return numbers != null && numbers.contains(sequence);
    }

    /** A copy that was passed on eagerly has come to a node. */
    void arrived(int from, int to, Rumor rumor) {
        Tracked tracked = find(rumor.id());
        if (tracked != null && !tracked.isForged) {
            tracked.eager.arrived(from, to);
        }
    }

    // --- What happens to nodes -----------------------------------------------------------------------------------

    /** A node is down; to be called when it no longer counts as up. */
    void crashed(int node, boolean isDiskLost) {
        for (Tracked tracked : all) {
            if (tracked.holders.get(node)) {
                tracked.holders.clear(node);
                tracked.reached--;
            }
            tracked.isDisowned |= isDiskLost && tracked.publisher == node;
            refresh(tracked);
        }
        forged.forEach(tracked -> tracked.holders.clear(node));
    }

    /** A node has started again, with whatever it remembers. */
    void restarted(int node) {
        for (Tracked tracked : all) {
            Rumor rumor = tracked.rumor;
            if (hosts.node(node).log().hasSeen(rumor.origin(), rumor.sequence())) {
                tracked.holders.set(node);
                tracked.reached++;
            } else if (tracked.publisher == node && tracked.isAccepted && !tracked.isDisowned) {
                throw new BrokenInvariant(hosts.id(node) + " has forgotten its own " + rumor + " in a crash");
            } else {
                tracked.eager.forgotten(node);
            }
            refresh(tracked);
        }
        for (Tracked tracked : forged) {
            tracked.holders.set(node, hosts.node(node).log().find(tracked.rumor.id()) != null);
        }
    }

    private void refresh(Tracked tracked) {
        boolean isComplete = tracked.reached == hosts.up() || tracked.reached == 0 || tracked.isContested;
        if (isComplete != tracked.isComplete) {
            tracked.isComplete = isComplete;
            incomplete += isComplete ? -1 : 1;
        }
    }

    // --- What is on its way --------------------------------------------------------------------------------------

    /** So many copies or repetitions of eager spreading are under way more, or less. */
    void eagerPending(int change) {
        eagerPending += change;
    }

    /** Nothing is being passed on eagerly. */
    boolean isSilent() {
        return eagerPending == 0;
    }

    /** Every node that is up has every rumor, but those that nobody has. */
    boolean isEverywhere() {
        return incomplete == 0;
    }

    /** The fraction of (live node, rumor) pairs that are there, over the rumors published so far. */
    double coverage() {
        long reached = 0;
        for (Tracked tracked : all) {
            reached += tracked.reached;
        }
        long wanted = (long) all.size() * hosts.up();
        return wanted == 0 ? 0 : (double) reached / wanted;
    }

    long controlMessages() {
        return controlMessages;
    }
}
