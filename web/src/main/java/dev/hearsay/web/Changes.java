package dev.hearsay.web;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has changed in the picture, gathered until browsers are told. */
final class Changes {

    /** More than this in a tenth of a second nobody reads; the numbers of events show that there were more. */
    private static final int EVENTS_MAX = 200;

    private static final int COPIES_MAX = 5000;

    /** The first copy of a message at a node. */
    record Arrived(MessageSight message, MessageSight.Arrival arrival) {}

    /** Another copy. */
    record Copied(MessageSight message, MessageSight.Copy copy) {}

    final Set<NodeSight> nodes = new LinkedHashSet<>();
    final Set<MessageSight> messages = new LinkedHashSet<>();
    final List<Arrived> arrivals = new ArrayList<>();
    final List<Copied> copies = new ArrayList<>();
    final ArrayDeque<NetworkPicture.Event> events = new ArrayDeque<>();
    boolean areLinksChanged;

    void add(NetworkPicture.Event event) {
        events.addLast(event);
        if (events.size() > EVENTS_MAX) {
            events.removeFirst();
        }
    }

    void add(MessageSight message, MessageSight.Arrival arrival) {
        arrivals.add(new Arrived(message, arrival));
    }

    void add(MessageSight message, MessageSight.Copy copy) {
        if (copies.size() < COPIES_MAX) {
            copies.add(new Copied(message, copy));
        }
    }

    boolean isNothing() {
        return nodes.isEmpty() && messages.isEmpty() && events.isEmpty() && !areLinksChanged;
    }
}
