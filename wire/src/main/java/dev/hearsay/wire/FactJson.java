package dev.hearsay.wire;

import dev.hearsay.core.Entry;
import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.VotingProtocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts that are not about rumors as JSON, for stores: a kind, what it is about, and a body. */
public final class FactJson {

    /** What a store keeps. A later row of the same kind and subject takes the place of an earlier one. */
    public record Row(String kind, String subject, String body) {}

    private static final String ENTRY = "entry";
    private static final String DISMISSED = "dismissed";

    static final Map<String, Class<? extends Fact>> TYPES = Map.of(
            "voted",
            VotingProtocol.VotedYes.class,
            "certified",
            PeerListProtocol.Certified.class,
            "applied",
            RegistrationProtocol.AppliedAs.class,
            "pinned",
            PeerListProtocol.Pinned.class,
            ENTRY,
            StateProtocol.Learnt.class,
            DISMISSED,
            MembershipProtocol.Dismissed.class);

    private FactJson() {}

    /**
     * The row of a fact.
     *
     * @throws IllegalArgumentException if it is about rumors
     */
    public static Row write(Fact fact) {
        return switch (fact) {
            case VotingProtocol.VotedYes(var statement) ->
                row("voted", statement.change() + " " + statement.peer(), fact);
            case PeerListProtocol.Certified(var certificate) ->
                row("certified", certificate.statement().peer(), fact);
            case RegistrationProtocol.AppliedAs(var statement, int start) -> row("applied", start, fact);
            case PeerListProtocol.Pinned(NodeId seed, PublicKey key) -> row("pinned", seed, fact);
            case StateProtocol.Wrote(Entry entry, Entry previous) ->
                row(ENTRY, entry.key(), new StateProtocol.Learnt(entry));
            case StateProtocol.Learnt(Entry entry, long learntMicros) -> row(ENTRY, entry.key(), fact);
            case MembershipProtocol.Dismissed(NodeId member) -> row(DISMISSED, member, fact);
            case StateProtocol.Dropped _, MembershipProtocol.Admitted _, RumorProtocol.Facts _ ->
                throw new IllegalArgumentException("a store has other rows for " + fact);
        };
    }

    private static Row row(String kind, Object subject, Fact fact) {
        return new Row(kind, subject.toString(), CoreJson.STORE.line(fact));
    }

    /** The row that is void by this fact, its body left out; null if there is none. */
    public static @Nullable Row voided(Fact fact) {
        if (fact instanceof StateProtocol.Dropped(String key)) {
            return new Row(ENTRY, key, "");
        }
        return fact instanceof MembershipProtocol.Admitted(NodeId member)
                ? new Row(DISMISSED, member.toString(), "")
                : null;
    }

    /** The fact of a row. */
    public static Fact read(String kind, String body) throws WireException {
        Class<? extends Fact> type = TYPES.get(kind);
        if (type == null) {
            throw new WireException("'" + kind + "' is not a kind of fact");
        }
        return CoreJson.STORE.read(type, body);
    }
}
