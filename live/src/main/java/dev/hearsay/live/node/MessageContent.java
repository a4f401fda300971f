package dev.hearsay.live.node;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Message;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rumors and entries that a message carries. */
final class MessageContent {

    private MessageContent() {}

    /**
     * The message with others in the place of what it carries; null if none of its rumors is left.
     *
     * @param change what a rumor or an entry becomes; null to leave it out
     */
    static @Nullable Message map(Message message, Function<Bulky, @Nullable Bulky> change) {
        if (message instanceof RumorProtocol.Gossip(RelayedRumor carried)) {
            RelayedRumor changed = map(carried, change);
            return changed == null ? null : new RumorProtocol.Gossip(changed);
        }
        if (message instanceof AntiEntropyProtocol.Repair(List<RelayedRumor> rumors, boolean more)) {
            List<RelayedRumor> changed = rumors.stream()
                    .map(carried -> map(carried, change))
                    .filter(Objects::nonNull)
                    .toList();
            return changed.isEmpty() ? null : new AntiEntropyProtocol.Repair(changed, more);
        }
        if (message instanceof StateProtocol.Entries(List<Entry> entries, List<String> wants, boolean more)) {
            List<Entry> changed = entries.stream()
                    .map(entry -> (Entry) change.apply(entry))
                    .filter(Objects::nonNull)
                    .toList();
            return new StateProtocol.Entries(changed, wants, more);
        }
        return message;
    }

    @SuppressWarnings("ReferenceEquality") // whether it became another
    private static @Nullable RelayedRumor map(RelayedRumor carried, Function<Bulky, @Nullable Bulky> change) {
        Bulky changed = change.apply(carried.rumor());
        if (changed == null || changed == carried.rumor()) {
            return changed == null ? null : carried;
        }
        return new RelayedRumor((Rumor) changed, carried.hops(), carried.path());
    }
}
