/**
 * What nodes must know again after a restart. {@link dev.hearsay.live.store.Store} is what a driver sees, {@link
 * dev.hearsay.live.store.SqliteStore} keeps it on disk, {@link dev.hearsay.live.store.InMemoryStore} does not.
 *
 * <p>Imports core, SQLite's JDBC driver and SLF4J. Knows nothing of event loops: whoever is called back gets there by itself.
 */
@NullMarked
package dev.hearsay.live.store;

import org.jspecify.annotations.NullMarked;
