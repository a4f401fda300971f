package dev.hearsay.web.picture;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.Signal;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The last messages and their ways through the network. */
final class Messages {

    private static final int TEXT_CHARACTERS_SHOWN = 200;

    private final Map<RumorId, MessageSight> messages = new LinkedHashMap<>();
    private int count;

    Collection<MessageSight> all() {
        return messages.values();
    }

    @Nullable
    MessageSight find(RumorId id) {
        return messages.get(id);
    }

    @Nullable
    MessageSight find(int number) {
        return messages.values().stream()
                .filter(message -> message.number == number)
                .findFirst()
                .orElse(null);
    }

    void text(RumorId id, String text, Changes changes) {
        MessageSight message = messages.get(id);
        if (message != null && message.text == null) {
            message.text =
                    text.length() <= TEXT_CHARACTERS_SHOWN ? text : text.substring(0, TEXT_CHARACTERS_SHOWN) + "…";
            changes.messages.add(message);
        }
    }

    /**
     * A signal of that node.
     *
     * @param index which node has an address; -1 if it cannot be told
     */
    void observe(long atMicros, NodeSight node, Signal signal, ToIntFunction<NodeId> index, Changes changes) {
        switch (signal) {
            case Signal.Published published -> {
                node.published++;
                MessageSight message = include(published.id(), atMicros);
                if (message != null) {
                    message.origin = node.index;
                    message.published(atMicros);
                    arrived(message, new MessageSight.Arrival(node.index, -1, atMicros, 0), changes);
                }
            }
            case Signal.Delivered delivered -> {
                node.received++;
                MessageSight message = include(delivered.id(), atMicros);
                if (message != null) {
                    message.origin = index.applyAsInt(delivered.origin());
                    int from = index.applyAsInt(delivered.from());
                    arrived(message, new MessageSight.Arrival(node.index, from, atMicros, delivered.hops()), changes);
                }
            }
            case Signal.Duplicate duplicate -> {
                node.duplicates++;
                MessageSight message = messages.get(duplicate.id());
                if (message != null) {
                    var copy = new MessageSight.Copy(index.applyAsInt(duplicate.from()), node.index, atMicros);
                    if (message.duplicated(copy)) {
                        changes.add(message, copy);
                    }
                    changes.messages.add(message);
                }
            }
            default -> {
                return;
            }
        }
        changes.nodes.add(node);
    }

    private static void arrived(MessageSight message, MessageSight.Arrival arrival, Changes changes) {
        if (message.arrived(arrival)) {
            changes.add(message, arrival);
        }
        changes.messages.add(message);
    }

    /** The message of that id; null if it is older than all that are kept. */
    private @Nullable MessageSight include(RumorId id, long atMicros) {
        MessageSight known = messages.get(id);
        if (known != null) {
            return known;
        }
        if (messages.size() == NetworkPicture.MESSAGES_MAX) {
            MessageSight oldest = messages.values().stream()
                    .min(Comparator.comparingLong(MessageSight::beginMicros))
                    .orElseThrow();
            if (oldest.beginMicros() >= atMicros) {
                return null;
            }
            messages.remove(oldest.id);
        }
        MessageSight message = new MessageSight(++count, id);
        messages.put(id, message);
        return message;
    }
}
