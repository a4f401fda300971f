package dev.hearsay.live.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a write-ahead log SQLite will take, and what it will not. The oracle is SQLite. */
class SqliteLogTest {

    private static final int COMMITS = 8;

    @TempDir
    Path directory;

    @Test
    void countsTheCommitsThatSqliteWillPassOver() throws Exception {
        Path file = directory.resolve("a.db");
        byte[] log;
        byte[] database;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE t (x)");
            // The log begins anew over the remains of an earlier one.
            statement.execute("INSERT INTO t VALUES (randomblob(200000))");
            statement.execute("DELETE FROM t");
            statement.execute("PRAGMA wal_checkpoint(RESTART)");
            for (int i = 0; i < COMMITS; i++) {
                statement.execute("INSERT INTO t VALUES (" + i + ")");
            }
            log = Files.readAllBytes(directory.resolve("a.db-wal"));
            database = Files.readAllBytes(file);
        }
        assertThat(lost(log, database)).isZero();
        int frame = 24 + 4096;
        for (int commit = 0; commit < COMMITS; commit++) {
            for (int at : new int[] {0, 5, 9, 17, 23, 24, frame - 1}) {
                byte[] flipped = log.clone();
                flipped[32 + commit * frame + at] ^= 1;
                int lost = lost(flipped, database);
                assertThat(lost)
                        .as("bit of commit %d at %d", commit, at)
                        .isBetween(COMMITS - commit - 1, COMMITS - commit);
                // A frame of another log, which is what a last one with a flipped salt looks like, was overwritten in
                // time.
                assertThat(lost).isGreaterThanOrEqualTo(at == 9 ? 0 : 1);
            }
        }
        for (int bit = 0; bit < 256; bit++) {
            byte[] flipped = log.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            // Some of these bits leave nothing by which one could count.
            assertThat(lost(flipped, database)).as("bit %d of the header", bit).isBetween(1, COMMITS);
        }
        byte[] torn = Arrays.copyOf(log, 32 + 3 * frame + 1000);
        assertThat(lost(torn, database)).as("half a frame was never committed").isZero();
        assertThat(SqliteLog.lostCommits(directory.resolve("none"))).isZero();
    }

    /** As many as are counted, after a look at whether SQLite takes the others. */
    private int lost(byte[] log, byte[] database) throws Exception {
        Path copy = Files.createTempDirectory(directory, "copy");
        Path file = copy.resolve("a.db");
        Path wal = copy.resolve("a.db-wal");
        Files.write(file, database);
        Files.write(wal, log);
        int lost = SqliteLog.lostCommits(wal);
        int there = rows(file);
        assertThat(lost > 0 || there >= COMMITS - 1 || log.length < 32 + COMMITS * 4120)
                .isTrue();
        return lost;
    }

    private static int rows(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM t")) {
            return result.next() ? result.getInt(1) : -1;
        }
    }
}
