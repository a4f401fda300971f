package dev.hearsay.core;

/**
 * Everything one node can say to another. Each protocol has a file of its own, which is its manual: each message there says who sends it, when, and
 * what the receiver makes of it. No message needs an answer for safety; any may be lost, repeated or overtaken.
 */
public sealed interface Message extends Familial
        permits RumorProtocol.Messages,
                AntiEntropyProtocol.Messages,
                CommitProtocol.Messages,
                StateProtocol.Messages,
                LinkProtocol.Messages,
                HeartbeatProtocol.Messages,
                DeclarationProtocol.Messages,
                SuspicionProtocol.Messages,
                RegistrationProtocol.Requests,
                RegistrationProtocol.Answers,
                PeerListProtocol.Requests,
                PeerListProtocol.Answers,
                RemovalProtocol.Reports,
                RemovalProtocol.Notices,
                VotingProtocol.Messages {
    /** Whether it may make a node send much to whoever is named as its sender. */
    default boolean isQuestion() {
        return false;
    }
}
