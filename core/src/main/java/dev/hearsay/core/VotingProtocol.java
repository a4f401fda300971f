package dev.hearsay.core;

import org.jspecify.annotations.Nullable;

/** How seeds decide among each other: one that was asked for a change proposes it, each examines for itself, and half of all seeds and one more must say yes. */
public interface VotingProtocol extends Familial {

    @Override
    default Family family() {
        return Family.VOTES;
    }

    /** What seeds say to each other. */
    sealed interface Messages extends Message, VotingProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer, VotingProtocol {}

    /** What happened. */
    sealed interface Events extends Event, VotingProtocol {
        /** What is voted on. */
        Statement statement();
    }

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, VotingProtocol {}

    /** A seed that was asked to register a peer asks the other seeds to vote; each examines the peer itself, then casts its {@link Vote}. */
    record ProposeRegister(RegistrationProtocol.RegisterRequest request) implements Messages {}

    /** A seed that holds a report asks the other seeds to vote; each checks the confirmations and pings the accused itself. */
    record ProposeRemove(RemovalProtocol.DeadNodeReport report) implements Messages {}

    /**
     * A seed's vote, to the seed that proposed.
     *
     * @param yes its signature of {@link Statement#ballot()}; null for no
     * @param reason why not; empty with a yes
     */
    record Vote(Statement statement, @Nullable Signature yes, String reason) implements Messages {}

    /** A seed's examination of a peer: the ping was not answered yet. */
    record Examine(Statement statement, int attempt) implements Timers {}

    /** A seed has waited long enough for another to call this vote; or the votes on it have had their time. */
    record VoteEnd(Statement statement, long generation) implements Timers {}

    /** A seed puts a change to the vote, with its own vote already cast. */
    record Proposed(Statement statement, boolean ownVote, int needed) implements Events {}

    /** A seed has voted on a change that another proposes. */
    record Voted(Statement statement, NodeId proposer, boolean yes, String reason) implements Events {}

    /** A vote has come in. */
    record VoteReceived(Statement statement, NodeId seed, boolean yes, String reason, int yesVotes, int needed)
            implements Events {}

    /** A vote is over. */
    record Decided(Statement statement, boolean approved, int yesVotes, int voters, int needed, String reason)
            implements Events {}

    /** This seed has voted yes. Binding: it never votes for two peers in one place and life. */
    record VotedYes(Statement statement) implements Facts {}
}
