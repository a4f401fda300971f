package dev.hearsay.bench.membership;

import dev.hearsay.bench.BenchSettings;
import dev.hearsay.bench.report.Numbers;
import dev.hearsay.bench.report.Table;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.Statement.Change;
import dev.hearsay.core.math.Quorum;
import dev.hearsay.core.membership.Electorate;
import dev.hearsay.live.keys.Ed25519;
import dev.hearsay.wire.MessageJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What certificates of several sizes take to check, with the signatures of live networks, one thread; and how long they are on the wire. */
record Certificates(List<Row> measured) {

    private static final int[] SEEDS = {3, 5, 7};
    private static final int CHECKED = 3_000;
    private static final int CHECKED_QUICK = 300;

    /**
     * One size.
     *
     * @param votesPerSecond how many votes were verified in a second
     * @param jsonBytes how long the certificate is in JSON, on average
     */
    record Row(int seeds, int quorum, double votesPerSecond, double certificatesPerSecond, double jsonBytes) {}

    static Certificates measure(BenchSettings settings) {
        List<Row> rows = new ArrayList<>();
        int count = settings.quick() ? CHECKED_QUICK : CHECKED;
        // Once to warm up: the first round's figures are dropped.
        for (int round = 0; round < 2; round++) {
            rows.clear();
            for (int seeds : SEEDS) {
                settings.progress("  certificates of " + seeds + " seeds");
                rows.add(measure(seeds, count));
            }
        }
        return new Certificates(List.copyOf(rows));
    }

    private static Row measure(int seeds, int count) {
        int quorum = Quorum.size(seeds);
        List<Ed25519> keys = new ArrayList<>();
        Map<NodeId, @Nullable PublicKey> configuration = new LinkedHashMap<>();
        for (int i = 0; i < seeds; i++) {
            Ed25519 pair = Ed25519.generate();
            keys.add(pair);
            configuration.put(seed(i), pair.publicKey());
        }
        Electorate electorate = new Electorate(configuration);
        MessageJson json = new MessageJson();
        // Each is another, for what was found valid once is remembered.
        List<Certificate> certificates = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            NodeId peer = new NodeId("127.0.0.1", 7000 + i);
            Statement statement =
                    new Statement(Change.REGISTER, peer, 1, keys.getFirst().publicKey());
            List<Certificate.Vote> votes = new ArrayList<>();
            for (int vote = 0; vote < quorum; vote++) {
                votes.add(new Certificate.Vote(seed(vote), keys.get(vote).sign(statement.ballot())));
            }
            Certificate certificate = new Certificate(statement, votes);
            certificates.add(certificate);
            bytes += json.write(new RemovalProtocol.RemovalNotify(certificate)).length;
        }
        long begunNanos = System.nanoTime();
        for (Certificate certificate : certificates) {
            String problem = electorate.problemWith(certificate, keys.getFirst());
            if (problem != null) {
                throw new IllegalStateException(problem);
            }
        }
        double seconds = (System.nanoTime() - begunNanos) / 1e9;
        return new Row(seeds, quorum, count * quorum / seconds, count / seconds, (double) bytes / count);
    }

    private static NodeId seed(int index) {
        return new NodeId("127.0.0.1", 6000 + index);
    }

    void addTo(List<Table> tables, List<Map<String, Object>> rows) {
        Table table = new Table("seeds", "quorum", "votes verified/s", "certificates/s", "bytes (JSON)");
        for (Row row : measured) {
            table.row(
                    Integer.toString(row.seeds),
                    Integer.toString(row.quorum),
                    Numbers.of(row.votesPerSecond),
                    Numbers.of(row.certificatesPerSecond),
                    Numbers.of(row.jsonBytes));
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("seeds", row.seeds);
            figures.put("quorum", row.quorum);
            figures.put("votesVerifiedPerSecond", row.votesPerSecond);
            figures.put("certificatesPerSecond", row.certificatesPerSecond);
            figures.put("certificateJsonBytes", row.jsonBytes);
            rows.add(figures);
        }
        tables.add(table);
    }
}
