package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Signatures;
import dev.hearsay.sim.queue.EventQueue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside the network who can send to every node of it, hears what they say to each other, and says anything that is well-formed, in anybody's
 * name: what it has overheard, once more or with other values in it, or what it has made up. It has a key of its own, and nobody else's. Nothing reaches it:
 * nobody is there at its addresses.
 */
final class Stranger {

    /** No machine of the simulation has these keys. */
    private static final long KEYS = 1L << 41;

    private static final int OVERHEARD_PER_KIND = 8;
    private static final int NOBODIES = 3;
    private static final int EVERYBODY_IN = 8;

    /** What it has said itself it says again. */
    private static final int REPEATED_IN = 4;

    private final Random64 random;
    private final EventQueue queue;
    private final DeliveryChecker deliveryChecker;
    private final CommitChecker commitChecker;
    private final StateChecker stateChecker;
    private final List<NodeId> names = new ArrayList<>();
    private final MessageFuzzer fuzzer;
    private final List<Message> examples;
    private final List<List<Message>> overheard = new ArrayList<>();

    /** Which kinds of message it says, by their places among the examples. One that says few kinds gets further with them. */
    private final List<Integer> kinds = new ArrayList<>();

    Stranger(
            Random64 random,
            EventQueue queue,
            Hosts hosts,
            @Nullable Keyring keyring,
            DeliveryChecker deliveryChecker,
            CommitChecker commitChecker,
            StateChecker stateChecker) {
        this.random = random;
        this.queue = queue;
        this.deliveryChecker = deliveryChecker;
        this.commitChecker = commitChecker;
        this.stateChecker = stateChecker;
        Signatures own = keyring == null ? null : keyring.keys(KEYS);
        for (int number = 0; number < hosts.all(); number++) {
            names.add(hosts.id(number));
        }
        for (int nobody = 0; nobody < NOBODIES; nobody++) {
            names.add(new NodeId("stranger", nobody));
        }
        names.add(Origin.VERSIONS.node());
        fuzzer = new MessageFuzzer(new FieldFuzzer(random, names, own));
        examples = MessageFuzzer.examples(
                new NodeId("stranger", 0), own == null ? new PublicKey(1, 2, 3, 4) : own.publicKey());
        boolean saysAll = random.nextInt(4) == 0;
        for (int kind = 0; kind < examples.size(); kind++) {
            overheard.add(new ArrayList<>());
            if (saysAll || random.nextInt(3) == 0) {
                kinds.add(kind);
            }
        }
        if (kinds.isEmpty()) {
            kinds.add(random.nextInt(examples.size()));
        }
    }

    /** One node says this to another. */
    void overhears(Message message) {
        for (int kind = 0; kind < examples.size(); kind++) {
            if (examples.get(kind).getClass() == message.getClass()) {
                List<Message> known = overheard.get(kind);
                if (known.size() < OVERHEARD_PER_KIND) {
                    known.add(message);
                } else {
                    known.set(random.nextInt(OVERHEARD_PER_KIND), message);
                }
                return;
            }
        }
    }

    /** Says something to one of these, or to all of them, and goes on after a while. */
    void speak(ActiveFault struck, long everyNanos) {
        int[] all = struck.victims();
        if (all.length > 0) {
            Message message = draw();
            NodeId from = names.get(random.nextInt(names.size()));
            deliveryChecker.forged(message);
            commitChecker.forged(message);
            stateChecker.forged(message);
            if (random.nextInt(REPEATED_IN) == 0) {
                overhears(message);
            }
            if (random.nextInt(EVERYBODY_IN) == 0) {
                for (int victim : all) {
                    say(from, victim, message);
                }
            } else {
                say(from, all[random.nextInt(all.length)], message);
            }
        }
        queue.add(
                queue.atNanos() + 1 + random.nextLong(2 * everyNanos),
                -1,
                NodeRuntime.NOBODY,
                new RuntimeEvent.Speaks(struck));
    }

    private void say(NodeId from, int to, Message message) {
        queue.add(queue.atNanos(), to, NodeRuntime.NOBODY, new RuntimeEvent.Forged(from, message));
    }

    private Message draw() {
        int kind = kinds.get(random.nextInt(kinds.size()));
        List<Message> known = overheard.get(kind);
        return fuzzer.vary(known.isEmpty() ? examples.get(kind) : known.get(random.nextInt(known.size())));
    }
}
