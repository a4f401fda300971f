package dev.hearsay.live.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native library of SQLite, which its driver unpacks into a file of each process and deletes when that ends. One that is killed cannot,
 * so here the file is deleted as soon as it is loaded.
 */
final class SqliteLibrary {

    /** Says where the driver unpacks it. */
    private static final String FOLDER = "org.sqlite.tmpdir";

    /** Says where it is, so that nothing is unpacked. */
    private static final String PATH = "org.sqlite.lib.path";

    private static boolean isLoaded;

    private SqliteLibrary() {}

    /**
     * Loads it, unless it is loaded already, or somebody has said where it is to be.
     *
     * @throws SQLException if it cannot be loaded
     */
    static synchronized void load() throws SQLException {
        if (isLoaded || System.getProperty(FOLDER) != null || System.getProperty(PATH) != null) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("gossip-sqlite");
            System.setProperty(FOLDER, folder.toString());
            try {
                SQLiteJDBCLoader.initialize();
                isLoaded = true;
            } finally {
                System.clearProperty(FOLDER);
                delete(folder);
            }
        } catch (Exception e) {
            throw new SQLException("the native library of SQLite cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            // Systems that keep files which are in use leave it to the driver, which deletes them at the end.
        }
    }
}
