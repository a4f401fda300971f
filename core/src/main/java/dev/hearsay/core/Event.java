package dev.hearsay.core;

/**
 * What happened at a node. Events are the only source of logs, metrics, traces and pictures, and the only way in which
 * the parts of a node hear of each other.
 */
public sealed interface Event extends Familial
        permits RumorProtocol.Events,
                GeneratorProtocol.Events,
                AntiEntropyProtocol.Events,
                CommitProtocol.Events,
                StateProtocol.Events,
                LinkProtocol.Events,
                HeartbeatProtocol.Events,
                SuspicionProtocol.Events,
                MembershipProtocol.Events,
                RegistrationProtocol.Events,
                PeerListProtocol.Events,
                RemovalProtocol.Events,
                VotingProtocol.Events,
                Lifecycle.Events,
                Lifecycle.Refusals,
                Lifecycle.DriverEvents {}
