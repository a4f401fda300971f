package dev.hearsay.cli.check;

import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.live.node.LiveContext;
import dev.hearsay.wire.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Messages reach everybody once, are told apart by SHA-256, and no peer makes up more than ten. */
final class DisseminationStage implements Stage {

    static final int MESSAGES = 10;
    private static final int INTERVALS_AFTER = 5;

    @Override
    public String title() {
        return "Gossip dissemination";
    }

    @Override
    public Plan plan() {
        return new Plan(3, 5, MESSAGES);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("a message given to one peer reaches all", this::reachesAll),
                new Check("every peer makes up ten messages, and not one more", this::isCapped),
                new Check("a message reads <timestamp>:<IP>:<Port>:<Msg#>", this::isInForm),
                new Check("every peer has every message once; copies are dropped", this::isOnce),
                new Check("the same message sent twice is delivered once", this::isTold),
                new Check("it is forwarded: who heard it first passes it on to all others", this::isForwarded),
                new Check("a message whose SHA-256 does not match is refused", this::isGenuine));
    }

    private static List<String> texts(TestNetwork network, NodeId peer) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonObject message : network.messages(peer)) {
            texts.add(message.text("text"));
        }
        return texts;
    }

    private static String awaitEverywhere(TestNetwork network, String text) throws Exception {
        long startedNanos = System.nanoTime();
        return network.await(() -> {
            int reached = 0;
            long hops = 0;
            for (NodeId peer : network.peers()) {
                for (JsonObject message : network.messages(peer)) {
                    if (message.text("text").equals(text)) {
                        reached++;
                        hops = Math.max(hops, message.whole("hops"));
                    }
                }
            }
            int all = network.peers().size();
            CheckFailure.unless(reached == all, "'" + text + "' has reached " + reached + " of " + all);
            return "reached " + reached + " of " + all + " in " + TestNetwork.since(startedNanos) + ", at most " + hops
                    + " hops";
        });
    }

    private String reachesAll(TestNetwork network) throws Exception {
        network.publish(network.peer(1), "apple");
        return awaitEverywhere(network, "apple");
    }

    private static List<Integer> generated(TestNetwork network) {
        List<Integer> counts = new ArrayList<>();
        var all = network.events().of(GeneratorProtocol.Generated.class);
        for (NodeId peer : network.peers()) {
            counts.add(
                    (int) all.stream().filter(told -> told.node().equals(peer)).count());
        }
        return counts;
    }

    private String isCapped(TestNetwork network) throws Exception {
        network.await(() -> {
            List<Integer> counts = generated(network);
            CheckFailure.unless(counts.stream().allMatch(count -> count >= MESSAGES), "made up so far " + counts);
            return counts;
        });
        // Time for more, if there were to be more.
        long millis = INTERVALS_AFTER * TestNetwork.GOSSIP_NANOS / 1_000_000;
        network.pause(millis);
        List<Integer> counts = generated(network);
        CheckFailure.unless(counts.stream().allMatch(count -> count == MESSAGES), "made up " + counts);
        return "made up " + counts + " at one every " + TestNetwork.GOSSIP_NANOS / 1_000_000 + " ms, and none in the "
                + millis + " ms after";
    }

    private String isInForm(TestNetwork network) throws CheckFailure {
        var all = network.events().of(GeneratorProtocol.Generated.class);
        for (var told : all) {
            String text = told.event().text();
            String form =
                    "\\d+(\\.\\d+)?:\\Q" + told.node() + "\\E:" + told.event().number();
            CheckFailure.unless(text.matches(form), "'" + text + "' of " + told.node());
        }
        CheckFailure.unless(!all.isEmpty(), "there are no messages");
        return all.size() + " of " + all.size() + ", such as "
                + all.getFirst().event().text();
    }

    private String isOnce(TestNetwork network) throws Exception {
        int wanted = MESSAGES * network.peers().size() + 1;
        network.await(() -> {
            for (NodeId peer : network.peers()) {
                int found = network.messages(peer).size();
                CheckFailure.unless(found >= wanted, network.name(peer) + " has " + found + " of " + wanted);
            }
            return "";
        });
        for (NodeId peer : network.peers()) {
            List<String> texts = texts(network, peer);
            CheckFailure.unless(
                    texts.size() == wanted && new HashSet<>(texts).size() == wanted,
                    network.name(peer) + " has " + texts.size() + " messages, of which " + new HashSet<>(texts).size()
                            + " differ");
        }
        Set<String> seen = new HashSet<>();
        for (var told : network.events().of(RumorProtocol.Delivered.class)) {
            CheckFailure.unless(
                    seen.add(told.node() + " " + told.event().id()),
                    told.event().id().brief() + " was delivered twice at " + network.name(told.node()));
        }
        return wanted + " messages at each of " + network.peers().size() + " peers; " + seen.size() + " deliveries, "
                + network.events().of(RumorProtocol.Duplicate.class).size() + " copies dropped";
    }

    /** A member that a check speaks for. */
    private static HandmadePeer mouth(TestNetwork network) throws Exception {
        return network.stranger("mouth");
    }

    private static RumorProtocol.Gossip gossip(HandmadePeer stranger, long sequence, String text) {
        Rumor rumor = Rumor.of(
                LiveContext.newSha256(),
                new Origin(stranger.address(), 1),
                sequence,
                System.currentTimeMillis() * 1000,
                1,
                text.getBytes(StandardCharsets.UTF_8));
        return new RumorProtocol.Gossip(new RelayedRumor(rumor, 1, List.of(stranger.address())));
    }

    /** A peer takes messages of members only, and hears of a new one when it next asks a seed, or when the new one speaks to it. */
    private static void join(TestNetwork network, HandmadePeer stranger) throws Exception {
        Applications.register(network, stranger, 1, network.seeds());
        network.await(() -> {
            stranger.send(network.peer(1), new HeartbeatProtocol.Ping(1));
            String record = network.record(network.peer(1), stranger.address());
            CheckFailure.unless(record.equals("member 1"), "peer 1 has not heard of " + stranger.address());
            return "";
        });
    }

    private String isTold(TestNetwork network) throws Exception {
        HandmadePeer stranger = mouth(network);
        join(network, stranger);
        RumorProtocol.Gossip pear = gossip(stranger, 1, "pear");
        stranger.send(network.peer(1), pear, pear);
        stranger.send(network.peer(1), pear);
        return network.await(() -> {
            int copies = 0;
            for (var told : network.events().of(RumorProtocol.Duplicate.class)) {
                boolean isCopy = told.node().equals(network.peer(1))
                        && told.event().from().equals(stranger.address())
                        && told.event().id().equals(pear.carried().rumor().id());
                copies += isCopy ? 1 : 0;
            }
            long delivered = texts(network, network.peer(1)).stream()
                    .filter("pear"::equals)
                    .count();
            CheckFailure.unless(
                    delivered == 1 && copies == 2,
                    "sent three times, delivered " + delivered + " times, dropped " + copies + " times");
            return pear.carried().rumor().id().brief() + "… sent 3 times, delivered once, dropped twice";
        });
    }

    private String isForwarded(TestNetwork network) throws Exception {
        String reached = awaitEverywhere(network, "pear");
        for (NodeId peer : network.peers()) {
            long hops = 0;
            for (JsonObject message : network.messages(peer)) {
                hops = message.text("text").equals("pear") ? message.whole("hops") : hops;
            }
            CheckFailure.unless(
                    peer.equals(network.peer(1)) ? hops == 1 : hops >= 2,
                    network.name(peer) + " has it after " + hops + " hops");
        }
        return "given to peer 1 alone: " + reached;
    }

    private String isGenuine(TestNetwork network) throws Exception {
        HandmadePeer stranger = mouth(network);
        Rumor real = gossip(stranger, 2, "plum").carried().rumor();
        Rumor forged = new Rumor(
                real.id(),
                real.origin(),
                real.sequence(),
                real.createdMicros(),
                real.relays(),
                "prune".getBytes(StandardCharsets.UTF_8));
        stranger.send(
                network.peer(1), new RumorProtocol.Gossip(new RelayedRumor(forged, 1, List.of(stranger.address()))));
        String words = network.await(() -> network.events().of(Lifecycle.Refused.class).stream()
                .filter(told -> told.node().equals(network.peer(1)))
                .map(told -> told.event().reason())
                .filter(reason -> reason.contains("does not match its id"))
                .findFirst()
                .orElseThrow(() -> new CheckFailure("peer 1 has not refused it")));
        for (NodeId peer : network.peers()) {
            CheckFailure.unless(!texts(network, peer).contains("prune"), network.name(peer) + " has taken it");
        }
        return "peer 1 refuses " + words;
    }
}
