package dev.hearsay.live.fault;

import java.util.List;

/** Where faults are ordered at a host of this process, which can always say what is in force. */
public interface FaultDesk extends FaultControl {

    /**
     * A fault that is in force.
     *
     * @param beganMicros since when, microseconds since 1970
     * @param leftNanos how long it will last; 0 if until somebody ends it
     */
    record InForce(FaultOrder order, long beganMicros, long leftNanos) {}

    @Override
    List<InForce> inForce();

    @Override
    int last();
}
