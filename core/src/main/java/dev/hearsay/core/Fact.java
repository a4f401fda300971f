package dev.hearsay.core;

/**
 * What a node must, or would like to, know again after a restart. Handed back to it in the order it was saved.
 *
 * <p><em>Binding</em> facts are promises to others; they are durable before anything that is sent in the same step
 * leaves. <em>Recoverable</em> facts are written behind: if lost, anti-entropy brings them back.
 */
public sealed interface Fact extends Familial
        permits RumorProtocol.Facts,
                StateProtocol.Facts,
                MembershipProtocol.Facts,
                RegistrationProtocol.Facts,
                PeerListProtocol.Facts,
                VotingProtocol.Facts {

    /** Whether it is binding, as it is unless its record says otherwise. */
    default boolean isBinding() {
        return true;
    }
}
