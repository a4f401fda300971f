package dev.hearsay.core.state;

import dev.hearsay.core.Effects;
import dev.hearsay.core.Entry;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.StateProtocol;
import java.util.ArrayList;
import java.util.List;

/** As many entries as fit into a message. */
final class EntryBatch {

    /** About how large a message may be; what does not fit comes with the next. */
    static final int BYTES_MAX = 256 << 10;

    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private boolean more;

    /** False if there is no room for this one. */
    boolean add(Entry entry) {
        more = bytes >= BYTES_MAX;
        if (!more) {
            entries.add(entry);
            bytes += EntryTable.bytes(entry);
        }
        return !more;
    }

    void send(NodeId to, List<String> wants, Effects effects) {
        if (!entries.isEmpty() || !wants.isEmpty()) {
            effects.send(to, new StateProtocol.Entries(entries, wants, more));
        }
    }
}
