package dev.hearsay.core;

import java.util.Objects;
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
    sealed interface Events extends Event, VotingProtocol {}

    /** What is known again after a restart. */
    sealed interface Facts extends Fact, VotingProtocol {}

    /** A seed that was asked to register a peer asks the other seeds to vote; each examines the peer itself, then casts its {@link Vote}. */
    record ProposeRegister(RegistrationProtocol.RegisterRequest request) implements Messages {
        public ProposeRegister {
            Objects.requireNonNull(request, "request");
        }
    }

    /** A seed that holds a report asks the other seeds to vote; each checks the confirmations and pings the accused itself. */
    record ProposeRemove(RemovalProtocol.DeadNodeReport report) implements Messages {
        public ProposeRemove {
            Objects.requireNonNull(report, "report");
        }
    }

    /**
     * A seed's vote, to the seed that proposed.
     *
     * @param yes its signature of {@link Statement#ballot()}; null for no
     * @param reason why not; empty with a yes
     */
    record Vote(Statement statement, @Nullable Signature yes, String reason) implements Messages {
        public Vote {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A seed's examination of a peer: the ping was not answered yet. */
    record Examine(Statement statement, int attempt) implements Timers {
        public Examine {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** A seed has waited long enough for another to call this vote; or the votes on it have had their time. */
    record VoteEnd(Statement statement, long generation) implements Timers {
        public VoteEnd {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** A seed puts a change to the vote, with its own vote already cast. */
    record Proposed(Statement statement, boolean ownVote, int needed) implements Events {
        public Proposed {
            Objects.requireNonNull(statement, "statement");
        }
    }

    /** A seed has voted on a change that another proposes. */
    record Voted(Statement statement, NodeId proposer, boolean yes, String reason) implements Events {
        public Voted {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(proposer, "proposer");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A vote has come in. */
    record VoteReceived(Statement statement, NodeId seed, boolean yes, String reason, int yesVotes, int needed)
            implements Events {
        public VoteReceived {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(seed, "seed");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** A vote is over. */
    record Decided(Statement statement, boolean approved, int yesVotes, int voters, int needed, String reason)
            implements Events {
        public Decided {
            Objects.requireNonNull(statement, "statement");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** This seed has voted yes. Binding: it never votes for two peers in one place and life. */
    record VotedYes(Statement statement) implements Facts {
        public VotedYes {
            Objects.requireNonNull(statement, "statement");
        }
    }
}
