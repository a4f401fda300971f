package dev.hearsay.core.node;

import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.Context;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Statement;
import dev.hearsay.core.commit.Attestations;
import dev.hearsay.core.math.Ranges;
import dev.hearsay.core.membership.PeerList;
import org.jspecify.annotations.Nullable;

/** What members of a network with seeds sign about their versions. */
record PeerAttestations(NodeId self, Context context, PeerList list) implements Attestations {

    @Override
    public long incarnation(NodeId node) {
        Statement statement = list.registration(node);
        return statement == null ? 0 : statement.incarnation();
    }

    @Override
    public @Nullable Attestation sign(Ranges versions) {
        Statement own = list.registration(self);
        return own == null || !own.key().equals(context.signatures().publicKey())
                ? null
                : new Attestation(own.incarnation(), context.signatures().sign(own.versions(versions)));
    }

    @Override
    public boolean isGenuine(NodeId member, Ranges versions, Attestation attestation) {
        Statement theirs = list.registration(member);
        return theirs != null
                && theirs.incarnation() == attestation.incarnation()
                && context.signatures().isValid(theirs.key(), theirs.versions(versions), attestation.signature());
    }
}
