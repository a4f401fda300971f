package dev.hearsay.web.picture;

import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The last messages and their ways through the network. */
final class Messages {

    private static final int TEXT_CHARACTERS_SHOWN = 200;

    private final Map<RumorId, MessageModel> messages = new LinkedHashMap<>();
    private int count;

    Collection<MessageModel> all() {
        return messages.values();
    }

    @Nullable
    MessageModel find(RumorId id) {
        return messages.get(id);
    }

    @Nullable
    MessageModel find(int number) {
        return messages.values().stream()
                .filter(message -> message.number == number)
                .findFirst()
                .orElse(null);
    }

    void text(RumorId id, String text, Changes changes) {
        MessageModel message = messages.get(id);
        if (message != null && message.text == null) {
            message.text =
                    text.length() <= TEXT_CHARACTERS_SHOWN ? text : text.substring(0, TEXT_CHARACTERS_SHOWN) + "…";
            changes.messages.add(message);
        }
    }

    /**
     * An event of that node.
     *
     * @param index which node has an address; -1 if it cannot be told
     */
    void observe(long atMicros, NodeModel node, Event event, ToIntFunction<NodeId> index, Changes changes) {
        if (!(event instanceof RumorProtocol.Events rumor)) {
            return;
        }
        switch (rumor) {
            case RumorProtocol.Published published -> {
                node.published++;
                MessageModel message = include(published.id(), atMicros);
                if (message != null) {
                    message.origin = node.index;
                    message.published(atMicros);
                    arrived(message, new MessageModel.Arrival(node.index, -1, atMicros, 0), changes);
                }
            }
            case RumorProtocol.Delivered delivered -> {
                node.received++;
                MessageModel message = include(delivered.id(), atMicros);
                if (message != null) {
                    message.origin = index.applyAsInt(delivered.origin());
                    int from = index.applyAsInt(delivered.from());
                    arrived(message, new MessageModel.Arrival(node.index, from, atMicros, delivered.hops()), changes);
                }
            }
            case RumorProtocol.Duplicate duplicate -> {
                node.duplicates++;
                MessageModel message = messages.get(duplicate.id());
                if (message != null) {
                    var copy = new MessageModel.Copy(index.applyAsInt(duplicate.from()), node.index, atMicros);
                    if (message.duplicated(copy)) {
                        changes.add(message, copy);
                    }
                    changes.messages.add(message);
                }
            }
            case RumorProtocol.Relayed _, RumorProtocol.Forgotten _, RumorProtocol.Converged _ -> {
                return;
            }
        }
        changes.counted.add(node);
    }

    private static void arrived(MessageModel message, MessageModel.Arrival arrival, Changes changes) {
        if (message.arrived(arrival)) {
            changes.add(message, arrival);
        }
        changes.messages.add(message);
    }

    /** The message of that id; null if it is older than all that are kept. */
    private @Nullable MessageModel include(RumorId id, long atMicros) {
        MessageModel known = messages.get(id);
        if (known != null) {
            return known;
        }
        if (messages.size() == NetworkModel.MESSAGES_MAX) {
            MessageModel oldest = messages.values().stream()
                    .min(Comparator.comparingLong(MessageModel::beginMicros))
                    .orElseThrow();
            if (oldest.beginMicros() >= atMicros) {
                return null;
            }
            messages.remove(oldest.id);
        }
        MessageModel message = new MessageModel(++count, id);
        messages.put(id, message);
        return message;
    }
}
