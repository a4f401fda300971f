package dev.hearsay.core;

/**
 * What goes the same way through a node: messages, timers and commands that one part takes, facts that it remembers, and events that the same parts hear. Every
 * {@link Message}, {@link Timer}, {@link Command}, {@link Fact} and {@link Event} is of one family, and each part says in its {@link Role} which are its own.
 */
public enum Family {
    /** {@link RumorProtocol}: what is passed on at once. */
    RUMORS(true),
    /** A node's own rumors, when it has published them. */
    PUBLICATIONS(false),
    /** Rumors that a comparison has found. */
    REPAIRS(false),
    /** Rumors that are versions, when a node comes to have them. */
    VERSIONS(false),
    /** {@link GeneratorProtocol}. */
    GENERATOR(true),
    /** {@link AntiEntropyProtocol}. */
    ANTI_ENTROPY(true),
    /** {@link CommitProtocol}. */
    COMMIT(true),
    /** {@link StateProtocol}. */
    STATE(true),
    /** {@link LinkProtocol}. */
    LINKS(true),
    /** {@link HeartbeatProtocol}. */
    HEARTBEATS(true),
    /** The ping of a seed, which wants proof that the one who answers holds the registered key. */
    LIVENESS_CHECKS(true),
    /** {@link DeclarationProtocol}, as others are told. */
    DECLARATIONS(true),
    /** {@link SuspicionProtocol}, and when a peer is to declare its witnesses. */
    SUSPICIONS(true),
    /** {@link MembershipProtocol}. */
    MEMBERS(true),
    /** {@link RegistrationProtocol}, as far as it is for seeds. */
    REGISTRATION_REQUESTS(true),
    /** {@link RegistrationProtocol}, as far as it is for peers, and when a peer is to look for changes of the Peer List. */
    REGISTRATION(true),
    /** {@link PeerListProtocol}, as far as it is for seeds only. */
    PEER_LIST_REQUESTS(true),
    /** {@link PeerListProtocol}, as far as it is for seeds and peers. */
    PEER_LISTS(true),
    /** {@link RemovalProtocol}, as far as it is for seeds only. */
    REMOVAL_REPORTS(true),
    /** {@link RemovalProtocol}, as far as it is for seeds and peers. */
    REMOVAL_NOTICES(true),
    /** {@link VotingProtocol}. */
    VOTES(true),
    /** {@link Lifecycle}: the node's own life. */
    LIFE(false),
    /** What a node has not taken. */
    REFUSALS(false),
    /** What happened around a node, told by its driver. */
    DRIVER(false);

    private final boolean isTaken;

    Family(boolean isTaken) {
        this.isTaken = isTaken;
    }

    /** Whether there are messages, timers or commands of it, so that some part must take them. */
    public boolean isTaken() {
        return isTaken;
    }
}
