package dev.hearsay.core;

import java.util.List;
import java.util.Objects;

/** What a person or the embedding program asks of its own node. */
public sealed interface Command {

    /**
     * Spread a new rumor. Answered by {@link Signal.Published}, or {@link Signal.Refused} when the payload is too large.
     *
     * @param payload the message; handed over, not copied
     * @param relays how many times each node passes it on; 0 for the network's default
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over: nobody writes to it, nobody compares it
    record Publish(byte[] payload, int relays) implements Command {
        public Publish {
            Objects.requireNonNull(payload, "payload");
            if (relays < 0 || relays > Rumor.RELAYS_MAX) {
                throw new IllegalArgumentException("relays must be 1 to " + Rumor.RELAYS_MAX + ", not " + relays);
            }
        }
    }

    /** Remember that these rumors have been shown to a person. */
    record MarkRead(List<RumorId> ids) implements Command {
        public MarkRead {
            ids = List.copyOf(ids);
        }
    }

    /** Take a node into the list of members, as one who was added to a static network later. */
    record Admit(NodeId member) implements Command {
        public Admit {
            Objects.requireNonNull(member, "member");
        }
    }

    /** Say goodbye to the neighbours; the driver stops the node afterwards. */
    record Depart() implements Command {}
}
