package dev.hearsay.live.fault;

import dev.hearsay.core.NodeId;
import java.util.List;

/**
 * Where faults are ordered: at a host of this process, or at others that have to be asked. May be called from any thread but those
 * of event loops, as it waits for them.
 */
public interface FaultControl {

    /** Demands that a fault can begin, as far as that can be told before. */
    void demandPossible(FaultOrder order) throws FaultException;

    /** Lets a fault begin; returns when it is in force. It ends by itself. */
    void begin(FaultOrder order) throws FaultException;

    /** Ends a fault before its time; returns when it is over. */
    void heal(String id) throws FaultException;

    /** Brings back one node that a fault has killed; returns when it listens. The fault goes on for the others it has killed. */
    void revive(NodeId node) throws FaultException;

    /** In the order in which they began. */
    List<FaultDesk.InForce> inForce() throws FaultException;

    /** The highest number that a fault ever had; 0 if there was none. */
    int last() throws FaultException;
}
