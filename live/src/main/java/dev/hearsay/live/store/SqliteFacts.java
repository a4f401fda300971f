package dev.hearsay.live.store;

import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.wire.FactJson;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Facts as rows. What later facts make void is not kept: a shorter path replaces the longer one, and what is forgotten is
 * deleted in the transaction that says so. Used by one thread at a time.
 */
final class SqliteFacts {

    private static final int VERSION = 2;
    private static final int ORIGINS_CACHED_MAX = 65_536;

    private static final String[] TABLES = {
        "CREATE TABLE IF NOT EXISTS node (key INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE)",
        "CREATE TABLE IF NOT EXISTS origin"
                + " (key INTEGER PRIMARY KEY, address TEXT NOT NULL, epoch INTEGER NOT NULL, UNIQUE (address, epoch))",
        "CREATE TABLE IF NOT EXISTS began (node INTEGER PRIMARY KEY, origin INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS admitted"
                + " (node INTEGER NOT NULL, address TEXT NOT NULL, PRIMARY KEY (node, address)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS forgot (node INTEGER NOT NULL, origin INTEGER NOT NULL, up_to INTEGER NOT NULL,"
                + " seen TEXT, PRIMARY KEY (node, origin)) WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS rumor (at INTEGER PRIMARY KEY, node INTEGER NOT NULL, origin INTEGER NOT NULL,"
                + " sequence INTEGER NOT NULL, id_start INTEGER NOT NULL, id BLOB NOT NULL, created INTEGER NOT NULL,"
                + " relays INTEGER NOT NULL, hops INTEGER NOT NULL, path TEXT NOT NULL, sender TEXT,"
                + " received INTEGER NOT NULL, is_read INTEGER NOT NULL DEFAULT 0, payload BLOB NOT NULL)",
        "CREATE UNIQUE INDEX IF NOT EXISTS rumor_number ON rumor (node, origin, sequence)",
        "CREATE INDEX IF NOT EXISTS rumor_id ON rumor (node, id_start)",
        "CREATE TABLE IF NOT EXISTS fact (node INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,"
                + " body TEXT NOT NULL, PRIMARY KEY (node, kind, subject)) WITHOUT ROWID",
        "DELETE FROM origin WHERE key NOT IN"
                + " (SELECT origin FROM rumor UNION SELECT origin FROM forgot UNION SELECT origin FROM began)",
        "PRAGMA user_version = " + VERSION
    };

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<NodeId, Long> nodeKeys = new HashMap<>();
    private final Map<Origin, Long> originKeys = new HashMap<>();

    SqliteFacts(Connection connection) {
        this.connection = connection;
    }

