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
            case Signal.SeedsWithoutQuorum _ -> Level.ERROR;
            case Signal.Overflowed _, Signal.OwnLost _, Signal.FaultBegan _ -> Level.WARN;
            case Signal.Silent _, Signal.Suspected _, Signal.JurySpoke _ -> Level.WARN;
            case Signal.NotRegistered _, Signal.DeadNodeReported _, Signal.MemberRemoved _ -> Level.WARN;
            case Signal.Published _, Signal.Delivered _, Signal.Duplicate _, Signal.Relayed _ -> Level.DEBUG;
            case Signal.Differed _, Signal.Written _, Signal.EntryReceived _ -> Level.DEBUG;
            case Signal.MemberAdded _, Signal.Generated _ -> Level.DEBUG;
            default -> Level.INFO;
        };
    }
}
