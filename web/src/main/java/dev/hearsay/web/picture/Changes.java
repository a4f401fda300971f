package dev.hearsay.web.picture;

import dev.hearsay.web.journal.History;
import dev.hearsay.web.journal.NodeState;
import dev.hearsay.web.journal.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has changed in the picture, gathered until browsers are told. */
final class Changes {

    private static final int COPIES_MAX = 5000;

    /** The first copy of a message at a node. */
    record Arrived(MessageModel message, MessageModel.Arrival arrival) {}

    /** Another copy. */
    record Copied(MessageModel message, MessageModel.Copy copy) {}

    final Set<NodeModel> nodes = new LinkedHashSet<>();

    /** Those that have received or published something. */
    final Set<NodeModel> counted = new LinkedHashSet<>();

    final Set<MessageModel> messages = new LinkedHashSet<>();
    final List<Arrived> arrivals = new ArrayList<>();
    final List<Copied> copies = new ArrayList<>();
    final List<Timeline.Change<Integer, NodeState>> states = new ArrayList<>();
    final List<Timeline.Change<History.Pair, Boolean>> links = new ArrayList<>();

    /** The number of the last event before. */
    final long eventsAfter;

    boolean hasEvents;

    /** So much is different that everything must be told anew. */
    boolean isAnew;

    Changes(long eventsAfter) {
        this.eventsAfter = eventsAfter;
    }

    void add(MessageModel message, MessageModel.Arrival arrival) {
        arrivals.add(new Arrived(message, arrival));
    }

    void add(MessageModel message, MessageModel.Copy copy) {
        if (copies.size() < COPIES_MAX) {
            copies.add(new Copied(message, copy));
        }
    }

    boolean isNothing() {
        return nodes.isEmpty() && counted.isEmpty() && messages.isEmpty() && !hasEvents && links.isEmpty() && !isAnew;
    }
}
