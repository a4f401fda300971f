package dev.hearsay.core.membership;

import dev.hearsay.core.Certificate;
import dev.hearsay.core.Message;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Signature;
import dev.hearsay.core.math.Quorum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vote that a seed has called, or is to call when its turn comes, and what has been said to it. */
final class Proposal {

    /** Reasons are for people, and go into answers and logs. */
    private static final int REASON_LENGTH_MAX = 200;

    final Message call;
    private final Map<NodeId, Signature> yes = new LinkedHashMap<>();
    private final Map<NodeId, String> no = new LinkedHashMap<>();

    /** Which of its timers counts; 0 until there is one. */
    long generation;

    /** When this seed's own vote was cast, and it could call the others'. */
    long readyNanos;

    boolean isCalled;

    /** Whether the peer is waiting for an answer of this seed. */
    boolean isAwaited;

    Proposal(Message call) {
        this.call = call;
    }

    /** What is left of a reason, if it is too long to be one. */
    static String brief(String reason) {
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX) + " …";
    }

    /** Whether nothing more is expected of this seed. A no is not signed, so it does not stand in the way of the seed's yes. */
    boolean hasVote(NodeId seed, boolean isYes) {
        return yes.containsKey(seed) || (!isYes && no.containsKey(seed));
    }

    /** Counts a vote. */
    void add(NodeId seed, @Nullable Signature signature, String reason) {
        if (signature == null) {
            no.put(seed, reason);
        } else {
            no.remove(seed);
            yes.put(seed, signature);
        }
        assert !yes.containsKey(seed) || !no.containsKey(seed) : seed + " counts twice";
    }

    Quorum.Outcome outcome(int voters) {
        return Quorum.outcome(voters, yes.size(), no.size());
    }

    int yesVotes() {
        return yes.size();
    }

    int answers() {
        return yes.size() + no.size();
    }

    /** Why seeds have said no, each with its name; empty if none has. */
    String reasons() {
        StringBuilder reasons = new StringBuilder();
        no.forEach((seed, reason) -> reasons.append(reasons.isEmpty() ? "" : "; ")
                .append(seed)
                .append(": ")
                .append(reason));
        return reasons.toString();
    }

    List<Certificate.Vote> votes() {
        List<Certificate.Vote> votes = new ArrayList<>();
        yes.forEach((seed, signature) -> votes.add(new Certificate.Vote(seed, signature)));
        return votes;
    }
}
