package dev.hearsay.wire;

import static dev.hearsay.wire.MessageJson.expect;
import static dev.hearsay.wire.MessageWriter.type;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.CommitProtocol.Report;
import dev.hearsay.core.CommitProtocol.Tally;
import dev.hearsay.core.Entry;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.StateProtocol.Stamped;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages about versions and about the key/value state, and their entries, which stores have, too. */
final class StateJson {

    /** Beyond so many members, positions are written as ranges whatever their length. */
    private static final int BITS_MAX = 1 << 20;

    /** About so many characters has a range. */
    private static final int RANGE_LENGTH = 8;

    private static final int BITS_PER_CHARACTER = 6;

    /** What these messages and those of anti-entropy have; what is nested in them is not asked for here. */
    static final Set<String> FIELDS = Set.of(
            "versions",
            "state",
            "challenge",
            "membership",
            "tallies",
            "reports",
            "hashes",
            "buckets",
            "after",
            "upTo",
            "stamps",
            "entries",
            "keys");

    private StateJson() {}

    // --- Messages ----------------------------------------------------------------------------------------------------

    static void write(CommitProtocol.Messages message, JsonGenerator json) throws IOException {
        switch (message) {
            case CommitProtocol.VersionNews(long membership, List<Tally> tallies, boolean answer) -> {
                type("VERSION_NEWS", json);
                json.writeStringField("membership", hex(membership));
                Json.objects("tallies", tallies, json, tally -> {
                    ranges("versions", tally.versions(), json);
                    positions(tally.positions(), json);
                });
                json.writeBooleanField("answer", answer);
            }
            case CommitProtocol.Versions(List<Report> reports, boolean answer) -> {
                type("VERSIONS", json);
                Json.objects("reports", reports, json, report -> {
                    ranges("versions", report.versions(), json);
                    Json.texts("members", report.members(), json);
                    Attestation attestation = report.attestation();
                    if (attestation != null) {
                        json.writeNumberField("incarnation", attestation.incarnation());
                        MembershipWriter.signature("signature", attestation.signature(), json);
                    }
                });
                json.writeBooleanField("answer", answer);
            }
        }
    }

    static void write(StateProtocol.Messages message, JsonGenerator json) throws IOException {
        switch (message) {
            case StateProtocol.StateBuckets(List<Long> hashes) -> {
                type("STATE_BUCKETS", json);
                hashes(hashes, json);
            }
            case StateProtocol.StateDigest(long buckets, String after, String upTo, List<Stamped> entries) -> {
                type("STATE_DIGEST", json);
                json.writeStringField("buckets", hex(buckets));
                if (!after.isEmpty()) {
                    json.writeStringField("after", after);
                }
                if (!upTo.isEmpty()) {
                    json.writeStringField("upTo", upTo);
                }
                Json.objects("stamps", entries, json, stamped -> {
                    json.writeStringField("key", stamped.key());
                    stamp(stamped.stamp(), json);
                });
            }
            case StateProtocol.Entries(List<Entry> entries, List<String> wants, boolean more) -> {
                type("ENTRIES", json);
                Json.array("entries", entries, json, entry -> entry(entry, json));
                Json.texts("keys", wants, json);
                json.writeBooleanField("more", more);
            }
        }
    }

    /** The message of that type; null if there is no such type. */
    static @Nullable Message read(String type, JsonObject json) throws WireException {
        return switch (type) {
            case "VERSION_NEWS" -> {
                List<Tally> tallies = new ArrayList<>();
                int ranges = 0;
                for (JsonObject tally : json.objects("tallies")) {
                    Ranges positions = positions(tally);
                    ranges += positions.size();
                    expect(ranges <= BITS_MAX, "'positions' have more than " + BITS_MAX + " ranges");
                    tallies.add(new Tally(ranges(tally, "versions"), positions));
                }
                yield new CommitProtocol.VersionNews(
                        MessageReader.hex(json.text("membership"), "membership"), tallies, isSet(json, "answer"));
            }
            case "VERSIONS" -> {
                List<Report> reports = new ArrayList<>();
                int members = 0;
                for (JsonObject report : json.objects("reports")) {
                    Attestation attestation = report.has("signature")
                            ? new Attestation(report.whole("incarnation"), CoreJson.signature(report.text("signature")))
                            : null;
                    List<NodeId> nodes = TraceJson.nodes(report, "members");
                    members += nodes.size();
                    expect(members <= MessageReader.ITEMS_MAX, "'members' are more than " + MessageReader.ITEMS_MAX);
                    reports.add(new Report(ranges(report, "versions"), nodes, attestation));
                }
                yield new CommitProtocol.Versions(reports, isSet(json, "answer"));
            }
            case "STATE_BUCKETS" -> new StateProtocol.StateBuckets(hashes(json));
            case "STATE_DIGEST" -> {
                List<Stamped> stamps = new ArrayList<>();
                for (JsonObject stamped : json.objects("stamps")) {
                    stamps.add(new Stamped(stamped.text("key"), stamp(stamped)));
                }
                yield new StateProtocol.StateDigest(
                        MessageReader.hex(json.text("buckets"), "buckets"),
                        json.has("after") ? json.text("after") : "",
                        json.has("upTo") ? json.text("upTo") : "",
                        stamps);
            }
            case "ENTRIES" -> {
                List<Entry> entries = new ArrayList<>();
                for (JsonObject entry : json.objects("entries")) {
                    entries.add(entry(entry));
                }
                yield new StateProtocol.Entries(entries, json.texts("keys"), isSet(json, "more"));
            }
            default -> null;
        };
    }

