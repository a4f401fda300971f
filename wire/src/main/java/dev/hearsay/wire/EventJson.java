package dev.hearsay.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.Event;
import dev.hearsay.core.GeneratorProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.Stamp;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.Statement;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.core.math.Ranges;
import java.io.IOException;
import java.util.Collection;

/**
 * The fields of events in the trace, family by family; {@link CoreJson#TRACE} reads them. Without reflection, as the browser
 * writes them, too.
 */
final class EventJson {

    private EventJson() {}

    static void write(Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case RumorProtocol.Events rumor -> rumor(rumor, json);
            case GeneratorProtocol.Generated(int number, String text) -> fields(json, "number", number, "text", text);
            case AntiEntropyProtocol.Differed(var partner) -> fields(json, "partner", partner);
            case AntiEntropyProtocol.OwnLost(var from, long messages, long keys) ->
                fields(json, "from", from, "messages", messages, "keys", keys);
            case CommitProtocol.Committed(var versions, int members) ->
                fields(json, "versions", versions, "members", members);
            case StateProtocol.Written(String key, Stamp stamp, boolean isDeletion) -> {
                written(key, stamp, isDeletion, json);
            }
            case StateProtocol.EntryReceived(String key, Stamp stamp, boolean isDeletion, var from) -> {
                written(key, stamp, isDeletion, json);
                fields(json, "from", from);
            }
            case LinkProtocol.LinkUp(var neighbour, var reason) ->
                fields(json, "neighbour", neighbour, "reason", reason);
            case LinkProtocol.LinkDown(var neighbour, var reason) ->
                fields(json, "neighbour", neighbour, "reason", reason);
            case LinkProtocol.NeighboursDrawn(var neighbours) -> fields(json, "neighbours", neighbours);
            case HeartbeatProtocol.Suspected(var neighbour, int intervals) ->
                fields(json, "neighbour", neighbour, "intervals", intervals);
            case HeartbeatProtocol.Cleared(var neighbour) -> fields(json, "neighbour", neighbour);
            case HeartbeatProtocol.Silent(var neighbour) -> fields(json, "neighbour", neighbour);
            case HeartbeatProtocol.Reappeared(var neighbour) -> fields(json, "neighbour", neighbour);
            case SuspicionProtocol.SuspicionDecided(var accused, int confirmed, int witnesses, boolean majority) ->
                fields(json, "accused", accused, "confirmed", confirmed, "jurors", witnesses, "majority", majority);
            case SuspicionProtocol.DeadNodeReported(String text, int confirmations) ->
                fields(json, "text", text, "confirmations", confirmations);
            case MembershipProtocol.MemberAdded(var member) -> fields(json, "member", member);
            case MembershipProtocol.MemberDismissed(var member) -> fields(json, "member", member);
            case MembershipProtocol.MemberRemoved(var member, long incarnation) ->
                fields(json, "member", member, "incarnation", incarnation);
            case RegistrationProtocol.Events registration -> registration(registration, json);
            case PeerListProtocol.Events list -> list(list, json);
            case RemovalProtocol.Reported(var statement, var reporter, String text, var confirmed) ->
                fields(json, "statement", statement, "reporter", reporter, "text", text, "confirmed", confirmed);
            case VotingProtocol.Events vote -> vote(vote, json);
            case Lifecycle.Started(var neighbours, int remembered) ->
                fields(json, "neighbours", neighbours, "remembered", remembered);
            case Lifecycle.SeedStarted(int seeds, int quorum, var members) ->
                fields(json, "seeds", seeds, "quorum", quorum, "members", members);
            case Lifecycle.Departed(), Lifecycle.Stopped() -> {}
            case Lifecycle.Refused(String reason) -> fields(json, "reason", reason);
            case Lifecycle.Overflowed(var to, long messages) -> fields(json, "to", to, "messages", messages);
            case Lifecycle.FaultBegan(String fault, String what, long forNanos) ->
                fields(json, "fault", fault, "what", what, "forNanos", forNanos);
            case Lifecycle.FaultEnded(String fault, String reason) -> fields(json, "fault", fault, "reason", reason);
        }
    }

    private static void rumor(RumorProtocol.Events event, JsonGenerator json) throws IOException {
        switch (event) {
            case RumorProtocol.Published(var id, long sequence, int bytes) ->
                fields(json, "id", id, "sequence", sequence, "bytes", bytes);
            case RumorProtocol.Delivered(var id, var origin, var from, int hops, var path, var way) ->
                fields(json, "id", id, "origin", origin, "from", from, "hops", hops, "path", path, "way", way);
            case RumorProtocol.Duplicate(var id, var from, int hops) ->
                fields(json, "id", id, "from", from, "hops", hops);
            case RumorProtocol.Relayed(var id, var to, int round) -> fields(json, "id", id, "to", to, "round", round);
            case RumorProtocol.Forgotten(int rumors) -> fields(json, "rumors", rumors);
            case RumorProtocol.Converged(var id, int reached, long micros, int duplicates) ->
                fields(json, "id", id, "reached", reached, "micros", micros, "duplicates", duplicates);
        }
    }

    private static void written(String key, Stamp stamp, boolean isDeletion, JsonGenerator json) throws IOException {
        fields(
                json,
                "key",
                key,
                "micros",
                stamp.micros(),
                "count",
                stamp.count(),
                "writer",
                stamp.writer(),
                "isDeletion",
                isDeletion);
    }

    private static void registration(RegistrationProtocol.Events event, JsonGenerator json) throws IOException {
        switch (event) {
            case RegistrationProtocol.Applied(var statement, var seeds, int configured) ->
                fields(json, "configured", configured, "statement", statement, "seeds", seeds);
            case RegistrationProtocol.SeedsAnswered(var seeds, int configured) ->
                fields(json, "configured", configured, "seeds", seeds);
            case RegistrationProtocol.Registered(var statement, var seed) ->
                fields(json, "statement", statement, "seed", seed);
            case RegistrationProtocol.NotRegistered(String reason, long retryNanos) ->
                fields(json, "reason", reason, "retryNanos", retryNanos);
        }
    }

    private static void list(PeerListProtocol.Events event, JsonGenerator json) throws IOException {
        switch (event) {
            case PeerListProtocol.PeerListReceived(var seed, int changes, int members) ->
                fields(json, "seed", seed, "changes", changes, "members", members);
            case PeerListProtocol.ListChanged(var statement, var members) ->
                fields(json, "statement", statement, "members", members);
            case PeerListProtocol.KeyLearnt(var seed, var key) -> fields(json, "seed", seed, "key", key);
            case PeerListProtocol.SeedsWithoutQuorum(int reachable, int seeds) ->
                fields(json, "reachable", reachable, "seeds", seeds);
            case PeerListProtocol.SeedsWithQuorum(int reachable, int seeds) ->
                fields(json, "reachable", reachable, "seeds", seeds);
        }
    }

    private static void vote(VotingProtocol.Events event, JsonGenerator json) throws IOException {
        switch (event) {
            case VotingProtocol.Proposed(var statement, boolean ownVote, int needed) ->
                fields(json, "statement", statement, "ownVote", ownVote, "needed", needed);
            case VotingProtocol.Voted(var statement, var proposer, boolean yes, String reason) ->
                fields(json, "statement", statement, "proposer", proposer, "yes", yes, "reason", reason);
            case VotingProtocol.VoteReceived(
                    var statement,
                    var seed,
                    boolean yes,
                    String reason,
                    int has,
                    int needed) ->
                fields(
                        json,
                        "statement",
                        statement,
                        "seed",
                        seed,
                        "yes",
                        yes,
                        "reason",
                        reason,
                        "yesVotes",
                        has,
                        "needed",
                        needed);
            case VotingProtocol.Decided(var statement, boolean approved, int has, int voters, int needed, var reason) ->
                fields(
                        json,
                        "statement",
                        statement,
                        "approved",
                        approved,
                        "yesVotes",
                        has,
                        "voters",
                        voters,
                        "needed",
                        needed,
                        "reason",
                        reason);
        }
    }

    // --- Values ------------------------------------------------------------------------------------------------------

    /** Names and values in turn. */
    private static void fields(JsonGenerator json, Object... namesAndValues) throws IOException {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.writeFieldName((String) namesAndValues[i]);
            value(namesAndValues[i + 1], json);
        }
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Enum<?> word -> json.writeString(Variants.word(word));
            case Ranges ranges -> Json.numbers(json, ranges.toBounds());
            case Statement statement -> MembershipWriter.statement(statement, json);
            case Collection<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    json.writeString(item.toString());
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }
}
