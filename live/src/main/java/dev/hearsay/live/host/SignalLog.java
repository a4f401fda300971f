package dev.hearsay.live.host;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
import dev.hearsay.core.text.SignalWords;
import dev.hearsay.live.log.RateLimit;
import dev.hearsay.wire.PlainText;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The host's log: what its nodes tell, in words. The way of each message is for those who ask for every detail. */
final class SignalLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.signals");

    private final NodeId node;
    private final Map<Class<?>, RateLimit> limits = new HashMap<>();

    /** The log of one node. */
    SignalLog(NodeId node) {
        this.node = node;
    }

    /** Writes a line, unless there have been too many of its kind: strangers can cause most kinds as often as they like. */
    void write(Signal signal) {
        Level level = level(signal);
        if (level == Level.DEBUG) {
            // For those who ask for every detail.
            LOG.atDebug()
                    .addArgument(node)
                    .addArgument(() -> PlainText.of(SignalWords.of(signal)))
                    .log("{} {}");
        } else if (LOG.isEnabledForLevel(level)) {
            limits.computeIfAbsent(signal.getClass(), kind -> RateLimit.lenient())
                    .next(System.nanoTime(), PlainText.of(SignalWords.of(signal)))
                    .ifPresent(words -> LOG.atLevel(level).log("{} {}", node, words));
        }
    }

    private static Level level(Signal signal) {
        return switch (signal) {
            case Signal.Overflowed s -> Level.WARN;
            case Signal.OwnLost s -> Level.WARN;
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
            case Signal.MemberRemoved s -> Level.WARN;
            case Signal.JurySpoke s -> Level.WARN;
            case Signal.Generated s -> Level.DEBUG;
            default -> Level.INFO;
        };
    }
}
