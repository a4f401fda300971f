package dev.hearsay.live.store;

import java.sql.SQLException;

/** Makes a real store fail as a real disk does. */
public final class StoreFaults {

    private StoreFaults() {}

    /** From now on there is no room for another page. */
    public static void fill(Store store) throws SQLException {
        ((SqliteStore) store).limitPages(1);
    }

    public static void makeRoom(Store store) throws SQLException {
        ((SqliteStore) store).limitPages(1 << 20);
    }
}
