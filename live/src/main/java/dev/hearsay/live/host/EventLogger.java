package dev.hearsay.live.host;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
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
            case PeerListProtocol.SeedsWithoutQuorum _ -> Level.ERROR;
            case Lifecycle.Overflowed _, AntiEntropyProtocol.OwnLost _, Lifecycle.FaultBegan _ -> Level.WARN;
            case HeartbeatProtocol.Silent _, HeartbeatProtocol.Suspected _, SuspicionProtocol.SuspicionDecided _ ->
                Level.WARN;
            case RegistrationProtocol.NotRegistered _,
                    SuspicionProtocol.DeadNodeReported _,
                    MembershipProtocol.MemberRemoved _ -> Level.WARN;
            case RumorProtocol.Published _,
                    RumorProtocol.Delivered _,
                    RumorProtocol.Duplicate _,
                    RumorProtocol.Relayed _ -> Level.DEBUG;
            case AntiEntropyProtocol.Differed _, StateProtocol.Written _, StateProtocol.EntryReceived _ -> Level.DEBUG;
            case MembershipProtocol.MemberAdded _, GeneratorProtocol.Generated _ -> Level.DEBUG;
            case RumorProtocol.Forgotten _, RumorProtocol.Converged _, CommitProtocol.Committed _ -> Level.INFO;
            case HeartbeatProtocol.Cleared _, HeartbeatProtocol.Reappeared _, LinkProtocol.Events _ -> Level.INFO;
            case RegistrationProtocol.Events _, PeerListProtocol.Events _, VotingProtocol.Events _ -> Level.INFO;
            case RemovalProtocol.Reported _, MembershipProtocol.MemberDismissed _ -> Level.INFO;
            case Lifecycle.Events _, Lifecycle.Refused _, Lifecycle.FaultEnded _ -> Level.INFO;
        };
    }
}
