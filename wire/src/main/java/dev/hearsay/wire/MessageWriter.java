package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Signature;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writing half of {@link MessageJson}. */
final class MessageWriter {

    private static final SerializableString FROM = new SerializedString("from");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString RUMOR = new SerializedString("rumor");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString ORIGIN = new SerializedString("origin");
    private static final SerializableString EPOCH = new SerializedString("epoch");
    private static final SerializableString SEQUENCE = new SerializedString("sequence");
    private static final SerializableString CREATED = new SerializedString("createdMicros");
    private static final SerializableString RELAYS = new SerializedString("relays");
    private static final SerializableString HOPS = new SerializedString("hops");
    private static final SerializableString PATH = new SerializedString("path");
    private static final SerializableString TEXT = new SerializedString("text");
    private static final SerializableString BASE64 = new SerializedString("base64");

    private static final int ADDRESSES_MAX = 16384;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final ByteArrayBuilder bytes = new ByteArrayBuilder(1024);
    private final byte[] hex = new byte[64];

    /** AddressCache as they are written, for the same few are written again and again. */
    private final Map<NodeId, SerializableString> addresses = new HashMap<>();

    /** Writes the message; as a line, with a line break, if it is to say who it is from. */
    byte[] write(@Nullable NodeId from, Message message) {
        bytes.reset();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            if (from != null) {
                json.writeFieldName(FROM);
                json.writeString(text(from));
            }
            writeFields(message, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        if (from != null) {
            bytes.append('\n');
        }
        return bytes.toByteArray();
    }

    private void writeFields(Message message, JsonGenerator json) throws IOException {
        switch (message) {
            case RumorProtocol.Gossip(RelayedRumor carried) -> {
                type("GOSSIP", json);
                json.writeFieldName(RUMOR);
                write(carried, json);
            }
            case AntiEntropyProtocol.Summary(long rumors, long versions, long state, long challenge) -> {
                type("SUMMARY", json);
                json.writeFieldName("hash");
                writeHex(rumors, json);
                writeUnlessZero("versions", versions, json);
                writeUnlessZero("state", state, json);
                writeUnlessZero("challenge", challenge, json);
            }
            case AntiEntropyProtocol.Digest(
                    List<AntiEntropyProtocol.Holding> holdings,
                    long buckets,
                    List<Long> hashes,
                    long challenge) -> {
                type("DIGEST", json);
                if (buckets != AntiEntropyProtocol.Digest.ALL) {
                    json.writeFieldName("buckets");
                    writeHex(buckets, json);
                }
                if (!hashes.isEmpty()) {
                    StateJson.hashes(hashes, json);
                }
                writeUnlessZero("challenge", challenge, json);
                json.writeArrayFieldStart("holdings");
                for (AntiEntropyProtocol.Holding holding : holdings) {
                    json.writeStartObject();
                    write(holding.origin(), json);
                    json.writeNumberField("floor", holding.floor());
                    writeRanges("seen", holding.seen(), json);
                    if (!holding.gone().isEmpty()) {
                        writeRanges("gone", holding.gone(), json);
                    }
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case AntiEntropyProtocol.Pull(List<AntiEntropyProtocol.Want> wants) -> {
                type("PULL", json);
                json.writeArrayFieldStart("wants");
                for (AntiEntropyProtocol.Want want : wants) {
                    json.writeStartObject();
                    write(want.origin(), json);
                    writeRanges("numbers", want.numbers(), json);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            case AntiEntropyProtocol.Repair(List<RelayedRumor> rumors, boolean more) -> {
                type("REPAIR", json);
                json.writeArrayFieldStart("rumors");
                for (RelayedRumor carried : rumors) {
                    write(carried, json);
                }
                json.writeEndArray();
                json.writeBooleanField("more", more);
            }
            case CommitProtocol.Messages about -> StateJson.write(about, json);
            case StateProtocol.Messages about -> StateJson.write(about, json);
            case LinkProtocol.Link(List<NodeId> neighbours, boolean answer, boolean everybody) -> {
                type("LINK", json);
                json.writeArrayFieldStart("neighbours");
                writeNodes(neighbours, json);
                json.writeEndArray();
                json.writeBooleanField("answer", answer);
                if (everybody) {
                    json.writeBooleanField("everybody", true);
                }
            }
            case LinkProtocol.Leave leave -> type("LEAVE", json);
            case HeartbeatProtocol.Ping(long number) -> {
                type("PING", json);
                json.writeNumberField("number", number);
            }
            case HeartbeatProtocol.Pong(long number, Signature life) -> {
                type("PONG", json);
                json.writeNumberField("number", number);
                MembershipWriter.signature("life", life, json);
            }
            case SuspicionProtocol.Messages about -> MembershipWriter.write(about, json);
            case RegistrationProtocol.Requests about -> MembershipWriter.write(about, json);
            case RegistrationProtocol.Answers about -> MembershipWriter.write(about, json);
            case VotingProtocol.Messages about -> MembershipWriter.write(about, json);
            case PeerListProtocol.Requests about -> MembershipWriter.write(about, json);
            case PeerListProtocol.Answers about -> MembershipWriter.write(about, json);
            case DeclarationProtocol.Messages about -> MembershipWriter.write(about, json);
            case RemovalProtocol.Reports about -> MembershipWriter.write(about, json);
            case RemovalProtocol.Notices about -> MembershipWriter.write(about, json);
        }
    }

    private void writeUnlessZero(String name, long hash, JsonGenerator json) throws IOException {
        if (hash != 0) {
            json.writeFieldName(name);
            writeHex(hash, json);
        }
    }

    static void type(String name, JsonGenerator json) throws IOException {
        json.writeFieldName(TYPE);
        json.writeString(name);
    }

    private void write(RelayedRumor carried, JsonGenerator json) throws IOException {
        Rumor rumor = carried.rumor();
        json.writeStartObject();
        json.writeFieldName(ID);
        writeId(rumor.id(), json);
        write(rumor.origin(), json);
        json.writeFieldName(SEQUENCE);
        json.writeNumber(rumor.sequence());
        json.writeFieldName(CREATED);
        json.writeNumber(rumor.createdMicros());
        json.writeFieldName(RELAYS);
        json.writeNumber(rumor.relays());
        json.writeFieldName(HOPS);
        json.writeNumber(carried.hops());
        json.writeFieldName(PATH);
        json.writeStartArray();
        writeNodes(carried.path(), json);
        json.writeEndArray();
        if (rumor.isAway()) {
            json.writeNumberField("bytes", rumor.size());
        } else {
            writePayload(rumor.payload(), json);
        }
        json.writeEndObject();
    }

    /** Text as text, unless it is of a kind (control characters, mostly) that is shorter in base64. */
    private static void writePayload(byte[] payload, JsonGenerator json) throws IOException {
        if (isBestAsText(payload)) {
            json.writeFieldName(TEXT);
            json.writeUTF8String(payload, 0, payload.length);
        } else {
            json.writeFieldName(BASE64);
            json.writeBinary(payload);
        }
    }

    static boolean isBestAsText(byte[] payload) {
        return Utf8.isValid(payload) && Utf8.escapedLength(payload) <= payload.length / 3 * 4L + 4;
    }

    private void write(Origin origin, JsonGenerator json) throws IOException {
        json.writeFieldName(ORIGIN);
        json.writeString(text(origin.node()));
        json.writeFieldName(EPOCH);
        writeHex(origin.epoch(), json);
    }

    private void writeNodes(List<NodeId> nodes, JsonGenerator json) throws IOException {
        for (int i = 0; i < nodes.size(); i++) {
            json.writeString(text(nodes.get(i)));
        }
    }

    private SerializableString text(NodeId node) {
        SerializableString text = addresses.get(node);
        if (text == null) {
            if (addresses.size() == ADDRESSES_MAX) {
                addresses.clear();
            }
            text = new SerializedString(node.toString());
            addresses.put(node, text);
        }
        return text;
    }

    private static void writeRanges(String name, Ranges ranges, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < ranges.size(); i++) {
            json.writeNumber(ranges.first(i));
            json.writeNumber(ranges.last(i));
        }
        json.writeEndArray();
    }

    private void writeId(RumorId id, JsonGenerator json) throws IOException {
        putHex(id.a(), 0);
        putHex(id.b(), 16);
        putHex(id.c(), 32);
        putHex(id.d(), 48);
        json.writeRawUTF8String(hex, 0, 64);
    }

    private void writeHex(long value, JsonGenerator json) throws IOException {
        putHex(value, 0);
        json.writeRawUTF8String(hex, 0, 16);
    }

    private void putHex(long value, int at) {
        for (int i = 0; i < 16; i++) {
            hex[at + i] = HEX[(int) (value >>> (60 - 4 * i)) & 0xf];
        }
    }
}
