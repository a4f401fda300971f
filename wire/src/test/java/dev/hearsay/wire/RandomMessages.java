package dev.hearsay.wire;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Stamp;
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
            case 0 -> new Message.Gossip(carried());
            case 1 ->
                new Message.Summary(
                        random.nextLong(),
                        random.nextInt(2) * random.nextLong(),
                        random.nextLong(),
                        random.nextInt(2) * random.nextLong());
            case 2 ->
                new Message.Digest(
                        list(() -> new Message.Holding(
                                origin(), 1 + random.nextInt(9), ranges(), flag() ? ranges() : new Ranges())),
                        flag() ? Message.Digest.ALL : random.nextLong(),
                        list(random::nextLong),
                        random.nextInt(2) * random.nextLong());
            case 3 -> new Message.Pull(list(() -> new Message.Want(origin(), ranges())));
            case 4 -> new Message.Repair(list(this::carried), flag());
            case 5 -> new Message.Link(list(this::node), flag(), flag());
            case 6 -> new Message.Leave();
            case 7 -> new Message.Ping(random.nextLong());
            case 8 -> new Message.Pong(random.nextLong(), flag() ? membership.signature() : null);
            case 9 ->
                new Message.Versions(
                        list(() -> new Message.Report(ranges(), list(this::node), flag() ? attestation() : null)),
                        flag());
            case 10 -> new Message.StateBuckets(list(random::nextLong));
            case 11 ->
                new Message.StateDigest(
                        random.nextLong(),
                        oneOf(TEXTS),
                        oneOf(TEXTS),
                        list(() -> new Message.Stamped(oneOf(TEXTS), stamp())));
            case 13 ->
                new Message.VersionNews(
                        random.nextLong(), list(() -> new Message.Tally(ranges(), positions())), flag());
            case 12 -> new Message.Entries(list(this::entry), list(() -> oneOf(TEXTS)), flag());
            default -> membership.message(kind - 14);
        };
    }

    Event event(int kind) {
        return switch (kind) {
            case 0 -> new Event.Started(list(this::node), random.nextInt(100));
            case 1 -> new Event.Departed();
            case 2 -> new Event.Stopped();
            case 3 -> new Event.Published(id(), 1 + random.nextInt(99), random.nextInt(1000));
            case 4 -> new Event.Delivered(id(), node(), node(), 1, list(this::node), oneOf(Event.Way.values()));
            case 5 -> new Event.Duplicate(id(), node(), 1 + random.nextInt(9));
            case 6 -> new Event.Relayed(id(), list(this::node), 1 + random.nextInt(9));
            case 7 -> new Event.Refused(oneOf(TEXTS));
            case 8 -> new Event.Forgotten(random.nextInt(100));
            case 9 -> new Event.Differed(node());
            case 10 -> new Event.Converged(id(), 16, random.nextLong() >>> 8, random.nextInt(100));
            case 11 -> new Event.Overflowed(node(), random.nextLong() >>> 8);
            case 12 -> new Event.MemberAdded(node());
            case 13 -> new Event.LinkUp(node(), oneOf(Event.LinkReason.values()));
            case 14 -> new Event.LinkDown(node(), oneOf(Event.LinkLoss.values()));
            case 15 -> new Event.Suspected(node(), random.nextInt(9));
            case 16 -> new Event.Cleared(node());
            case 17 -> new Event.Silent(node());
            case 18 -> new Event.Reappeared(node());
            case 19 -> new Event.MemberDismissed(node());
            case 20 -> new Event.Committed(ranges(), 1 + random.nextInt(9));
            case 21 -> new Event.Written(oneOf(TEXTS), stamp(), flag());
            case 22 -> new Event.EntryReceived(oneOf(TEXTS), stamp(), flag(), node());
            case 23 -> new Event.FaultBegan("f1", oneOf(TEXTS), random.nextLong() >>> 8);
            case 24 -> new Event.FaultEnded("f1", oneOf(TEXTS));
            case 25 -> new Event.OwnLost(node(), random.nextLong() >>> 8, random.nextInt(9));
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

    private Message.Attestation attestation() {
        return new Message.Attestation(1 + random.nextLong(Long.MAX_VALUE), membership.signature());
    }
}
