package dev.hearsay.live.host;

import dev.hearsay.live.host.HostException.Code;
import dev.hearsay.live.store.InMemoryStore;
import dev.hearsay.live.store.SqliteStore;
import dev.hearsay.live.store.Store;
import dev.hearsay.live.store.StoreException;
import java.nio.file.Path;

/** Opens the store of a host, and says in a sentence what is wrong with it. */
final class HostStore {

    private HostStore() {}

    static Store open(HostOptions options) throws HostException {
        try {
            return options.data() == null ? new InMemoryStore() : SqliteStore.open(options.data());
        } catch (StoreException e) {
            throw new HostException(Code.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Puts a damaged store out of the way, and hands back what people should be told. */
    static String setAside(Path directory) throws HostException {
        try {
            return damaged(SqliteStore.setAside(directory));
        } catch (StoreException e) {
            throw new HostException(Code.STORE, String.valueOf(e.getMessage()), e);
        }
    }

    static String damaged(Path aside) {
        return "the store was damaged; it was set aside as " + aside + ", and the nodes start without what it held";
    }
}
