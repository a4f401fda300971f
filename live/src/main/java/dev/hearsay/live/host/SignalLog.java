package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.text.SignalWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The host's log: what its nodes tell, in words. The way of each message is for those who ask for every detail. */
final class SignalLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.signals");

    private SignalLog() {}

    static void write(NodeId node, Signal signal) {
        Level level = level(signal);
        if (LOG.isEnabledForLevel(level)) {
            LOG.atLevel(level).log("{} {}", node, SignalWords.of(signal));
        }
    }

    private static Level level(Signal signal) {
        return switch (signal) {
            case Signal.Overflowed s -> Level.WARN;
            case Signal.FaultBegan s -> Level.WARN;
            case Signal.Silent s -> Level.WARN;
            case Signal.Suspected s -> Level.WARN;
            case Signal.Started s -> Level.INFO;
            case Signal.Departed s -> Level.INFO;
            case Signal.Stopped s -> Level.INFO;
            case Signal.LinkUp s -> Level.INFO;
            case Signal.LinkDown s -> Level.INFO;
            case Signal.Cleared s -> Level.INFO;
            case Signal.Reappeared s -> Level.INFO;
            case Signal.MemberAdded s -> Level.DEBUG;
            case Signal.Written s -> Level.DEBUG;
            case Signal.EntryReceived s -> Level.DEBUG;
            case Signal.Refused s -> Level.INFO;
            case Signal.Forgotten s -> Level.INFO;
            case Signal.Converged s -> Level.INFO;
            case Signal.Published s -> Level.DEBUG;
            case Signal.Delivered s -> Level.DEBUG;
            case Signal.Duplicate s -> Level.DEBUG;
            case Signal.Relayed s -> Level.DEBUG;
            case Signal.Differed s -> Level.DEBUG;
            case Signal.SeedsWithoutQuorum s -> Level.ERROR;
            case Signal.DeadNodeReported s -> Level.WARN;
            case Signal.NotRegistered s -> Level.WARN;
            case Signal.KeyLearnt s -> Level.WARN;
            case Signal.MemberRemoved s -> Level.WARN;
            case Signal.JurySpoke s -> Level.WARN;
            case Signal.Generated s -> Level.DEBUG;
            default -> Level.INFO;
        };
    }
}
