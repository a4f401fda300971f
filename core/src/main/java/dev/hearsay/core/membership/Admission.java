package dev.hearsay.core.membership;

import dev.hearsay.core.NodeId;
import org.jspecify.annotations.Nullable;

/** Who may ask a seed to be registered, before anybody is examined or votes. */
public final class Admission {

    /**
     * The rules.
     *
     * @param peersPerHost how many peers of one host may be members; 0 for any number
     * @param peersPerLoopback the same for this machine's own loopback addresses
     * @param requestsPerHost how many requests of one host are taken at once, and
     * @param refillNanos after which time one more is
     * @param secret what a request must bring; empty if nothing
     */
    public record Rules(int peersPerHost, int peersPerLoopback, int requestsPerHost, long refillNanos, String secret) {
        /** 64 peers of one host, any number on loopback, bursts of 2,000 requests and 100 a second from one host, no secret. */
        public static final Rules OPEN = new Rules(64, 0, 2_000, 10_000_000L, "");

        public Rules {
            if (peersPerHost < 0 || peersPerLoopback < 0 || requestsPerHost < 1 || refillNanos < 1) {
                throw new IllegalArgumentException(
                        "admission needs at least one request per host at a time, and no negative number of peers");
            }
        }
    }

    private final Rules rules;
    private final TokenBuckets<String> requests;

    public Admission(Rules rules) {
        this.rules = rules;
        this.requests = new TokenBuckets<>(rules.requestsPerHost, rules.refillNanos);
    }

    /** Whether this is the secret; the time it takes says nothing about where it is wrong. */
    boolean isSecret(String offered) {
        int difference = rules.secret.length() ^ offered.length();
        for (int i = 0; i < rules.secret.length(); i++) {
            difference |= rules.secret.charAt(i) ^ (i < offered.length() ? offered.charAt(i) : 0);
        }
        return difference == 0;
    }

    /** Why this peer may not ask now; null if it may. */
    @Nullable
    String haste(long nowNanos, NodeId peer) {
        return requests.take(nowNanos, peer.host())
                ? null
                : "too many requests from " + peer.host() + "; try again later";
    }

    /** Why this peer's host may have no more members; null if it may. Every seed that votes asks this for itself. */
    @Nullable
    String crowd(NodeId peer, PeerList list) {
        int allowed = isLoopback(peer.host()) ? rules.peersPerLoopback : rules.peersPerHost;
        if (allowed == 0) {
            return null;
        }
        int there = 0;
        for (NodeId member : list.members()) {
            there += member.host().equals(peer.host()) && !member.equals(peer) ? 1 : 0;
        }
        return there < allowed
                ? null
                : peer.host() + " has " + there + " peers already, and " + allowed + " is the limit";
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
    }
}
