package dev.hearsay.core;

/** Messages that a peer makes up by itself, so that there is something to watch. */
public interface GeneratorProtocol extends Familial {

    @Override
    default Family family() {
        return Family.GENERATOR;
    }

    /** What comes due. */
    sealed interface Timers extends Timer, GeneratorProtocol {}

    /** What happened. */
    sealed interface Events extends Event, GeneratorProtocol {}

    /** Publish generated message {@code number}. */
    record Generate(int number) implements Timers {}

    /** The peer has made up a message. */
    record Generated(int number, String text) implements Events {}
}
