package dev.hearsay.live.store;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.wire.FactJson;
import dev.hearsay.wire.WireException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads the rows of {@link SqliteFacts}: at the start of a node without what is large, and what is large one by one. Used by one thread at a time. */
final class SqliteReading {

    private final SqliteFacts rows;

    SqliteReading(SqliteFacts rows) {
        this.rows = rows;
    }

    /** The thing with its bytes; null if they are not there any more. */
    @SuppressWarnings("unchecked") // a rumor comes of a rumor, an entry of an entry
    <T extends Bulky> @Nullable T read(NodeId node, T thing) throws SQLException {
        return (T)
                switch ((Bulky) thing) {
                    case Rumor rumor -> read(node, rumor);
                    case Entry entry -> read(node, entry);
                };
    }

    private @Nullable Rumor read(NodeId node, Rumor rumor) throws SQLException {
        String select = "SELECT payload FROM rumor WHERE node = ? AND id_start = ? AND id = ?";
        try (ResultSet row = rows.query(select, rows.keyOf(node), rumor.id().a(), SqliteFacts.bytes(rumor.id()))) {
            byte[] payload = row.next() ? row.getBytes(1) : null;
            return payload == null || payload.length != rumor.size() ? null : rumor.with(payload);
        }
    }

    private @Nullable Entry read(NodeId node, Entry entry) throws SQLException {
        FactJson.Row named = FactJson.voided(new StateProtocol.Dropped(entry.key()));
        if (named == null) {
            throw new IllegalStateException("entries are rows of facts");
        }
        String select = "SELECT body FROM fact WHERE node = ? AND kind = ? AND subject = ?";
        try (ResultSet row = rows.query(select, rows.keyOf(node), named.kind(), named.subject())) {
            // A later one may have taken its place.
            return row.next()
                            && FactJson.read(named.kind(), row.getString(1))
                                    instanceof StateProtocol.Learnt(Entry stored, long _)
                            && stored.equals(entry)
                    ? stored
                    : null;
        } catch (WireException e) {
            throw new SQLException("a row makes no sense: " + e.getMessage(), e);
        }
    }

