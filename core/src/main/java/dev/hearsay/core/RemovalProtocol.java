package dev.hearsay.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a dead peer is taken out: its witnesses confirm that it is silent ({@link SuspicionProtocol}), a report goes to the seeds, they vote ({@link VotingProtocol}), and all are told. */
public interface RemovalProtocol extends Familial {

    @Override
    default Family family() {
        return Family.REMOVAL_REPORTS;
    }

    /** What peers say to seeds. */
    sealed interface Reports extends Message, RemovalProtocol {}

    /** What seeds say to peers, and peers to seeds that do not show it. */
    sealed interface Notices extends Message {
        @Override
        default Family family() {
            return Family.REMOVAL_NOTICES;
        }
    }

    /** What happened. */
    sealed interface Events extends Event, RemovalProtocol {}

    /**
     * A majority of its neighbours confirms that this peer is silent. Sent to seeds by the peer that asked them. Each seed proposes the removal, or
     * finds that it is proposed.
     *
     * @param removal what is asked for
     * @param text {@code Dead Node:<IP>:<Port>:<timestamp>:<reporter IP>}, for people
     * @param declaration the accused's last word on who its neighbours are; null if it never said
     */
    record DeadNodeReport(
            Statement removal, String text, @Nullable Declaration declaration, List<Confirmation> confirmations)
            implements Reports {
        public DeadNodeReport {
            confirmations = List.copyOf(confirmations);
        }
    }

    /** One witness's signature of {@link Statement#confirmation()}. */
    record Confirmation(NodeId witness, Signature signature) {}

    /**
     * This peer is out. Sent by the seed that has certified it first to all peers and to the removed one, which, if it lives, registers again one incarnation
     * higher; and by a peer to a seed that does not show it though it should.
     */
    record RemovalNotify(Certificate certificate) implements Notices {}

    /** A peer has reported another dead to a seed, with the signed word of these neighbours of the accused. */
    record Reported(Statement statement, NodeId reporter, String text, List<NodeId> confirmed) implements Events {
        public Reported {
            confirmed = List.copyOf(confirmed);
        }
    }
}
