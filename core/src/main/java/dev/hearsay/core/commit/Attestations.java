package dev.hearsay.core.commit;

import dev.hearsay.core.CommitProtocol.Attestation;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.math.Ranges;
import org.jspecify.annotations.Nullable;

/** What members sign where they have keys: which versions they have. */
public interface Attestations {

    /** In which life a node is a member; 0 if it is none. */
    long incarnation(NodeId node);

    /** Signs that this node has these; null if it is no member yet. */
    @Nullable
    Attestation sign(Ranges versions);

    /** Whether a member itself has signed, in the life in which it is a member, that it has these. */
    boolean isGenuine(NodeId member, Ranges versions, Attestation attestation);
}
