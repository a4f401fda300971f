package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;

/** Events that are no node's own. */
sealed interface Happening {

    /** A fault strikes. */
    record Strikes(Fault fault) implements Happening {}

    /** A fault that has struck is over, unless healing has ended it before. */
    record Relents(Struck struck) implements Happening {}

    /** A rumor is due to be published. */
    record Publishes(int number) implements Happening {}

    /** The binding facts that a node has saved up to this place are durable. */
    record Synced(int life, int upTo) implements Happening {}

    /** Whatever else a node has saved is durable. */
    record WrittenBehind(int life) implements Happening {}

    /** An enemy says something in a name of its choice. */
    record Forged(NodeId from, Message message) implements Happening {}

    /** The stranger says something to the victims of this. */
    record Speaks(Struck struck) implements Happening {}

    /** A caller wants to look on at this time. */
    record Halts() implements Happening {}

    /** From now on nothing goes wrong any more. */
    record Heals() implements Happening {}

    /** Look whether everything has converged. */
    record Inspects() implements Happening {}
}
