package dev.hearsay.live.host;

import dev.hearsay.live.host.HostException.Code;
import dev.hearsay.live.store.InMemoryStore;
import dev.hearsay.live.store.SqliteStore;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store of a host, and what is said when it was damaged. */
final class HostStore {

    private HostStore() {}

    static Store open(@Nullable Path data) throws HostException {
        try {
            return data == null ? new InMemoryStore() : SqliteStore.open(data);
        } catch (StoreException e) {
            throw new HostException(Code.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Sets a damaged store aside, and returns the sentence that says so. */
    static String setAside(Path data) throws HostException {
        try {
            return damaged(SqliteStore.setAside(data));
        } catch (StoreException e) {
            throw new HostException(Code.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    static String damaged(Path aside) {
        return "the store was damaged; it was set aside as " + aside + ", and the nodes start without what it held";
    }

    static String torn(int commits) {
        return "the store has lost the last " + commits
                + " of its writes, for its write-ahead log is damaged; messages will be fetched from other nodes";
    }
}
