package dev.hearsay.core;

import java.util.List;

/** What a person or the embedding program asks of its own node. */
public sealed interface Command extends Familial {

    /** What is to be spread. */
    sealed interface OfRumors extends Command {
        @Override
        default Family family() {
            return Family.RUMORS;
        }
    }

    /** What is to be in the key/value state. */
    sealed interface OfState extends Command {
        @Override
        default Family family() {
            return Family.STATE;
        }
    }

    /** What is to become of the links. */
    sealed interface OfLinks extends Command {
        @Override
        default Family family() {
            return Family.LINKS;
        }
    }

    /** Who is to be a member of a static network. */
    sealed interface OfMembers extends Command {
        @Override
        default Family family() {
            return Family.MEMBERS;
        }
    }

    /**
     * Spread a new rumor. Answered by {@link RumorProtocol.Published}, or {@link Lifecycle.Refused} when the payload is too large.
     *
     * @param payload the message; handed over, not copied
     * @param relays how many times each node passes it on; 0 for the network's default
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over: nobody writes to it, nobody compares it
    record Publish(byte[] payload, int relays) implements OfRumors {
        public Publish {
            if (relays < 0 || relays > Rumor.RELAYS_MAX) {
                throw new IllegalArgumentException("relays must be 1 to " + Rumor.RELAYS_MAX + ", not " + relays);
            }
        }
    }

    /**
     * Put a version into the network. Answered by {@link RumorProtocol.Published} if this node did not have it, and by nothing if it
     * did.
     */
    record PublishVersion(long version) implements OfRumors {
        public PublishVersion {
            if (version < 1) {
                throw new IllegalArgumentException("versions are numbered from 1, not " + version);
            }
        }
    }

    /**
     * Write an entry of the key/value state. Answered by {@link StateProtocol.Written}, or {@link Lifecycle.Refused} when a limit forbids it.
     *
     * @param value handed over, not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over: nobody writes to it, nobody compares it
    record Put(String key, byte[] value) implements OfState {}

    /** Delete an entry; answered as {@link Put}, and by {@link Lifecycle.Refused} if there is none. */
    record Delete(String key) implements OfState {}

    /** Remember that these rumors have been shown to a person. */
    record MarkRead(List<RumorId> ids) implements OfRumors {
        public MarkRead {
            ids = List.copyOf(ids);
        }
    }

    /** Take a node into the list of members, as one who was added to a static network later. */
    record Admit(NodeId member) implements OfMembers {}

    /** Take a node out of the list of members of a static network: nothing waits for it any more. */
    record Dismiss(NodeId member) implements OfMembers {}

    /** Say goodbye to the neighbours; the driver stops the node afterwards. */
    record Depart() implements OfLinks {}
}
