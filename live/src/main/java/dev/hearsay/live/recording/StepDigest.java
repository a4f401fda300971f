package dev.hearsay.live.recording;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.CommitProtocol;
import dev.hearsay.core.DeclarationProtocol;
import dev.hearsay.core.Entry;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PeerListProtocol;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.RemovalProtocol;
import dev.hearsay.core.RumorProtocol;
import dev.hearsay.core.StateProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.VotingProtocol;
import dev.hearsay.wire.JoinSecret;
import dev.hearsay.wire.MessageJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The digest of all that one life has told and sent: after each step SHA-256 of the digest before it, the events as lines of the trace, and the messages as on the wire. */
public final class StepDigest {

    private static final int SHOWN_BYTES = 8;
    private static final String TYPE = "{\"type\":\"";

    private final String joinSecret;
    private final boolean isWhole;
    private final MessageJson json = new MessageJson();
    private final MessageDigest sha256;
    private final List<String> sent = new ArrayList<>();
    private byte[] state = new byte[0];
    private @Nullable Message last;
    private byte[] lastJson = new byte[0];

    /**
     * Of nothing yet.
     *
     * @param joinSecret is left out of it
     */
    public StepDigest(String joinSecret) {
        this(joinSecret, false);
    }

    /**
     * The same as recordings had it once.
     *
     * @param isWhole whether large payloads and values are in it; else only their length is, beside the id of a rumor, which is a digest of its payload
     */
    public StepDigest(String joinSecret, boolean isWhole) {
        this.joinSecret = joinSecret;
        this.isWhole = isWhole;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes an event, as a line of the trace. */
    public void told(String line) {
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }

    /** Takes a message. */
    public void sent(NodeId to, Message message) {
        // One message goes to many neighbours.
        if (last != message) {
            last = message;
            lastJson = json.write(JoinSecret.hidden(isWhole ? message : brief(message), joinSecret));
        }
        String text = new String(lastJson, 0, Math.min(lastJson.length, 64), StandardCharsets.UTF_8);
        String type = text.substring(TYPE.length(), text.indexOf('"', TYPE.length()));
        sent.add(to + " " + type);
        sha256.update((to + " ").getBytes(StandardCharsets.UTF_8));
        sha256.update(lastJson);
        sha256.update((byte) '\n');
    }

    private static Message brief(Message message) {
        return switch (message) {
            case RumorProtocol.Gossip(RelayedRumor carried)
            when carried.rumor().isLarge() -> new RumorProtocol.Gossip(brief(carried));
            case AntiEntropyProtocol.Repair(List<RelayedRumor> rumors, boolean more) ->
                new AntiEntropyProtocol.Repair(
                        rumors.stream().map(StepDigest::brief).toList(), more);
            case StateProtocol.Entries(List<Entry> entries, List<String> wants, boolean more) ->
                new StateProtocol.Entries(
                        entries.stream()
                                .map(entry -> entry.isLarge() ? entry.away() : entry)
                                .toList(),
                        wants,
                        more);
            case RumorProtocol.Gossip _ -> message;
            case AntiEntropyProtocol.Summary _, AntiEntropyProtocol.Digest _, AntiEntropyProtocol.Pull _ -> message;
            case StateProtocol.StateBuckets _, StateProtocol.StateDigest _ -> message;
            case CommitProtocol.Messages _, LinkProtocol.Messages _, HeartbeatProtocol.Messages _ -> message;
            case DeclarationProtocol.Messages _, SuspicionProtocol.Messages _, VotingProtocol.Messages _ -> message;
            case RegistrationProtocol.Requests _, RegistrationProtocol.Answers _ -> message;
            case PeerListProtocol.Requests _, PeerListProtocol.Answers _ -> message;
            case RemovalProtocol.Reports _, RemovalProtocol.Notices _ -> message;
        };
    }

    private static RelayedRumor brief(RelayedRumor carried) {
        return carried.rumor().isLarge()
                ? new RelayedRumor(carried.rumor().away(), carried.hops(), carried.path())
                : carried;
    }

    /** What was sent since the last step, as recordings say it. */
    public List<String> takeSent() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Ends the step; returns the first 16 hexadecimal digits of the digest. */
    public String endStep() {
        sha256.update(state);
        state = sha256.digest();
        return HexFormat.of().formatHex(state, 0, SHOWN_BYTES);
    }
}
