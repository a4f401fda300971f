package dev.hearsay.live.node;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.node.Node;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.memory.Payloads;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a node may take in, as far as there is memory for it, and what it holds of that. Used on the node's loop only. */
final class Intake implements Bulky.Listener, Payloads.Keeper {

    /** A new message, or a new key, takes about so much beside what it says. */
    private static final long OVERHEAD_BYTES = 512;

    private final Node node;
    private final Loop loop;
    private final Payloads payloads;
    private final MemoryBudget.Account overhead;
    private final Consumer<String> refused;
    private long counted;

    /**
     * Of a node that does nothing yet.
     *
     * @param refused hears what was not taken in, and why: one sentence
     */
    Intake(Node node, Loop loop, Payloads payloads, MemoryBudget budget, Consumer<String> refused) {
        this.node = node;
        this.loop = loop;
        this.payloads = payloads;
        this.overhead = budget.overhead();
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
        if (isKnown(thing) || (hasRoom() && payloads.hasRoom(thing))) {
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

    /** Refuses so many bytes that are to be published or written here, and says why; null if there is room for them. */
    @Nullable
    String objection(int bytes) {
        if (hasRoom() && payloads.hasRoom(bytes)) {
            return null;
        }
        String full = "the process of this node has no memory left for " + bytes + " more bytes";
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
    public void putAway(Bulky thing) {
        loop.execute(() -> {
            switch (thing) {
                case Rumor rumor -> node.log().putAway(rumor);
                case Entry entry -> node.state().putAway(entry);
            }
        });
    }
}
