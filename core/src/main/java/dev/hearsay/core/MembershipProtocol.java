package dev.hearsay.core;

/** Who is in, as the other parts of a node hear of it: by the word of the owner of a static network, or by a certificate. Nothing of it is said to other nodes. */
public interface MembershipProtocol extends Familial {

    @Override
    default Family family() {
        return Family.MEMBERS;
    }

    /** What happened. */
    sealed interface Events extends Event, MembershipProtocol {
        /** Who is in, or out. */
        NodeId member();
    }

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, MembershipProtocol {}

    /** A node was taken into the list of members. */
    record MemberAdded(NodeId member) implements Events {}

    /** A node was taken out of the list of members of a static network. */
    record MemberDismissed(NodeId member) implements Events {}

    /** A member is no more, by a certificate. */
    record MemberRemoved(NodeId member, long incarnation) implements Events {}

    /** A member was added to a static network after its start. */
    record Admitted(NodeId member) implements Facts {
        @Override
        public boolean isBinding() {
            return false;
        }
    }

    /** A member of a static network was taken out of it. */
    record Dismissed(NodeId member) implements Facts {
        @Override
        public boolean isBinding() {
            return false;
        }
    }
}
