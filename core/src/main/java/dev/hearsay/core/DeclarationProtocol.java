package dev.hearsay.core;

/** Who is to be asked: a peer of a network with seeds names its own witnesses, before anybody suspects it. */
public interface DeclarationProtocol extends Familial {

    @Override
    default Family family() {
        return Family.DECLARATIONS;
    }

    /** What peers say to each other and to seeds. */
    sealed interface Messages extends Message, DeclarationProtocol {}

    /** What comes due. */
    sealed interface Timers extends Timer {
        @Override
        default Family family() {
            return Family.SUSPICIONS;
        }
    }

    /**
     * These are my links, now. Sent by a peer to its neighbours and to the seeds whenever they change, so that when it falls silent everybody
     * knows who its witnesses are.
     */
    record Declare(Declaration declaration) implements Messages {}

    /** Tell neighbours and seeds whom this peer is linked to. */
    record DeclareRound(long generation) implements Timers {}
}
