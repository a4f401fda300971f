package dev.hearsay.live.api;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.wire.JsonObject;
import dev.hearsay.wire.RecordJson;
import dev.hearsay.wire.WireException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node answers to {@code GET /members}.
 *
 * @param hash of a list that seeds decide; empty if they do not
 */
public record MembersAnswer(NodeId node, List<Member> members, String hash) {

    /**
     * One line of it.
     *
     * @param state {@code member} or {@code removed}
     * @param incarnation 0 where no seeds decide
     * @param key null where no seeds decide
     * @param signedBy the seeds that have signed it
     */
    public record Member(
            NodeId peer,
            String state,
            long incarnation,
            @Nullable PublicKey key,
            List<NodeId> signedBy) {

        /** Of a list that no seeds decide. */
        static Member of(NodeId peer) {
            return new Member(peer, "member", 0, null, List.of());
        }

        public boolean isRemoved() {
            return state.equals("removed");
        }

        String toJson() {
            return JSON.line(this);
        }
    }

    private static final RecordJson JSON = new RecordJson()
            .absent(Member.class, "incarnation", 0L)
            .nullable(Member.class, "key")
            .absent(Member.class, "signedBy", List.of())
            .absent(MembersAnswer.class, "hash", "");

    /** Of a list that no seeds decide. */
    public static MembersAnswer of(NodeId node, Collection<NodeId> members) {
        return new MembersAnswer(node, members.stream().map(Member::of).toList(), "");
    }

    public String toJson() {
        return JSON.line(this);
    }

    public static MembersAnswer read(JsonObject json) throws WireException {
        return JSON.read(MembersAnswer.class, json);
    }
}
