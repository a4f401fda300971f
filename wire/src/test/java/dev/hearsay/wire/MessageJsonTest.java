package dev.hearsay.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Certificate;
import dev.hearsay.core.Entry;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageJsonTest {

    private static final NodeId NODE = new NodeId("127.0.0.1", 7001);

    private final MessageJson json = new MessageJson();

    private static Message gossip(byte[] payload) {
        RumorId id = new RumorId(1, 2, 3, -1);
        Rumor rumor = new Rumor(id, new Origin(NODE, 255), 7, 1_767_323_045_678_901L, 2, payload);
        return new RumorProtocol.Gossip(new RelayedRumor(rumor, 1, List.of(NODE)));
    }

    @Test
    void looksAsTheDocumentSays() {
        assertThat(json.write(gossip("apple".getBytes(UTF_8)))).asString(UTF_8).isEqualTo("""
                {"type":"GOSSIP","rumor":{"id":"000000000000000100000000000000020000000000000003ffffffffffffffff",\
                "origin":"127.0.0.1:7001","epoch":"00000000000000ff","sequence":7,"createdMicros":1767323045678901,\
                "relays":2,"hops":1,"path":["127.0.0.1:7001"],"text":"apple"}}""");
        assertThat(json.write(new HeartbeatProtocol.Ping(3)))
                .asString(UTF_8)
                .isEqualTo("{\"type\":\"PING\",\"number\":3}");
    }

    @Test
    void readsBackWhatItHasWritten() throws WireException {
        RandomMessages random = new RandomMessages(1);
        for (int i = 0; i < 2000; i++) {
            Message message = random.message(i % RandomMessages.MESSAGE_KINDS);
            Message read = json.read(json.write(message));
            assertThat(read).as("message %d", i).isEqualTo(message);
            // Rumors are equal if their ids are, so the rest of them is compared by writing it again.
            assertThat(json.write(read)).as("message %d", i).isEqualTo(json.write(message));
        }
    }

    @Test
    void keepsEveryByteOfAPayload() throws WireException {
        byte[] every = new byte[256];
        for (int i = 0; i < 256; i++) {
            every[i] = (byte) i;
        }
        for (byte[] payload :
                List.of(new byte[0], every, "\"\\/\b\f\n\r\t\u007f äß€🎉".getBytes(UTF_8), new byte[1 << 20])) {
            RumorProtocol.Gossip read = (RumorProtocol.Gossip) json.read(json.write(gossip(payload)));
            assertThat(read.carried().rumor().payload()).isEqualTo(payload);
        }
    }

    @Test
    void aPayloadOfAnyKindStaysWithinTheLimit() {
        byte[] control = new byte[1 << 20];
        Arrays.fill(control, (byte) 1);
        assertThat(json.write(gossip(control)).length).isLessThan(MessageJson.MESSAGE_BYTES_MAX / 4);
        assertThat(json.write(gossip("\u0001\u0001\u0001\u0001\u0001\u0001".getBytes(UTF_8))))
                .asString(UTF_8)
                .contains("base64");
    }

    @Test
    void readsFieldsInAnyOrderAndPassesOverUnknownOnes() throws WireException {
        String text = """
                {"later":{"type":["x",{}]},"neighbours":["127.0.0.1:7001"],"answer":true,"type":"LINK","more":false}""";
        assertThat(json.read(text.getBytes(UTF_8))).isEqualTo(new LinkProtocol.Link(List.of(NODE), true));
    }

    @Test
    void aRumorThatCannotBeReadDoesNotKeepTheOthersFromComing() throws WireException {
        RelayedRumor good = ((RumorProtocol.Gossip) gossip("apple".getBytes(UTF_8))).carried();
        String whole = new String(json.write(new AntiEntropyProtocol.Repair(List.of(good, good, good), true)), UTF_8);
        for (String bad : List.of(
                "\"relays\":0",
                "\"relays\":2,\"path\":[\"nowhere\",[{}]]",
                "\"relays\":{\"a\":[1]}",
                "\"relays\":-1")) {
            String text = whole.replaceFirst("\"relays\":2", bad);
            AntiEntropyProtocol.Repair repair = (AntiEntropyProtocol.Repair) json.read(text.getBytes(UTF_8));
            assertThat(repair.rumors()).as(bad).hasSize(2);
            assertThat(repair.more()).isTrue();
        }
        String several = whole.replaceFirst("\\{\"id\"", "3,[[{}]],\"no\",null,{\"id\"");
        assertThat(((AntiEntropyProtocol.Repair) json.read(several.getBytes(UTF_8))).rumors())
                .hasSize(3);
        assertThatThrownBy(() ->
                        json.read(whole.replace("\"relays\":2", "\"relays\":0").getBytes(UTF_8)))
                .as("nothing is left")
                .hasMessageContaining("'relays' must be 1 to");
        String many = whole.replaceFirst("\\{\"id\"", "0,".repeat(200) + "{\"id\"");
        assertThatThrownBy(() -> json.read(many.getBytes(UTF_8))).hasMessageContaining("more than 100");
    }

    @Test
    void whatIsSaidOfTheWayIsReadAsFarAsItCanBePassedOn() throws WireException {
        String whole = new String(json.write(gossip("apple".getBytes(UTF_8))), UTF_8);
        String far = whole.replace("\"hops\":1", "\"hops\":9223372036854775807");
        RelayedRumor carried = ((RumorProtocol.Gossip) json.read(far.getBytes(UTF_8))).carried();
        assertThat(carried.hops()).isEqualTo(RelayedRumor.HOPS_MAX);
        String path = "\"127.0.0.1:7001\",".repeat(RelayedRumor.PATH_MAX) + "\"127.0.0.1:7001\"";
        String longest = whole.replace("[\"127.0.0.1:7001\"]", "[" + path + "]");
        assertThat(((RumorProtocol.Gossip) json.read(longest.getBytes(UTF_8)))
                        .carried()
                        .path())
                .isEmpty();
    }

    @Test
    void readsBatches() throws WireException {
        RandomMessages random = new RandomMessages(2);
        List<Message> messages = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MessageJson.batchStart(NODE));
        for (int i = 0; i < 50; i++) {
            Message message = random.message(i % RandomMessages.MESSAGE_KINDS);
            messages.add(message);
            if (i > 0) {
                bytes.write(',');
            }
            bytes.writeBytes(json.write(message));
        }
        bytes.writeBytes(MessageJson.batchEnd());
        assertThat(json.readBatch(bytes.toByteArray())).isEqualTo(new MessageJson.Batch(NODE, messages));
        assertThat(json.readBatch("{\"messages\":[],\"to\":1,\"from\":\"127.0.0.1:7001\"}".getBytes(UTF_8)))
                .isEqualTo(new MessageJson.Batch(NODE, List.of()));
    }

    @Test
    void readsBackLines() throws WireException {
        RandomMessages random = new RandomMessages(5);
        for (int i = 0; i < 10 * RandomMessages.MESSAGE_KINDS; i++) {
            Message message = random.message(i % RandomMessages.MESSAGE_KINDS);
            byte[] line = json.writeLine(NODE, message);
            assertThat(line).endsWith((byte) '\n').containsOnlyOnce((byte) '\n');
            assertThat(json.readLine(Arrays.copyOf(line, line.length - 1)))
                    .isEqualTo(new MessageJson.Line(NODE, message));
        }
    }

    @Test
    void refusesLinesInOtherEncodings() {
        String text = "{\"from\":\"127.0.0.1:7001\",\"type\":\"LEAVE\"}";
        assertThatThrownBy(() -> json.readLine(text.getBytes(UTF_16LE)))
                .hasMessage("a line must not contain a zero byte");
        assertThatThrownBy(() -> json.readLine(text.replace("LEAVE", "L\u00c9").getBytes(ISO_8859_1)))
                .hasMessage("a line must be UTF-8");
        assertThatThrownBy(() -> json.readLine("{\"type\":\"LEAVE\"}".getBytes(UTF_8)))
                .hasMessage("'from' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                       | 'type' is missing",
                "[]                                       | a message is a JSON object",
                "3                                        | a message is a JSON object",
                "{\"type\":\"NOISE\"}                     | 'NOISE' is not a type of message",
                "{\"type\":\"PING\"}                      | PING: 'number' is missing",
                "{\"type\":\"PING\",\"number\":1}x        | not JSON: ",
                "{\"type\":\"PING\",\"number\":1}{}       | something follows the JSON object",
                "{\"type\":\"PING\",\"number\":1.5}       | 'number' must be a whole number of 64 bits",
                "{\"type\":\"PING\",\"number\":\"1\"}     | 'number' must be a whole number of 64 bits",
                "{\"type\":\"PING\",\"number\":9223372036854775808} | 'number' must be a whole number of 64 bits",
                "{\"type\":\"PING\",\"number\":1,\"number\":1} | 'number' is there twice",
                "{\"type\":7}                             | 'type' must be a string",
                "{\"type\":\"SUMMARY\",\"hash\":\"12\"}   | SUMMARY: 'hash' must have hexadecimal digits in lower case",
                "{\"type\":\"LINK\",\"neighbours\":[\"nowhere\"],\"answer\":true} | 'nowhere' is not an address",
                "{\"type\":\"LINK\",\"neighbours\":{},\"answer\":true} | 'neighbours' must be a list",
                "{\"type\":\"LINK\",\"neighbours\":[],\"answer\":1} | 'answer' must be true or false",
                "{\"type\":\"GOSSIP\",\"rumor\":[]}       | 'rumor' must hold JSON objects",
                "{\"type\":\"GOSSIP\",\"rumor\":{}}       | 'origin' is missing",
                "{\"type\":\"PULL\",\"wants\":[{\"origin\":\"a:1\",\"epoch\":\"0000000000000000\",\"numbers\":[2,1]}]} | ranges must be",
                "{\"type\":\"PULL\",\"wants\":[{\"origin\":\"a:1\",\"epoch\":\"0000000000000000\",\"numbers\":[1]}]} | pairs",
                "{\"type\":\"DIGEST\",\"holdings\":[{\"origin\":\"a:1\",\"epoch\":\"0000000000000000\",\"floor\":0,\"seen\":[]}]} | 'floor' must be",
                "{\"type\":\"PING\",\"number\":           | not JSON: ",
                "GET / HTTP/1.1                           | not JSON: ",
                "``                                       | a message is a JSON object",
            })
    void saysWhatIsWrong(String text, String complaint) {
        assertThatThrownBy(() -> json.read(text.getBytes(UTF_8)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesHalfASurrogatePair() {
        String whole = new String(json.write(gossip("apple".getBytes(UTF_8))), UTF_8);
        assertThatThrownBy(() -> json.read(whole.replace("apple", "\\ud83c").getBytes(UTF_8)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("half a surrogate pair");
    }

    @Test
    void refusesDeepNestingWithoutFallingOver() {
        String deep = "{\"x\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> json.read(deep.getBytes(UTF_8))).isInstanceOf(WireException.class);
    }

    /** Flips, cuts, doubles and mixes bytes of good messages: each result is read, or refused with one sentence. */
    @Test
    void damagedMessagesNeverCauseAnythingButAWireException() {
        RandomMessages messages = new RandomMessages(3);
        Random64 random = new Random64(4);
        int refused = 0;
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            byte[] bytes = json.write(messages.message(i % RandomMessages.MESSAGE_KINDS));
            byte[] damaged = damage(bytes, random);
            try {
                json.read(damaged);
            } catch (WireException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
                refused++;
            }
            try {
                json.readBatch(damaged);
            } catch (WireException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
            try {
                json.readLine(damaged);
            } catch (WireException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(refused).isGreaterThan(count / 4).isLessThan(count);
    }

    private static byte[] damage(byte[] bytes, Random64 random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(damaged.length);
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] = (byte) random.nextInt(256);
            case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> damaged = Arrays.copyOf(damaged, at);
            case 3 -> {
                byte[] shorter = new byte[damaged.length - 1];
                System.arraycopy(damaged, 0, shorter, 0, at);
                System.arraycopy(damaged, at + 1, shorter, at, shorter.length - at);
                damaged = shorter;
            }
            default -> {
                int from = random.nextInt(damaged.length);
                int length = Math.min(random.nextInt(40), damaged.length - Math.max(at, from));
                System.arraycopy(bytes, from, damaged, at, length);
            }
        }
        return damaged;
    }

    /** A list of so many mebibytes of one value, in a field of a message. */
    private static byte[] manyOf(String value, String type, String field, int mebibytes) {
        String items = (value + ",").repeat((mebibytes << 20) / (value.length() + 1));
        return ("{\"type\":\"" + type + "\",\"" + field + "\":[" + items + value + "]}").getBytes(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{\"\":0}'|ENTRIES|keys",
                "'{}'|ENTRIES|entries",
                "'[[0]]'|VERSIONS|reports",
                "'\"\"'|ENTRIES|keys",
                "'{\"versions\":[],\"positions\":[]}'|VERSION_NEWS|tallies",
                "'{\"a\":{},\"b\":{}}'|DEAD_NODE_REPORT|confirmations"
            })
    void manySmallValuesAreRefusedBeforeTheyTakeMuchMemory(String value, String type, String field) {
        assertThatThrownBy(() -> json.read(manyOf(value, type, field, 7)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("would take more than 32 MiB of memory");
    }

    @Test
    void namesThatAreAllDifferentCountToo() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            fields.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        byte[] nested = ("{\"type\":\"VOTE\",\"statement\":{\"\":0" + fields + "}}").getBytes(UTF_8);
        assertThatThrownBy(() -> json.read(nested)).hasMessageContaining("MiB of memory");
    }

    @Test
    void whatNoMessageHasIsPassedOverHoweverLong() throws WireException {
        assertThat(json.read(manyOf("{\"\":0}", "LEAVE", "later", 7))).isEqualTo(new LinkProtocol.Leave());
    }

    @Test
    void theLongestMessagesWithSmallEntriesAreRead() throws WireException {
        Stamp stamp = new Stamp(1_767_323_045_678_901L, 0, NODE);
        List<Entry> entries = new ArrayList<>();
        List<StateProtocol.Stamped> stamps = new ArrayList<>();
        for (int i = 0; i < 90_000; i++) {
            entries.add(new Entry("k" + i, new byte[] {'x'}, stamp));
            stamps.add(new StateProtocol.Stamped("k" + i, stamp));
        }
        PublicKey key = PublicKey.parse("a".repeat(64));
        Signature signature = Signature.of(new byte[64]);
        List<Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < 18_000; i++) {
            Statement statement = new Statement(Statement.Change.REGISTER, NODE, i + 1, key);
            certificates.add(new Certificate(
                    statement, List.of(new Certificate.Vote(NODE, signature), new Certificate.Vote(NODE, signature))));
        }
        for (Message message : List.of(
                new StateProtocol.Entries(entries, List.of(), false),
                new StateProtocol.StateDigest(1, "", "", stamps),
                new PeerListProtocol.PeerList(key, 0, new PeerListProtocol.Edition(1, 1), certificates, false))) {
            byte[] written = json.write(message);
            assertThat(written.length).isBetween(6 << 20, MessageJson.MESSAGE_BYTES_MAX);
            assertThat(json.write(json.read(written))).isEqualTo(written);
        }
    }

    @Test
    void listsWithoutEndAreRefused() {
        for (String field : List.of("neighbours", "bits", "members")) {
            assertThatThrownBy(() -> json.read(endless(field).getBytes(UTF_8)))
                    .as(field)
                    .isInstanceOf(WireException.class)
                    .hasMessageMatching(".*'" + field + "'.* more than (131072|1048576).*");
        }
        String tally = "{\"versions\":[],\"bits\":\"" + "VVVV".repeat(43_000) + "\"},";
        String tallies = "{\"type\":\"VERSION_NEWS\",\"membership\":\"00000000000000ff\",\"tallies\":["
                + tally.repeat(40) + "{}]}";
        assertThatThrownBy(() -> json.read(tallies.getBytes(UTF_8)))
                .hasMessageContaining("'positions' have more than 1048576 ranges");
    }

    private static String endless(String field) {
        StringBuilder addresses = new StringBuilder("[\"a:1\"");
        for (int i = 0; i < 200_000; i++) {
            addresses.append(",\"h").append(i).append(":1\"");
        }
        addresses.append(']');
        return switch (field) {
            case "neighbours" -> "{\"neighbours\":" + addresses + ",\"answer\":true,\"type\":\"LINK\"}";
            case "bits" ->
                "{\"type\":\"VERSION_NEWS\",\"membership\":\"00000000000000ff\",\"tallies\":[{\"versions\":[],\"bits\":\""
                        + "VVVV".repeat(60_000) + "\"}]}";
            default -> "{\"type\":\"VERSIONS\",\"reports\":[{\"versions\":[],\"members\":" + addresses + "}]}";
        };
    }
}
