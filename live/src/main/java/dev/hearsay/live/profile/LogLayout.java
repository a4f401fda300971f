package dev.hearsay.live.profile;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.spread.RumorLog;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the events of a node read in the logs of one of the two peer networks. An event may have no line, one, or several. */
public interface LogLayout {

    /**
     * The lines of an event.
     *
     * @param rumors what the node has heard, by id
     */
    List<LogLine> lines(NodeId node, Event event, Function<RumorId, RumorLog.@Nullable Entry> rumors);
}
