package dev.hearsay.live.node;

import dev.hearsay.core.Event;
import dev.hearsay.core.spread.RumorLog;
import dev.hearsay.live.transport.Traffic;

/** Hears what a node tells, on its loop. */
public interface NodeListener {

    /** Something has happened. */
    void onEvent(long atMicros, Event event);

    /** A rumor has come from another node. */
    void onDelivered(RumorLog.Entry entry);

    /** Something was refused; not each time is there an event of it. */
    void onRefused();

    /** The node has failed on an input, and nothing of that step was done. */
    void onStepFailed();

    /** Where the bytes of all its lives are counted. */
    Traffic traffic();
}
