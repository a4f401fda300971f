package dev.hearsay.wire;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;

/**
 * Keeps join secrets out of recordings: the network's own becomes one word, every other one that somebody tried becomes another. Nodes compare secrets and do
 * nothing else with them, so they do the same with these words.
 */
public final class JoinSecret {

    static final String OWN = "(the secret)";
    static final String OTHER = "(another secret)";

    private JoinSecret() {}

    /** The word for a secret. */
    static String word(String secret, String own) {
        return secret.isEmpty() ? "" : secret.equals(own) ? OWN : OTHER;
    }

    /**
     * The message without a secret.
     *
     * @param own the secret of the network, as the node knows it; empty if it has none
     */
    public static Message hidden(Message message, String own) {
        return switch (message) {
            case RegistrationProtocol.RegisterRequest request -> hidden(request, own);
            case VotingProtocol.ProposeRegister(RegistrationProtocol.RegisterRequest request) ->
                new VotingProtocol.ProposeRegister(hidden(request, own));
            case VotingProtocol.ProposeRemove _, VotingProtocol.Vote _, RegistrationProtocol.Answers _ -> message;
            case PeerListProtocol.Requests _, PeerListProtocol.Answers _ -> message;
            case RemovalProtocol.Reports _, RemovalProtocol.Notices _, DeclarationProtocol.Messages _ -> message;
            case SuspicionProtocol.Messages _, HeartbeatProtocol.Messages _, LinkProtocol.Messages _ -> message;
            case RumorProtocol.Messages _, AntiEntropyProtocol.Messages _ -> message;
            case CommitProtocol.Messages _, StateProtocol.Messages _ -> message;
        };
    }

    private static RegistrationProtocol.RegisterRequest hidden(
            RegistrationProtocol.RegisterRequest request, String own) {
        return new RegistrationProtocol.RegisterRequest(
                request.statement(), request.proof(), word(request.secret(), own));
    }
}
