package dev.hearsay.core;

import java.util.List;

/** How a peer becomes a member: it asks seeds, they examine it and vote among each other ({@link VotingProtocol}), and answer. */
public interface RegistrationProtocol extends Familial {

    @Override
    default Family family() {
        return Family.REGISTRATION;
    }

    /** What peers say to seeds. */
    sealed interface Requests extends Message {
        @Override
        default Family family() {
            return Family.REGISTRATION_REQUESTS;
        }
    }

    /** What seeds say to peers. */
    sealed interface Answers extends Message, RegistrationProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, RegistrationProtocol {}

    /** What happened. */
    sealed interface Events extends Event, RegistrationProtocol {}

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, RegistrationProtocol {}

    /**
     * Please take me in. Sent by a peer to seeds; they examine it (by a {@link HeartbeatProtocol.Ping} to the address it claims), vote among each other, and
     * answer with {@link RegisterAck} or {@link RegisterNack}.
     *
     * @param proof signature of {@link Statement#request()} with the key in the statement
     * @param secret what the network's operator gave to those who may join; empty if nothing
     */
    record RegisterRequest(Statement statement, Signature proof, String secret) implements Requests {}

    /**
     * You are in: the certificate that shows it to anybody.
     *
     * @param seedKey the key of the seed that says so, for peers whose configuration does not give it
     */
    record RegisterAck(PublicKey seedKey, Certificate certificate) implements Answers {}

    /**
     * You are not in, and why.
     *
     * @param incarnation the highest that this seed knows of the peer; a request with a higher one has a chance
     */
    record RegisterNack(PublicKey seedKey, Statement statement, String reason, long incarnation) implements Answers {}

    /** Ask seeds to be registered, again. */
    record Apply(long generation) implements Timers {}

    /** The peer asks these of all configured seeds to be registered. */
    record Applied(Statement statement, List<NodeId> seeds, int configured) implements Events {
        public Applied {
            seeds = List.copyOf(seeds);
        }
    }

    /** These of all configured seeds have been heard of since the peer asked: they can be reached. */
    record SeedsAnswered(List<NodeId> seeds, int configured) implements Events {
        public SeedsAnswered {
            seeds = List.copyOf(seeds);
        }
    }

    /**
     * The peer is registered.
     *
     * @param seed who says so; the peer itself, if it knows from an earlier life
     */
    record Registered(Statement statement, NodeId seed) implements Events {}

    /** The peer is not registered yet, and tries again after a while. */
    record NotRegistered(String reason, long retryNanos) implements Events {}

    /**
     * This peer asks to be registered in this life. Binding: a later life must have a higher incarnation.
     *
     * @param start the number of this start of the peer, from 1
     */
    record AppliedAs(Statement statement, int start) implements Facts {}
}
