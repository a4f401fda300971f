package dev.hearsay.cli.check;

import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.NodeId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the peers' draws have made of the Peer List: enough neighbours, mutual links, and a way from everybody to everybody. */
final class OverlayStage implements Stage {

    @Override
    public String title() {
        return "Overlay formation";
    }

    @Override
    public Plan plan() {
        // That of the next stage, so that one network serves both.
        return new Plan(3, 5, DisseminationStage.MESSAGES);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("every peer has ⌊n/2⌋+1 neighbours, or more as links are mutual", this::hasNeighbours),
                new Check("neighbours are drawn from the Peer List, none twice, nobody itself", this::isDrawn),
                new Check("every link is known at both ends", this::isMutual),
                new Check("every peer can be reached from every other", this::isConnected),
                new Check("the loss of any one peer cuts off nobody", this::isRedundant));
    }

    private static Map<NodeId, List<NodeId>> links(TestNetwork network) throws Exception {
        Map<NodeId, List<NodeId>> links = new LinkedHashMap<>();
        for (NodeId peer : network.peers()) {
            links.put(peer, network.neighbours(peer));
        }
        return links;
    }

    private String hasNeighbours(TestNetwork network) throws Exception {
        int peers = network.peers().size();
        int wanted = Math.min(peers / 2 + 1, peers - 1);
        return network.await(() -> {
            Map<NodeId, List<NodeId>> links = links(network);
            List<Integer> degrees = links.values().stream().map(List::size).toList();
            CheckFailure.unless(
                    degrees.stream().allMatch(degree -> degree >= wanted),
                    "neighbours per peer " + degrees + ", not " + wanted + " or more");
            return "n = " + peers + ", wanted " + wanted + ", neighbours per peer " + degrees;
        });
    }

    private String isDrawn(TestNetwork network) throws Exception {
        return network.await(() -> {
            int drawn = 0;
            Set<NodeId> drawers = new LinkedHashSet<>();
            for (var told : network.events().of(LinkProtocol.NeighboursDrawn.class)) {
                List<NodeId> picks = told.event().neighbours();
                CheckFailure.unless(
                        network.peers().containsAll(picks)
                                && !picks.contains(told.node())
                                && new LinkedHashSet<>(picks).size() == picks.size(),
                        network.name(told.node()) + " drew " + picks);
                drawers.add(told.node());
                drawn += picks.size();
            }
            CheckFailure.unless(drawn > 0, "nobody has drawn anybody");
            return drawers.size() + " peers drew " + drawn + " neighbours; the others were drawn by them";
        });
    }

    private String isMutual(TestNetwork network) throws Exception {
        return network.await(() -> {
            Map<NodeId, List<NodeId>> links = links(network);
            int ends = 0;
            for (Map.Entry<NodeId, List<NodeId>> entry : links.entrySet()) {
                for (NodeId neighbour : entry.getValue()) {
                    CheckFailure.unless(
                            links.getOrDefault(neighbour, List.of()).contains(entry.getKey()),
                            network.name(entry.getKey()) + " is linked to " + network.name(neighbour)
                                    + ", which does not know it");
                    ends++;
                }
            }
            return ends / 2 + " links, each known at both ends";
        });
    }

    private String isConnected(TestNetwork network) throws Exception {
        Map<NodeId, List<NodeId>> links = links(network);
        int farthest = 0;
        for (NodeId peer : links.keySet()) {
            Map<NodeId, Integer> hops = hops(links, peer, null);
            CheckFailure.unless(
                    hops.size() == links.size(),
                    "from " + network.name(peer) + " only " + hops.size() + " of " + links.size() + " can be reached");
            farthest = Math.max(
                    farthest, hops.values().stream().max(Integer::compare).orElse(0));
        }
        return links.size() + " of " + links.size() + " from every peer, at most " + farthest + " hops";
    }

    private String isRedundant(TestNetwork network) throws Exception {
        Map<NodeId, List<NodeId>> links = links(network);
        for (NodeId lost : links.keySet()) {
            NodeId start = links.keySet().stream()
                    .filter(peer -> !peer.equals(lost))
                    .findFirst()
                    .orElseThrow();
            int reached = hops(links, start, lost).size();
            CheckFailure.unless(
                    reached == links.size() - 1,
                    "without " + network.name(lost) + " only " + reached + " of " + (links.size() - 1)
                            + " hang together");
        }
        return "without any one of " + links.size() + " the other " + (links.size() - 1) + " hang together";
    }

    /** How far it is from one peer to each that can be reached, without passing through another. */
    private static Map<NodeId, Integer> hops(Map<NodeId, List<NodeId>> links, NodeId from, @Nullable NodeId without) {
        Map<NodeId, Integer> hops = new LinkedHashMap<>();
        hops.put(from, 0);
        Deque<NodeId> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            NodeId next = open.removeFirst();
            for (NodeId neighbour : links.getOrDefault(next, List.of())) {
                if (!neighbour.equals(without) && !hops.containsKey(neighbour)) {
                    hops.put(neighbour, hops.getOrDefault(next, 0) + 1);
                    open.addLast(neighbour);
                }
            }
        }
        return hops;
    }
}