    List<Fact> load(NodeId node, Store.Wanted wanted) throws SQLException {
        try {
            return loadAll(node, wanted);
        } catch (IllegalArgumentException e) {
            throw new SQLiteException("a row makes no sense: " + e.getMessage(), SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    private List<Fact> loadAll(NodeId node, Store.Wanted wanted) throws SQLException {
        List<Fact> facts = new ArrayList<>();
        Map<Long, Origin> origins = new HashMap<>();
        long key = rows.keyOf(node);
        try (ResultSet row = rows.query("SELECT key, address, epoch FROM origin")) {
            while (row.next()) {
                origins.put(row.getLong(1), new Origin(NodeId.parseStored(row.getString(2)), row.getLong(3)));
            }
        }
        try (ResultSet row = rows.query("SELECT origin FROM began WHERE node = ?", key)) {
            if (row.next()) {
                facts.add(new RumorProtocol.Began(origin(origins, row.getLong(1))));
            }
        }
        try (ResultSet row = rows.query("SELECT address FROM admitted WHERE node = ?", key)) {
            while (row.next()) {
                facts.add(new MembershipProtocol.Admitted(NodeId.parseStored(row.getString(1))));
            }
        }
        forgetOldest(node, key, origins, wanted.rumorsMax());
        loadRows(key, facts);
        loadRumors(key, origins, wanted, facts);
        try (ResultSet row = rows.query("SELECT origin, up_to, seen FROM forgot WHERE node = ? ORDER BY origin", key)) {
            while (row.next()) {
                long upTo = row.getLong(2);
                facts.add(new RumorProtocol.Forgot(
                        origin(origins, row.getLong(1)), upTo, ranges(row.getString(3), upTo)));
            }
        }
        return facts;
    }

    /** Forgets what came before the newest rumors that are wanted, as retention does. */
    private void forgetOldest(NodeId node, long key, Map<Long, Origin> origins, int rumorsMax) throws SQLException {
        Map<Origin, Ranges> oldest = new LinkedHashMap<>();
        String select = "SELECT origin, sequence FROM rumor WHERE node = ? AND at <="
                + " (SELECT at FROM rumor WHERE node = ? ORDER BY at DESC LIMIT 1 OFFSET ?) ORDER BY origin, sequence";
        try (ResultSet row = rows.query(select, key, key, rumorsMax)) {
            while (row.next()) {
                oldest.computeIfAbsent(origin(origins, row.getLong(1)), origin -> new Ranges())
                        .add(row.getLong(2));
            }
        }
        for (Map.Entry<Origin, Ranges> one : oldest.entrySet()) {
            Ranges seen = seen(key, one.getKey());
            seen.addAll(one.getValue());
            rows.write(
                    node, new RumorProtocol.Forgot(one.getKey(), one.getValue().max(), seen));
        }
    }

    /** What has been forgotten of an origin. */
    private Ranges seen(long key, Origin origin) throws SQLException {
        String select = "SELECT up_to, seen FROM forgot JOIN origin ON origin.key = forgot.origin"
                + " WHERE node = ? AND address = ? AND epoch = ?";
        try (ResultSet row = rows.query(select, key, origin.node().toString(), origin.epoch())) {
            return row.next() ? ranges(row.getString(2), row.getLong(1)) : new Ranges();
        }
    }

    private void loadRows(long node, List<Fact> facts) throws SQLException {
        // The start that was the last decides, so they come in their order.
        String select = "SELECT kind, body FROM fact WHERE node = ? ORDER BY kind, length(subject), subject";
        try (ResultSet row = rows.query(select, node)) {
            while (row.next()) {
                Fact fact = FactJson.read(row.getString(1), row.getString(2));
                facts.add(
                        fact instanceof StateProtocol.Learnt(Entry entry, long _) && entry.isLarge()
                                ? new StateProtocol.Learnt(entry.away())
                                : fact);
            }
        } catch (WireException e) {
            throw new SQLException("a row makes no sense: " + e.getMessage(), e);
        }
    }

    private void loadRumors(long node, Map<Long, Origin> origins, Store.Wanted wanted, List<Fact> facts)
            throws SQLException {
        List<RumorId> read = new ArrayList<>();
        List<Long> unsound = new ArrayList<>();
        try (ResultSet row = rows.query(
                "SELECT origin, sequence, id, created, relays, hops, path, sender, received, is_read, payload, at"
                        + " FROM rumor WHERE node = ? ORDER BY at",
                node)) {
            while (row.next()) {
                RumorId id = RumorId.of(row.getBytes(3));
                byte[] payload = row.getBytes(11);
                Rumor rumor = new Rumor(
                        id,
                        origin(origins, row.getLong(1)),
                        row.getLong(2),
                        row.getLong(4),
                        row.getInt(5),
                        payload == null ? new byte[0] : payload);
                if (!wanted.isSound(rumor)) {
                    unsound.add(row.getLong(12));
                    continue;
                }
                RelayedRumor carried =
                        new RelayedRumor(rumor.isLarge() ? rumor.away() : rumor, row.getInt(6), path(row.getString(7)));
                String sender = row.getString(8);
                facts.add(
                        sender == null
                                ? new RumorProtocol.Accepted(carried)
                                : new RumorProtocol.Heard(carried, NodeId.parseStored(sender), row.getLong(9)));
                if (row.getBoolean(10)) {
                    read.add(id);
                }
            }
        }
        for (long at : unsound) {
            rows.run("DELETE FROM rumor WHERE at = ?", at);
        }
        if (!read.isEmpty()) {
            facts.add(new RumorProtocol.Read(read));
        }
    }

    private static Origin origin(Map<Long, Origin> origins, long key) throws SQLException {
        Origin origin = origins.get(key);
        if (origin == null) {
            throw new SQLiteException("a row names an origin that is not there", SQLiteErrorCode.SQLITE_CORRUPT);
        }
        return origin;
    }

    /** Stores of version 1 did not say: then it was all of them. */
    private static Ranges ranges(@Nullable String text, long upTo) {
        return text == null
                ? Ranges.of(1, upTo)
                : Ranges.of(
                        text.isEmpty()
                                ? new long[0]
                                : Stream.of(text.split(" ", -1))
                                        .mapToLong(Long::parseLong)
                                        .toArray());
    }

    private static List<NodeId> path(String text) {
        List<NodeId> path = new ArrayList<>();
        for (String address : text.split(" ", -1)) {
            if (!address.isEmpty()) {
                path.add(NodeId.parseStored(address));
            }
        }
        return List.copyOf(path);
    }
}
