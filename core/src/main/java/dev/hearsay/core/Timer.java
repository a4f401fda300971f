package dev.hearsay.core;

/**
 * Timers are data: a part hands one out and gets it back when it is due. None is ever cancelled; a part that no longer
 * wants one has moved on to the next generation, and ignores what comes of an earlier one.
 */
public sealed interface Timer extends Familial
        permits RumorProtocol.Timers,
                GeneratorProtocol.Timers,
                AntiEntropyProtocol.Timers,
                CommitProtocol.Timers,
                HeartbeatProtocol.Timers,
                DeclarationProtocol.Timers,
                SuspicionProtocol.Timers,
                RegistrationProtocol.Timers,
                PeerListProtocol.Timers,
                PeerListProtocol.SeedTimers,
                VotingProtocol.Timers {}
