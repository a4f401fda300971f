package dev.hearsay.web.journal;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signal;
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
    private record Matter(String signal, Object subject) {}

    private record Mark(Journal.Event event, Matter matter) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private final Map<Matter, Mark> latest = new HashMap<>();

    void observe(Journal.Event event, NodeId node, Signal signal) {
        Object subject = subject(node, signal);
        if (subject == null) {
            return;
        }
        Matter matter = new Matter(TraceJson.name(signal), subject);
        Mark known = latest.get(matter);
        if (known != null && Math.abs(event.atMicros() - known.event.atMicros()) < SAME_MICROS) {
            return;
        }
        if (marks.size() == MARKS_MAX) {
            Mark oldest = marks.removeFirst();
            latest.remove(oldest.matter, oldest);
        }
        Mark mark = new Mark(event, matter);
        marks.addLast(mark);
        latest.put(matter, mark);
    }

    private static @Nullable Object subject(NodeId node, Signal signal) {
        return switch (signal) {
            case Signal.Published published -> published.id();
            case Signal.Suspected suspected -> suspected.neighbour();
            case Signal.Silent silent -> silent.neighbour();
            case Signal.Departed departed -> node;
            case Signal.MemberAdded added -> added.member();
            case Signal.MemberRemoved removed -> removed.member();
            case Signal.Registered registered -> registered.statement();
            case Signal.Decided decided -> decided.statement();
            case Signal.FaultBegan began -> began.fault();
            case Signal.FaultEnded ended -> ended.fault();
            default -> null;
        };
    }

    /** Those since a moment, in the order of their moments. */
    public List<Journal.Event> since(long fromMicros) {
        List<Journal.Event> since = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark.event.atMicros() >= fromMicros) {
                since.add(mark.event);
            }
        }
        since.sort(Comparator.comparingLong(Journal.Event::atMicros));
        return since;
    }
}
