package dev.hearsay.wire;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.math.Ranges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Messages and events of every kind, drawn from a random seed. */
final class RandomMessages {

    static final int MESSAGE_KINDS = 14 + RandomMembership.MESSAGE_KINDS;
    static final int SIGNAL_KINDS = 26 + RandomMembership.SIGNAL_KINDS;

    private static final String[] HOSTS = {"127.0.0.1", "localhost", "::1", "fe80::1", "node-7.example.org"};
    private static final String[] TEXTS = {
        "",
        "apple",
        "Grüße, 世界 🎉",
        "\"quoted\" \\ and\nbroken\tlines\r",
        "\u0000\u0001\u001f",
        "</script>",
        "a".repeat(5000)
    };

    private final Random64 random;
    private final RandomMembership membership;

    RandomMessages(long randomSeed) {
        random = new Random64(randomSeed);
        membership = new RandomMembership(random, this);
    }

    Message message(int kind) {
        return switch (kind) {
            case 0 -> new RumorProtocol.Gossip(carried());
            case 1 ->
                new AntiEntropyProtocol.Summary(
                        random.nextLong(),
                        random.nextInt(2) * random.nextLong(),
                        random.nextLong(),
                        random.nextInt(2) * random.nextLong());
            case 2 ->
                new AntiEntropyProtocol.Digest(
                        list(() -> new AntiEntropyProtocol.Holding(
                                origin(), 1 + random.nextInt(9), ranges(), flag() ? ranges() : new Ranges())),
                        flag() ? AntiEntropyProtocol.Digest.ALL : random.nextLong(),
                        list(random::nextLong),
                        random.nextInt(2) * random.nextLong());
            case 3 -> new AntiEntropyProtocol.Pull(list(() -> new AntiEntropyProtocol.Want(origin(), ranges())));
            case 4 -> new AntiEntropyProtocol.Repair(list(this::carried), flag());
            case 5 -> new LinkProtocol.Link(list(this::node), flag(), flag());
            case 6 -> new LinkProtocol.Leave();
            case 7 -> new HeartbeatProtocol.Ping(random.nextLong());
            case 8 -> new HeartbeatProtocol.Pong(random.nextLong(), flag() ? membership.signature() : null);
            case 9 ->
                new CommitProtocol.Versions(
                        list(() ->
                                new CommitProtocol.Report(ranges(), list(this::node), flag() ? attestation() : null)),
                        flag());
            case 10 -> new StateProtocol.StateBuckets(list(random::nextLong));
            case 11 ->
                new StateProtocol.StateDigest(
                        random.nextLong(),
                        oneOf(TEXTS),
                        oneOf(TEXTS),
                        list(() -> new StateProtocol.Stamped(oneOf(TEXTS), stamp())));
            case 13 ->
                new CommitProtocol.VersionNews(
                        random.nextLong(), list(() -> new CommitProtocol.Tally(ranges(), positions())), flag());
            case 12 -> new StateProtocol.Entries(list(this::entry), list(() -> oneOf(TEXTS)), flag());
            default -> membership.message(kind - 14);
        };
    }

    Event event(int kind) {
        return switch (kind) {
            case 0 -> new Lifecycle.Started(list(this::node), random.nextInt(100));
            case 1 -> new Lifecycle.Departed();
            case 2 -> new Lifecycle.Stopped();
            case 3 -> new RumorProtocol.Published(id(), 1 + random.nextInt(99), random.nextInt(1000));
            case 4 ->
                new RumorProtocol.Delivered(
                        id(), node(), node(), 1, list(this::node), oneOf(RumorProtocol.Way.values()));
            case 5 -> new RumorProtocol.Duplicate(id(), node(), 1 + random.nextInt(9));
            case 6 -> new RumorProtocol.Relayed(id(), list(this::node), 1 + random.nextInt(9));
            case 7 -> new Lifecycle.Refused(oneOf(TEXTS));
            case 8 -> new RumorProtocol.Forgotten(random.nextInt(100));
            case 9 -> new AntiEntropyProtocol.Differed(node());
            case 10 -> new RumorProtocol.Converged(id(), 16, random.nextLong() >>> 8, random.nextInt(100));
            case 11 -> new Lifecycle.Overflowed(node(), random.nextLong() >>> 8);
            case 12 -> new MembershipProtocol.MemberAdded(node());
            case 13 -> new LinkProtocol.LinkUp(node(), oneOf(LinkProtocol.LinkReason.values()));
            case 14 -> new LinkProtocol.LinkDown(node(), oneOf(LinkProtocol.LinkLoss.values()));
            case 15 -> new HeartbeatProtocol.Suspected(node(), random.nextInt(9));
            case 16 -> new HeartbeatProtocol.Cleared(node());
            case 17 -> new HeartbeatProtocol.Silent(node());
            case 18 -> new HeartbeatProtocol.Reappeared(node());
            case 19 -> new MembershipProtocol.MemberDismissed(node());
            case 20 -> new CommitProtocol.Committed(ranges(), 1 + random.nextInt(9));
            case 21 -> new StateProtocol.Written(oneOf(TEXTS), stamp(), flag());
            case 22 -> new StateProtocol.EntryReceived(oneOf(TEXTS), stamp(), flag(), node());
            case 23 -> new Lifecycle.FaultBegan("f1", oneOf(TEXTS), random.nextLong() >>> 8);
            case 24 -> new Lifecycle.FaultEnded("f1", oneOf(TEXTS));
            case 25 -> new AntiEntropyProtocol.OwnLost(node(), random.nextLong() >>> 8, random.nextInt(9));
            default -> membership.event(kind - 26);
        };
    }

    NodeId node() {
        return new NodeId(oneOf(HOSTS), 1 + random.nextInt(65535));
    }

    RelayedRumor carried() {
        Rumor rumor = new Rumor(
                id(),
                origin(),
                1 + (random.nextLong() >>> (1 + random.nextInt(62))),
                random.nextLong(),
                1 + random.nextInt(100),
                payload());
        return new RelayedRumor(rumor, 1 + random.nextInt(20), list(this::node));
    }

    private byte[] payload() {
        if (flag()) {
            return oneOf(TEXTS).getBytes(StandardCharsets.UTF_8);
        }
        byte[] payload = new byte[random.nextInt(200)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) random.nextInt(256);
        }
        return payload;
    }

    private Stamp stamp() {
        return new Stamp(random.nextLong() >>> 1, random.nextInt(9), node());
    }

    Entry entry() {
        return new Entry(oneOf(TEXTS), flag() ? payload() : null, stamp());
    }

    Origin origin() {
        return new Origin(node(), random.nextLong());
    }

    RumorId id() {
        return new RumorId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    Ranges ranges() {
        Ranges ranges = new Ranges();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            long first = 1L + random.nextInt(1000);
            ranges.add(first, first + random.nextInt(20));
        }
        return ranges;
    }

    private Ranges positions() {
        Ranges positions = new Ranges();
        for (int i = random.nextInt(200); i > 0; i--) {
            positions.add(1L + random.nextInt(1000));
        }
        return positions;
    }

    boolean flag() {
        return random.nextInt(2) == 0;
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    <T> List<T> list(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            items.add(item.get());
        }
        return items;
    }

    private CommitProtocol.Attestation attestation() {
        return new CommitProtocol.Attestation(1 + random.nextLong(Long.MAX_VALUE), membership.signature());
    }
}
