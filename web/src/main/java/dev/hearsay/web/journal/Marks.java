package dev.hearsay.web.journal;

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
import dev.hearsay.wire.TraceJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that are worth a tick on a bar of time. What many nodes say of one thing within a short while is one of them. */
public final class Marks {

    /** So many are kept. */
    public static final int MARKS_MAX = 2000;

    private static final long SAME_MICROS = 30_000_000;

    /** What happened to whom. */
    private record Matter(String event, Object subject) {}

    private record Mark(EventLog.LoggedEvent logged, Matter matter) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final Map<Matter, Mark> latest = new HashMap<>();

    void observe(EventLog.LoggedEvent logged, NodeId node, Event event) {
        Object subject = subject(node, event);
        if (subject == null) {
            return;
        }
        Matter matter = new Matter(TraceJson.name(event), subject);
        Mark known = latest.get(matter);
        if (known != null && Math.abs(logged.atMicros() - known.logged.atMicros()) < SAME_MICROS) {
            return;
        }
        if (marks.size() == MARKS_MAX) {
            Mark oldest = marks.removeFirst();
            latest.remove(oldest.matter, oldest);
        }
        Mark mark = new Mark(logged, matter);
        marks.addLast(mark);
        latest.put(matter, mark);
    }

    private static @Nullable Object subject(NodeId node, Event event) {
        return switch (event) {
            case RumorProtocol.Published published -> published.id();
            case HeartbeatProtocol.Suspected suspected -> suspected.neighbour();
            case HeartbeatProtocol.Silent silent -> silent.neighbour();
            case Lifecycle.Departed departed -> node;
            case MembershipProtocol.MemberAdded added -> added.member();
            case MembershipProtocol.MemberRemoved removed -> removed.member();
            case RegistrationProtocol.Registered registered -> registered.statement();
            case VotingProtocol.Decided decided -> decided.statement();
            case Lifecycle.FaultBegan began -> began.fault();
            case Lifecycle.FaultEnded ended -> ended.fault();
            case RumorProtocol.Events _, AntiEntropyProtocol.Events _, GeneratorProtocol.Events _ -> null;
            case CommitProtocol.Events _, StateProtocol.Events _, LinkProtocol.Events _ -> null;
            case HeartbeatProtocol.Cleared _, HeartbeatProtocol.Reappeared _, SuspicionProtocol.Events _ -> null;
            case MembershipProtocol.MemberDismissed _, RegistrationProtocol.Events _, PeerListProtocol.Events _ -> null;
            case RemovalProtocol.Events _, VotingProtocol.Events _ -> null;
            case Lifecycle.Events _, Lifecycle.Refusals _, Lifecycle.Overflowed _ -> null;
        };
    }

    /** Those since a moment, in the order of their moments. */
    public List<EventLog.LoggedEvent> since(long fromMicros) {
        List<EventLog.LoggedEvent> since = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.logged.atMicros() >= fromMicros) {
                since.add(mark.logged);
            }
        }
        since.sort(Comparator.comparingLong(EventLog.LoggedEvent::atMicros));
        return since;
    }
}
