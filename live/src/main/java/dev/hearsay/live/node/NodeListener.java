package dev.hearsay.live.node;

import dev.hearsay.core.Signal;
import dev.hearsay.core.spread.RumorLog;

/** Hears what a node tells, on its loop. */
public interface NodeListener {

    /** Something has happened. */
    void onSignal(long atMicros, Signal signal);

    /** A rumor has come from another node. */
    void onDelivered(RumorLog.Entry entry);
}
