package dev.hearsay.live.host;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.text.EventWords;
import dev.hearsay.live.log.RateLimit;
import dev.hearsay.wire.PlainText;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The host's log: what its nodes tell, in words. The way of each message is for those who ask for every detail. */
final class EventLogger {

    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.signals");

    private final NodeId node;
    private final Map<Class<?>, RateLimit> limits = new HashMap<>();

    /** The log of one node. */
    EventLogger(NodeId node) {
        this.node = node;
    }

    /** Writes a line, unless there have been too many of its kind: strangers can cause most kinds as often as they like. */
    void write(Event event) {
        Level level = level(event);
        if (level == Level.DEBUG) {
            // For those who ask for every detail.
            LOG.atDebug()
                    .addArgument(node)
                    .addArgument(() -> PlainText.of(EventWords.of(event)))
                    .log("{} {}");
        } else if (LOG.isEnabledForLevel(level)) {
            limits.computeIfAbsent(event.getClass(), kind -> RateLimit.lenient())
                    .next(System.nanoTime(), PlainText.of(EventWords.of(event)))
                    .ifPresent(words -> LOG.atLevel(level).log("{} {}", node, words));
        }
    }

    private static Level level(Event event) {
        return switch (event) {
            case Event.SeedsWithoutQuorum _ -> Level.ERROR;
            case Event.Overflowed _, Event.OwnLost _, Event.FaultBegan _ -> Level.WARN;
            case Event.Silent _, Event.Suspected _, Event.SuspicionDecided _ -> Level.WARN;
            case Event.NotRegistered _, Event.DeadNodeReported _, Event.MemberRemoved _ -> Level.WARN;
            case Event.Published _, Event.Delivered _, Event.Duplicate _, Event.Relayed _ -> Level.DEBUG;
            case Event.Differed _, Event.Written _, Event.EntryReceived _ -> Level.DEBUG;
            case Event.MemberAdded _, Event.Generated _ -> Level.DEBUG;
            default -> Level.INFO;
        };
    }
}