    private static boolean isSet(JsonObject json, String name) throws WireException {
        return json.has(name) && json.flag(name);
    }

    // --- Values ------------------------------------------------------------------------------------------------------

    static void entry(Entry entry, JsonGenerator json) throws IOException {
        json.writeStartObject();
        entryFields(entry, json);
        json.writeEndObject();
    }

    /** A deletion has neither text nor base64, and no bytes, which stand for a value that is away. */
    static void entryFields(Entry entry, JsonGenerator json) throws IOException {
        json.writeStringField("key", entry.key());
        byte[] value = entry.content();
        if (entry.isAway()) {
            json.writeNumberField("bytes", entry.size());
        }
        if (value != null && MessageWriter.isBestAsText(value)) {
            json.writeStringField("text", new String(value, StandardCharsets.UTF_8));
        } else if (value != null) {
            json.writeBinaryField("base64", value);
        }
        stamp(entry.stamp(), json);
    }

    static Entry entry(JsonObject json) throws WireException {
        byte[] value = null;
        if (json.has("bytes")) {
            int size = json.integer("bytes");
            expect(size >= 1, "'bytes' must be positive");
            return new Entry(json.text("key"), null, stamp(json), size);
        }
        if (json.has("text")) {
            value = Utf8.encode(json.text("text"), "text");
        } else if (json.has("base64")) {
            value = base64(json, "base64");
        }
        return new Entry(json.text("key"), value, stamp(json));
    }

    private static void stamp(Stamp stamp, JsonGenerator json) throws IOException {
        json.writeNumberField("micros", stamp.micros());
        json.writeNumberField("count", stamp.count());
        json.writeStringField("writer", stamp.writer().toString());
    }

    private static Stamp stamp(JsonObject json) throws WireException {
        long micros = json.whole("micros");
        long count = json.whole("count");
        expect(micros >= 0 && count >= 0, "'micros' and 'count' must not be negative");
        return new Stamp(micros, count, TraceJson.node(json, "writer"));
    }

    /** As ranges, or as bits where that is shorter: half of a thousand members would be five hundred numbers. */
    private static void positions(Ranges positions, JsonGenerator json) throws IOException {
        if (positions.max() > BITS_MAX
                || (long) positions.size() * RANGE_LENGTH * BITS_PER_CHARACTER <= positions.max()) {
            ranges("positions", positions, json);
            return;
        }
        BitSet bits = new BitSet();
        for (int i = 0; i < positions.size(); i++) {
            bits.set((int) positions.first(i) - 1, (int) positions.last(i));
        }
        json.writeBinaryField("bits", bits.toByteArray());
    }

    private static Ranges positions(JsonObject json) throws WireException {
        if (!json.has("bits")) {
            return ranges(json, "positions");
        }
        byte[] bytes = base64(json, "bits");
        expect(bytes.length <= BITS_MAX / Byte.SIZE, "'bits' has more than " + BITS_MAX + " bits");
        BitSet bits = BitSet.valueOf(bytes);
        Ranges positions = new Ranges();
        int from = bits.nextSetBit(0);
        while (from >= 0) {
            int to = bits.nextClearBit(from);
            positions.add(from + 1L, to);
            from = bits.nextSetBit(to);
        }
        return positions;
    }

    private static byte[] base64(JsonObject json, String name) throws WireException {
        try {
            return Base64.getDecoder().decode(json.text(name));
        } catch (IllegalArgumentException e) {
            throw new WireException("'" + name + "' is not base64", e);
        }
    }

    static void ranges(String name, Ranges ranges, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        long[] bounds = ranges.toBounds();
        json.writeArray(bounds, 0, bounds.length);
    }

    static Ranges ranges(JsonObject json, String name) throws WireException {
        List<Long> bounds = json.wholes(name);
        try {
            return Ranges.of(bounds.stream().mapToLong(Long::longValue).toArray());
        } catch (IllegalArgumentException e) {
            throw new WireException("'" + name + "': " + e.getMessage(), e);
        }
    }

    static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }

    static void hashes(List<Long> hashes, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("hashes");
        for (long hash : hashes) {
            json.writeString(hex(hash));
        }
        json.writeEndArray();
    }

    static List<Long> hashes(JsonObject json) throws WireException {
        List<Long> hashes = new ArrayList<>();
        for (String hash : json.texts("hashes")) {
            hashes.add(MessageReader.hex(hash, "hashes"));
        }
        return hashes;
    }
}
