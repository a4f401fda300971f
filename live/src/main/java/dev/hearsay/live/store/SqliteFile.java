package dev.hearsay.live.store;

import dev.hearsay.core.Origin;
import dev.hearsay.live.keys.PrivateFiles;
import dev.hearsay.live.store.StoreException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The file of a store: opened, checked, and set aside if it is damaged. */
final class SqliteFile {

    private static final String NAME = "store.db";
    private static final String[] COMPANIONS = {"", "-wal", "-shm", "-journal"};
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** Where <a href="https://www.sqlite.org/fileformat2.html#the_lock_byte_page">SQLite locks</a>, on every system. */
    private static final long LOCK_BYTES_AT = 1 << 30;

    private static final long LOCK_BYTES = 512;

    /** The low byte of a result code is its kind. */
    private static final int KIND = 0xff;

    /** An open database, where a damaged one before it was put, and how many commits at its end are damaged. */
    record Opened(Connection connection, @Nullable Path setAside, int lostCommits) {}

    private SqliteFile() {}

    /** Opens the store in a directory; makes one if there is none, or only a damaged one, which is kept aside. */
    static Opened open(Path directory) throws StoreException {
        Path file = directory.resolve(NAME);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreException("the data directory " + directory + " cannot be made", Kind.OTHER, e);
        }
        makePrivate(file);
        try {
            int lostCommits = SqliteLog.lostCommits(file.resolveSibling(NAME + "-wal"));
            return new Opened(connect(file), null, lostCommits);
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw explain(file, e);
            }
        } catch (IOException e) {
            throw new StoreException("the store " + file + " cannot be read", Kind.OTHER, e);
        }
        Path aside = setAside(directory);
        makePrivate(file);
        try {
            return new Opened(connect(file), aside, 0);
        } catch (SQLException e) {
            throw explain(file, e);
        }
    }

    /** Whether another process has the store in a directory open: it holds the bytes that SQLite sets apart for locks. */
    static boolean isHeld(Path directory) {
        try (FileChannel channel =
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock(LOCK_BYTES_AT, LOCK_BYTES, false);
            return lock == null;
        } catch (IOException e) {
            // There is none, or none that this user could open; then this user cannot replace it either.
            return false;
        }
    }

    /** Whether the store in a directory, which must not be open, holds neither messages of people nor keys; not if that cannot be told. */
    static boolean isEmpty(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return true;
        }
        try (Connection connection = connectToRead(file);
                Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT NOT EXISTS (SELECT 1 FROM rumor JOIN origin"
                        + " ON origin.key = rumor.origin WHERE origin.address <> '" + Origin.VERSIONS.node() + "')"
                        + " AND NOT EXISTS (SELECT 1 FROM fact WHERE kind = 'entry')")) {
            return none.next() && none.getBoolean(1);
        } catch (SQLException e) {
            // Damaged: something was in it.
            return false;
        }
    }

    /** The folder may have been there, for others to look into; what SQLite puts beside the file has the file's permissions. */
    private static void makePrivate(Path file) {
        try {
            PrivateFiles.touch(file);
        } catch (IOException e) {
            // It cannot be made at all, and SQLite says why in a moment.
            return;
        }
    }

    /** Changes nothing: whoever opens it to write is the one to tell that its end is damaged. */
    private static Connection connectToRead(Path file) throws SQLException {
        SqliteLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static Connection connect(Path file) throws SQLException {
        SqliteLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(0);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            check(connection);
            SqliteFacts.createTables(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.next() ? result.getString(1) : "nothing";
            if (!"ok".equals(verdict)) {
                throw new SQLiteException(verdict, SQLiteErrorCode.SQLITE_CORRUPT);
            }
        }
    }

    /** Gives the store in a directory a name by which nobody will open it. */
    static Path setAside(Path directory) throws StoreException {
        Path file = directory.resolve(NAME);
        Path aside = file.resolveSibling(NAME + ".damaged-" + STAMP.format(Instant.now()));
        try {
            for (String companion : COMPANIONS) {
                Path from = file.resolveSibling(NAME + companion);
                if (Files.exists(from)) {
                    Files.move(from, aside.resolveSibling(aside.getFileName() + companion));
                }
            }
        } catch (IOException e) {
            throw new StoreException("the store " + file + " is damaged and cannot be set aside", Kind.OTHER, e);
        }
        return aside;
    }

    static boolean isDamage(SQLException e) {
        return isKind(e, SQLiteErrorCode.SQLITE_CORRUPT) || isKind(e, SQLiteErrorCode.SQLITE_NOTADB);
    }

    private static boolean isKind(SQLException e, SQLiteErrorCode kind) {
        return (e.getErrorCode() & KIND) == kind.code;
    }

    /** The failure in a sentence for people. */
    static StoreException explain(Object where, SQLException e) {
        String store = "the store " + where;
        if (isKind(e, SQLiteErrorCode.SQLITE_FULL)) {
            return new StoreException(store + " has no room left", Kind.FULL, e);
        }
        if (isDamage(e)) {
            return new StoreException(store + " is damaged", Kind.DAMAGED, e);
        }
        if (isKind(e, SQLiteErrorCode.SQLITE_BUSY) || isKind(e, SQLiteErrorCode.SQLITE_LOCKED)) {
            return new StoreException(store + " is in use by another process", Kind.OTHER, e);
        }
        if (isKind(e, SQLiteErrorCode.SQLITE_READONLY)
                || isKind(e, SQLiteErrorCode.SQLITE_CANTOPEN)
                || isKind(e, SQLiteErrorCode.SQLITE_PERM)) {
            return new StoreException(store + " cannot be written; look at its permissions", Kind.OTHER, e);
        }
        return new StoreException(store + " failed: " + e.getMessage(), Kind.OTHER, e);
    }
}
