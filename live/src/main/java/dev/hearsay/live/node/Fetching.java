package dev.hearsay.live.node;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.live.loop.Loop;
import dev.hearsay.live.memory.MemoryBudget;
import dev.hearsay.live.store.Store;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gets what a node has left to its store back for whoever is to have it. Used on the node's loop only. */
final class Fetching {

    private final NodeId self;
    private final Loop loop;
    private final Store store;
    private final MemoryBudget.Account queues;

    /** What is being fetched for the last message, and to whom it goes: a rumor goes to several peers in a row. */
    private @Nullable Message last;

    private List<NodeId> lastTo = new ArrayList<>();
    private int sending;

    Fetching(NodeId self, Loop loop, Store store, MemoryBudget.Account queues) {
        this.self = self;
        this.loop = loop;
        this.store = store;
        this.queues = queues;
    }

    /** The things with their bytes, without those that are gone meanwhile. */
    <T extends Bulky> Future<List<T>> fetch(List<T> things) {
        List<T> away = things.stream().filter(Bulky::isAway).toList();
        if (away.isEmpty()) {
            return Future.succeededFuture(things);
        }
        return read(away)
                .map(found -> things.stream()
                        .map(thing -> thing.isAway() ? found.get(thing) : thing)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private <T extends Bulky> Future<Map<T, T>> read(List<T> away) {
        Promise<Map<T, T>> promise = Promise.promise();
        store.read(
                self,
                away,
                read -> loop.execute(() -> {
                    Map<T, T> found = new HashMap<>();
                    read.forEach(thing -> found.put(thing, thing));
                    promise.complete(found);
                }));
        return promise.future();
    }

    /** What a message carries that is away. */
    private static List<Bulky> away(Message message) {
        List<Bulky> away = new ArrayList<>();
        if (message instanceof RumorProtocol.Gossip(RelayedRumor carried)) {
            away.add(carried.rumor());
        } else if (message instanceof AntiEntropyProtocol.Repair(List<RelayedRumor> rumors, boolean _)) {
            rumors.forEach(carried -> away.add(carried.rumor()));
        } else if (message instanceof StateProtocol.Entries(List<Entry> entries, List<String> _, boolean _)) {
            away.addAll(entries);
        }
        away.removeIf(thing -> !thing.isAway());
        return away;
    }

    /**
     * Sends a message once all that it carries is here; at once if that is so. If too much is being fetched already, it is lost: anti-entropy will ask again.
     *
     * @return whether it is not lost
     */
    @SuppressWarnings("ReferenceEquality") // the very same object, not one that is equal
    boolean send(NodeId to, Message message, BiConsumer<NodeId, Message> way) {
        if (message == last) {
            lastTo.add(to);
            return true;
        }
        List<Bulky> away = away(message);
        if (away.isEmpty()) {
            way.accept(to, message);
            return true;
        }
        long bytes = away.stream().mapToLong(Bulky::size).sum();
        // One at a time is always fetched, however small the budget: else a message that is larger would never leave.
        if (sending > 0 && !queues.hasRoom(bytes)) {
            return false;
        }
        queues.add(bytes);
        sending++;
        List<NodeId> receivers = new ArrayList<>(List.of(to));
        last = message;
        lastTo = receivers;
        read(away).onSuccess(found -> {
            queues.add(-bytes);
            sending--;
            if (last == message) {
                last = null;
            }
            Message whole = whole(message, found);
            if (whole != null) {
                receivers.forEach(receiver -> way.accept(receiver, whole));
            }
        });
        return true;
    }

    private static @Nullable Message whole(Message message, Map<Bulky, Bulky> found) {
        Message whole = MessageContent.map(message, thing -> thing.isAway() ? found.get(thing) : thing);
        return whole instanceof StateProtocol.Entries(List<Entry> entries, List<String> wants, boolean _)
                        && entries.isEmpty()
                        && wants.isEmpty()
                ? null
                : whole;
    }
}
