package dev.hearsay.web.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.hearsay.core.Event;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.TraceJson;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A long history, written down piece by piece. */
class HistoryJsonTest {

    private static final int NODES = 1000;

    private static final Names NAMES = new Names() {
        @Override
        public int index(NodeId address) {
            return address.port() - 7000;
        }

        @Override
        public NodeId address(int index) {
            return new NodeId("127.0.0.1", 7000 + index);
        }

        @Override
        public String called(int index) {
            return "node " + index;
        }
    };

    private long nowMicros = 1_000_000;
    private final Past past = Past.begin(() -> nowMicros, EventLog.EVENTS_MAX);

    /** Each piece is written in one turn of the loop, on which everybody waits. */
    @Test
    void aHundredThousandChangesAreManySmallPiecesOfOneObject() throws Exception {
        for (int i = 0; i < History.CHANGES_MAX + 5000; i++) {
            boolean isThere = i / NODES % 2 == 0;
            past.history().state(i % NODES, isThere ? NodeState.LIVE : NodeState.SUSPECTED, ++nowMicros);
            past.history().link(History.Pair.of(i % NODES, NODES + i % NODES), isThere, nowMicros);
        }
        for (int i = 0; i < Marks.MARKS_MAX; i++) {
            NodeId node = NAMES.address(i % NODES);
            Event event = new RumorProtocol.Published(new RumorId(i, 0, 0, 0), i, 1);
            past.add(nowMicros, i % NODES, node, event, i, TraceJson.write(nowMicros, node, event));
        }
        List<Supplier<String>> pieces = HistoryJson.history(past, NAMES);
        StringBuilder all = new StringBuilder();
        for (Supplier<String> piece : pieces) {
            String text = piece.get();
            assertThat(text.length()).isLessThan(64 << 10);
            all.append(text);
        }
        assertThat(all)
                .startsWith("{\"from\":" + past.history().fromMicros() + ",\"to\":" + nowMicros + ",\"states\":[");
        try (JsonParser parser = new JsonFactory().createParser(all.toString())) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).as("what follows the object").isNull();
        }
        assertThat(rows(all, "states")).isEqualTo(NODES);
        assertThat(rows(all, "links")).isEqualTo(NODES);
        assertThat(rows(all, "changes")).isEqualTo(History.CHANGES_MAX);
        assertThat(rows(all, "linkChanges")).isEqualTo(History.CHANGES_MAX);
        assertThat(rows(all, "marks")).isEqualTo(Marks.MARKS_MAX);
    }

    @Test
    void aHistoryOfNothingIsAnObjectToo() throws Exception {
        StringBuilder all = new StringBuilder();
        HistoryJson.history(past, NAMES).forEach(piece -> all.append(piece.get()));
        assertThat(JsonObject.parse(all.toString()).names())
                .containsExactly("from", "to", "states", "links", "changes", "linkChanges", "marks");
    }

    private static long rows(StringBuilder json, String name) {
        int begin = json.indexOf("\"" + name + "\":[") + name.length() + 4;
        int end = json.indexOf("]]", begin);
        return json.substring(begin, end).chars().filter(c -> c == '[').count();
    }
}