    static void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version;
            try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                version = result.next() ? result.getInt(1) : 0;
            }
            if (version > VERSION) {
                throw new SQLException("it was written by a later version of this program");
            }
            if (version == 1) {
                statement.execute("ALTER TABLE membership RENAME TO fact");
                statement.execute("ALTER TABLE forgot ADD COLUMN seen TEXT");
            }
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
    }

    // --- Transactions, by hand: JDBC's own do not notice when SQLite has undone one by itself, as on a full disk ---

    void begin() throws SQLException {
        run("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        run("COMMIT");
    }

    /** Undoes whatever has been written since {@link #begin}; that SQLite has done so already is all right. */
    void undo() {
        nodeKeys.clear();
        originKeys.clear();
        // A statement that failed does not always work again.
        statements.values().forEach(SqliteFacts::closeQuietly);
        statements.clear();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // There was nothing left to undo.
        }
    }

    private static void closeQuietly(Statement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            // It is gone either way.
        }
    }

    // --- Writing -----------------------------------------------------------------------------------------------------

    void write(NodeId node, Fact fact) throws SQLException {
        long key = keyOf(node);
        switch (fact) {
            case RumorProtocol.Began(Origin origin) ->
                run("INSERT OR REPLACE INTO began (node, origin) VALUES (?, ?)", key, keyOf(origin));
            case RumorProtocol.Accepted(RelayedRumor carried) -> insert("INSERT", key, carried, null, 0);
            case RumorProtocol.Heard(RelayedRumor carried, NodeId from, long receivedMicros) ->
                insert("INSERT OR IGNORE", key, carried, from.toString(), receivedMicros);
            case RumorProtocol.Shortened(RumorId id, int hops, List<NodeId> path) ->
                run(
                        "UPDATE rumor SET hops = ?, path = ? WHERE node = ? AND id_start = ? AND id = ?",
                        hops,
                        text(path),
                        key,
                        id.a(),
                        bytes(id));
            case RumorProtocol.Read(List<RumorId> ids) -> {
                for (RumorId id : ids) {
                    run(
                            "UPDATE rumor SET is_read = 1 WHERE node = ? AND id_start = ? AND id = ?",
                            key,
                            id.a(),
                            bytes(id));
                }
            }
            case RumorProtocol.Kept(RelayedRumor carried, NodeId from, long receivedMicros) ->
                insert("INSERT OR IGNORE", key, carried, from.toString(), receivedMicros);
            case RumorProtocol.Forgot(Origin origin, long upTo, Ranges seen) -> {
                long originKey = keyOf(origin);
                for (int i = 0; i < seen.size(); i++) {
                    run(
                            "DELETE FROM rumor WHERE node = ? AND origin = ? AND sequence BETWEEN ? AND ?",
                            key,
                            originKey,
                            seen.first(i),
                            seen.last(i));
                }
                if (upTo == 0) {
                    run("DELETE FROM forgot WHERE node = ? AND origin = ?", key, originKey);
                    break;
                }
                run(
                        "INSERT INTO forgot (node, origin, up_to, seen) VALUES (?, ?, ?, ?) ON CONFLICT (node, origin)"
                                + " DO UPDATE SET up_to = excluded.up_to, seen = excluded.seen"
                                + " WHERE excluded.up_to >= up_to",
                        key,
                        originKey,
                        upTo,
                        text(seen));
            }
            case MembershipProtocol.Admitted(NodeId member) -> {
                run("INSERT OR IGNORE INTO admitted (node, address) VALUES (?, ?)", key, member.toString());
                delete(key, fact);
            }
            case MembershipProtocol.Dismissed(NodeId member) -> {
                run("DELETE FROM admitted WHERE node = ? AND address = ?", key, member.toString());
                writeRow(key, fact);
            }
            case StateProtocol.Dropped _ -> delete(key, fact);
            case VotingProtocol.VotedYes _,
                    PeerListProtocol.Certified _,
                    RegistrationProtocol.AppliedAs _,
                    PeerListProtocol.Pinned _,
                    StateProtocol.Wrote _,
                    StateProtocol.Learnt _ -> writeRow(key, fact);
        }
    }

    private void delete(long node, Fact fact) throws SQLException {
        FactJson.Row row = FactJson.voided(fact);
        if (row != null) {
            run("DELETE FROM fact WHERE node = ? AND kind = ? AND subject = ?", node, row.kind(), row.subject());
        }
    }

    private void writeRow(long node, Fact fact) throws SQLException {
        FactJson.Row row = FactJson.write(fact);
        run(
                "INSERT OR REPLACE INTO fact (node, kind, subject, body) VALUES (?, ?, ?, ?)",
                node,
                row.kind(),
                row.subject(),
                row.body());
    }

    private void insert(String how, long node, RelayedRumor carried, @Nullable String sender, long receivedMicros)
            throws SQLException {
        Rumor rumor = carried.rumor();
        run(
                how
                        + " INTO rumor (node, origin, sequence, id_start, id, created, relays, hops, path, sender, received,"
                        + " payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                node,
                keyOf(rumor.origin()),
                rumor.sequence(),
                rumor.id().a(),
                bytes(rumor.id()),
                rumor.createdMicros(),
                rumor.relays(),
                carried.hops(),
                text(carried.path()),
                sender,
                receivedMicros,
                rumor.payload());
    }

    long keyOf(NodeId node) throws SQLException {
        Long known = nodeKeys.get(node);
        if (known == null) {
            known = key("node", "address", node.toString());
            nodeKeys.put(node, known);
        }
        return known;
    }

    private long keyOf(Origin origin) throws SQLException {
        Long known = originKeys.get(origin);
        if (known == null) {
            if (originKeys.size() >= ORIGINS_CACHED_MAX) {
                originKeys.clear();
            }
            known = key("origin", "address, epoch", origin.node().toString(), origin.epoch());
            originKeys.put(origin, known);
        }
        return known;
    }

    private long key(String table, String columns, Object... values) throws SQLException {
        String marks = "?" + ", ?".repeat(values.length - 1);
        run("INSERT OR IGNORE INTO " + table + " (" + columns + ") VALUES (" + marks + ")", values);
        String select = "SELECT key FROM " + table + " WHERE (" + columns + ") = (" + marks + ")";
        try (ResultSet result = query(select, values)) {
            if (!result.next()) {
                throw new SQLException("a row that was just written is not there");
            }
            return result.getLong(1);
        }
    }

    ResultSet query(String sql, @Nullable Object... values) throws SQLException {
        return bind(sql, values).executeQuery();
    }

    void run(String sql, @Nullable Object... values) throws SQLException {
        bind(sql, values).execute();
    }

    private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static String text(Ranges numbers) {
        return LongStream.of(numbers.toBounds()).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    private static String text(List<NodeId> path) {
        return path.stream().map(NodeId::toString).collect(Collectors.joining(" "));
    }

    static byte[] bytes(RumorId id) {
        return ByteBuffer.allocate(32)
                .putLong(id.a())
                .putLong(id.b())
                .putLong(id.c())
                .putLong(id.d())
                .array();
    }
}
