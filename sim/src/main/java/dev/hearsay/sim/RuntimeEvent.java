package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;

/** Events that are no node's own. */
sealed interface RuntimeEvent {

    /** A fault strikes. */
    record Strikes(Fault fault) implements RuntimeEvent {}

    /** A fault that has struck is over, unless healing has ended it before. */
    record Relents(ActiveFault struck) implements RuntimeEvent {}

    /** A rumor is due to be published. */
    record Publishes(int number) implements RuntimeEvent {}

    /** The disk of a node has done with the facts of this step, which end at this place. */
    record Synced(int life, long step, int upTo) implements RuntimeEvent {}

    /** Whatever else a node has saved is durable. */
    record WrittenBehind(int life) implements RuntimeEvent {}

    /** An enemy says something in a name of its choice. */
    record Forged(NodeId from, Message message) implements RuntimeEvent {}

    /** The stranger says something to the victims of this. */
    record Speaks(ActiveFault struck) implements RuntimeEvent {}

    /** A caller wants to look on at this time. */
    record Halts() implements RuntimeEvent {}

    /** From now on nothing goes wrong any more. */
    record Heals() implements RuntimeEvent {}

    /** Look whether everything has converged. */
    record Inspects() implements RuntimeEvent {}
}
