package dev.hearsay.live.fault;

import java.util.List;

/** Where faults are ordered. May be called from any thread but those of event loops, as it waits for them. */
public interface FaultDesk {

    /**
     * A fault that is in force.
     *
     * @param leftNanos how long it will last; 0 if until somebody ends it
     */
    record InForce(FaultOrder order, long leftNanos) {}

    /** Demands that a fault can begin; the same that {@link #begin} demands. */
    void demandPossible(FaultOrder order) throws FaultException;

    /** Lets a fault begin; returns when it is in force. It ends by itself. */
    void begin(FaultOrder order) throws FaultException;

    /** Ends a fault before its time; returns when it is over. */
    void heal(String id) throws FaultException;

    /** In the order in which they began. */
    List<InForce> inForce();

    /** The highest number that a fault ever had here; 0 if there was none. */
    int last();
}
