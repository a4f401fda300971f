package dev.hearsay.live.node;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.node.Node;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.memory.Payloads;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node may take in, as far as there is memory for it, and what it holds of that. Used on the node's loop only. */
final class Intake implements Bulky.Listener, Payloads.Keeper {

    /** A new message, or a new key, takes about so much beside what it says. */
    private static final long OVERHEAD_BYTES = 512;

    private static final long WAIT_SECONDS = 10;

    /** Somebody who has something of so many bytes. */
    private static final class Waiting {
        final int bytes;
        final Consumer<@Nullable String> then;

        Waiting(int bytes, Consumer<@Nullable String> then) {
            this.bytes = bytes;
            this.then = then;
        }
    }

    private final NodeId self;
    private final Node node;
    private final Loop loop;
    private final Payloads payloads;
    private final MemoryBudget.Account overhead;
    private final MemoryBudget.Account incoming;
    private final Consumer<Fact> again;
    private final Consumer<String> refused;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(1);
    private long counted;

    /**
     * Of a node that does nothing yet.
     *
     * @param again saves something once more
     * @param refused hears what was not taken in, and why: one sentence
     */
    Intake(NodeSetup setup, Node node, Consumer<Fact> again, Consumer<String> refused) {
        this.self = setup.self();
        this.node = node;
        this.loop = setup.loop();
        this.payloads = setup.payloads();
        this.overhead = setup.memory().overhead();
        this.incoming = setup.memory().incoming();
        this.again = again;
        this.refused = refused;
        node.log().listen(this);
        node.state().listen(this);
        count();
    }

    /** What of a message the node may be given; null for nothing. What other nodes of the process have is shared with them. */
    @Nullable
    Message admitted(NodeId from, Message message) {
        return MessageContent.map(message, thing -> isAdmitted(from, thing) ? payloads.shared(thing) : null);
    }

    private boolean isAdmitted(NodeId from, Bulky thing) {
        boolean isKey = thing instanceof Entry entry && !entry.isDeletion();
        if (isKnown(thing) || (hasRoom() && (!isKey || hasRoomForKeys()) && payloads.hasRoom(thing))) {
            return true;
        }
        refused.accept("something of " + thing.size() + " bytes from " + from
                + ": no memory is left for it here; it will be asked for again");
        return false;
    }

    private boolean isKnown(Bulky thing) {
        return switch (thing) {
            case Rumor rumor -> node.log().hasSeen(rumor.origin(), rumor.sequence());
            case Entry entry -> entry.equals(node.state().find(entry.key()));
        };
    }

    private boolean hasRoom() {
        return overhead.hasRoom(OVERHEAD_BYTES);
    }

    /** Keys are not forgotten to make room, as messages are, so they must leave some. */
    private boolean hasRoomForKeys() {
        return node.state().overheadBytes() < node.log().retention().overheadBytes();
    }

    /**
     * Asks for room for so many bytes that are to be published or written here. Where room comes once the disk has written what is behind, the answer waits for
     * that: who publishes faster than the disk writes is slowed down, not refused.
     *
     * @param isKey whether they are the value of a key
     * @param then given why there is no room, null if there is; now, or on the loop within {@value #WAIT_SECONDS} seconds
     */
    void admit(int bytes, boolean isKey, Consumer<@Nullable String> then) {
        if (isKey && !hasRoomForKeys()) {
            then.accept(full(bytes, " of keys"));
            return;
        }
        boolean isNext = waiting.isEmpty() || bytes < Bulky.AWAY_BYTES_MIN;
        Payloads.Room room = isNext ? room(bytes) : incoming.hasRoom(bytes) ? Payloads.Room.SOON : Payloads.Room.NONE;
        switch (room) {
            case NOW -> then.accept(null);
            case SOON -> await(bytes, then);
            case NONE -> then.accept(full(bytes, ""));
        }
    }

    private Payloads.Room room(int bytes) {
        return hasRoom() ? payloads.room(bytes, () -> loop.execute(this::review)) : Payloads.Room.NONE;
    }

    private void await(int bytes, Consumer<@Nullable String> then) {
        Waiting last = new Waiting(bytes, then);
        waiting.addLast(last);
        incoming.add(bytes);
        loop.after(WAIT_SECONDS * 1_000_000_000L, () -> {
            if (waiting.contains(last)) {
                answer(last, full(bytes, "; the disk has been too slow for " + WAIT_SECONDS + " seconds"));
            }
        });
    }

    /** The store has written something. */
    private void review() {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.getFirst();
            switch (room(first.bytes)) {
                case NOW -> answer(first, null);
                case SOON -> {
                    return;
                }
                case NONE -> answer(first, full(first.bytes, ""));
            }
        }
    }

    private void answer(Waiting one, @Nullable String refusal) {
        waiting.remove(one);
        incoming.add(-one.bytes);
        one.then.accept(refusal);
    }

    private String full(int bytes, String why) {
        String full = "the process of this node has no memory left for " + bytes + " more bytes" + why;
        refused.accept(full);
        return full;
    }

    /** Counts what the last step has made of it. */
    void count() {
        long now = node.log().overheadBytes() + node.state().overheadBytes();
        if (now != counted) {
            overhead.add(now - counted);
            counted = now;
        }
    }

    /** The node has ended. */
    void end() {
        overhead.add(-counted);
        counted = 0;
        payloads.removed(this);
        // They hear that the node does not run.
        while (!waiting.isEmpty()) {
            answer(waiting.getFirst(), null);
        }
    }

    @Override
    public void added(Bulky thing) {
        payloads.added(thing, this);
    }

    @Override
    public void removed(Bulky thing) {
        payloads.removed(thing, this);
    }

    @Override
    public NodeId node() {
        return self;
    }

    @Override
    public void saveAgain(Bulky thing) {
        loop.execute(() -> {
            RumorLog.Entry its = thing instanceof Rumor rumor ? node.log().find(rumor.id()) : null;
            if (its != null) {
                again.accept(new RumorProtocol.Heard(its.carried(), its.from(), its.receivedMicros()));
            } else if (thing instanceof Entry entry && entry.equals(node.state().find(entry.key()))) {
                again.accept(new StateProtocol.Learnt(entry));
            }
        });
    }

    @Override
    public void putAway(Bulky thing) {
        loop.execute(() -> {
            switch (thing) {
                case Rumor rumor -> node.log().putAway(rumor);
                case Entry entry -> node.state().putAway(entry);
            }
        });
    }
}
