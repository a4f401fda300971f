package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.Command;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Fact;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Input;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RumorId;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.Timer;
import dev.hearsay.core.VotingProtocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a node, as recordings have it: the fields of a line beside those that every line has. Messages are as on the wire. */
final class InputJson {

    private InputJson() {}

    static void write(Input input, MessageJson messages, JsonGenerator json) throws IOException {
        switch (input) {
            case Input.Started started -> json.writeStringField("input", "started");
            case Input.Received(NodeId from, Message message) -> {
                json.writeStringField("input", "received");
                json.writeStringField("from", from.toString());
                message(message, messages, json);
            }
            case Input.Fired(Timer timer) -> {
                json.writeStringField("input", "fired");
                write(timer, json);
            }
            case Input.Asked(Command command) -> {
                json.writeStringField("input", "asked");
                write(command, json);
            }
            case Input.Unsaved(Fact fact) -> {
                json.writeStringField("input", "unsaved");
                RecordedFactJson.write(fact, messages, json);
            }
        }
    }

    /** A message as it travels. */
    static void message(Message message, MessageJson messages, JsonGenerator json) throws IOException {
        json.writeFieldName("message");
        json.writeRawValue(new String(messages.write(message), StandardCharsets.UTF_8));
    }

    private static void write(Timer timer, JsonGenerator json) throws IOException {
        switch (timer) {
            case AntiEntropyProtocol.AntiEntropyRound(long generation) -> timer("antiEntropyRound", generation, json);
            case HeartbeatProtocol.HeartbeatRound(long generation) -> timer("heartbeatRound", generation, json);
            case CommitProtocol.ReportRound(long generation) -> timer("reportRound", generation, json);
            case PeerListProtocol.SyncRound(long generation) -> timer("syncRound", generation, json);
            case RegistrationProtocol.Apply(long generation) -> timer("apply", generation, json);
            case PeerListProtocol.Refresh(long generation) -> timer("refresh", generation, json);
            case SuspicionProtocol.Probe(long generation) -> timer("probe", generation, json);
            case DeclarationProtocol.DeclareRound(long generation) -> timer("declare", generation, json);
            case GeneratorProtocol.Generate(int number) -> timer("generate", number, json);
            case RumorProtocol.Relay(RumorId id, int round) -> {
                timer("relay", round, json);
                json.writeStringField("id", id.toString());
            }
            case VotingProtocol.Examine(Statement statement, int attempt) -> {
                timer("examine", attempt, json);
                MembershipWriter.statement("statement", statement, json);
            }
            case VotingProtocol.VoteEnd(Statement statement, long generation) -> {
                timer("voteEnd", generation, json);
                MembershipWriter.statement("statement", statement, json);
            }
            case SuspicionProtocol.SuspicionTimeout(Statement registration, long generation) -> {
                timer("juryEnd", generation, json);
                MembershipWriter.statement("statement", registration, json);
            }
        }
    }

    private static void timer(String name, long number, JsonGenerator json) throws IOException {
        json.writeStringField("timer", name);
        json.writeNumberField("number", number);
    }

    private static void write(Command command, JsonGenerator json) throws IOException {
        switch (command) {
            case Command.Publish(byte[] payload, int relays) -> {
                json.writeStringField("command", "publish");
                bytes(payload, json);
                json.writeNumberField("relays", relays);
            }
            case Command.PublishVersion(long version) -> {
                json.writeStringField("command", "publishVersion");
                json.writeNumberField("version", version);
            }
            case Command.Put(String key, byte[] value) -> {
                json.writeStringField("command", "put");
                json.writeStringField("key", key);
                bytes(value, json);
            }
            case Command.Delete(String key) -> {
                json.writeStringField("command", "delete");
                json.writeStringField("key", key);
            }
            case Command.MarkRead(List<RumorId> ids) -> {
                json.writeStringField("command", "markRead");
                RecordedFactJson.ids(ids, json);
            }
            case Command.Admit(NodeId member) -> {
                json.writeStringField("command", "admit");
                json.writeStringField("member", member.toString());
            }
            case Command.Dismiss(NodeId member) -> {
                json.writeStringField("command", "dismiss");
                json.writeStringField("member", member.toString());
            }
            case Command.Depart depart -> json.writeStringField("command", "depart");
        }
    }

    private static void bytes(byte[] bytes, JsonGenerator json) throws IOException {
        if (MessageWriter.isBestAsText(bytes)) {
            json.writeStringField("text", new String(bytes, StandardCharsets.UTF_8));
        } else {
            json.writeBinaryField("base64", bytes);
        }
    }

    /** The input of a line whose message, if it has one, was read before. */
    static Input read(JsonObject json, @Nullable Message message) throws WireException {
        String input = json.text("input");
        return switch (input) {
            case "started" -> new Input.Started();
            case "received" ->
                new Input.Received(TraceJson.node(json, "from"), MessageJson.present(message, "message"));
            case "fired" -> new Input.Fired(timer(json));
            case "asked" -> new Input.Asked(command(json));
            case "unsaved" -> new Input.Unsaved(RecordedFactJson.read(json, message));
            default -> throw new WireException("'" + input + "' is not an input");
        };
    }

    private static Timer timer(JsonObject json) throws WireException {
        String name = json.text("timer");
        long number = json.whole("number");
        return switch (name) {
            case "antiEntropyRound" -> new AntiEntropyProtocol.AntiEntropyRound(number);
            case "heartbeatRound" -> new HeartbeatProtocol.HeartbeatRound(number);
            case "reportRound" -> new CommitProtocol.ReportRound(number);
            case "syncRound" -> new PeerListProtocol.SyncRound(number);
            case "apply" -> new RegistrationProtocol.Apply(number);
            case "refresh" -> new PeerListProtocol.Refresh(number);
            case "probe" -> new SuspicionProtocol.Probe(number);
            case "declare" -> new DeclarationProtocol.DeclareRound(number);
            case "generate" -> new GeneratorProtocol.Generate(json.integer("number"));
            case "relay" -> new RumorProtocol.Relay(RumorId.parse(json.text("id")), json.integer("number"));
            case "examine" ->
                new VotingProtocol.Examine(MembershipReader.statement(json, "statement"), json.integer("number"));
            case "voteEnd" -> new VotingProtocol.VoteEnd(MembershipReader.statement(json, "statement"), number);
            case "juryEnd" ->
                new SuspicionProtocol.SuspicionTimeout(MembershipReader.statement(json, "statement"), number);
            default -> throw new WireException("'" + name + "' is not a timer");
        };
    }

    private static Command command(JsonObject json) throws WireException {
        String name = json.text("command");
        return switch (name) {
            case "publish" -> new Command.Publish(bytes(json), json.integer("relays"));
            case "publishVersion" -> new Command.PublishVersion(json.whole("version"));
            case "put" -> new Command.Put(json.text("key"), bytes(json));
            case "delete" -> new Command.Delete(json.text("key"));
            case "markRead" -> new Command.MarkRead(RecordedFactJson.ids(json));
            case "admit" -> new Command.Admit(TraceJson.node(json, "member"));
            case "dismiss" -> new Command.Dismiss(TraceJson.node(json, "member"));
            case "depart" -> new Command.Depart();
            default -> throw new WireException("'" + name + "' is not a command");
        };
    }

    private static byte[] bytes(JsonObject json) throws WireException {
        return json.has("text")
                ? Utf8.encode(json.text("text"), "text")
                : Base64.getDecoder().decode(json.text("base64"));
    }
}
