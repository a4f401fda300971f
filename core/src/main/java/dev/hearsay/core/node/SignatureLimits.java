package dev.hearsay.core.node;

import dev.hearsay.core.Context;
import dev.hearsay.core.Effects;
import dev.hearsay.core.Lifecycle;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.core.membership.TokenBuckets;

/**
 * The context of a machine whose messages are signed. To check a signature takes many times as long as to make one up, and anybody can write any name in {@code from}; so
 * each false one is charged to the name in which it came, and while too many have come in a name, what comes in it counts as false without being checked.
 */
final class SignatureLimits implements Context, Signatures {

    /** Of seeds much hangs on what they say, and there are few of them. */
    private static final int FALSE_OF_SEED = 4_000;

    private static final long SEED_REFILL_NANOS = 2_000_000L;
    private static final int FALSE_OF_OTHERS = 200;
    private static final long OTHERS_REFILL_NANOS = 50_000_000L;

    private final Context outside;
    private final TokenBuckets<NodeId> seeds = new TokenBuckets<>(FALSE_OF_SEED, SEED_REFILL_NANOS);
    private final TokenBuckets<NodeId> others = new TokenBuckets<>(FALSE_OF_OTHERS, OTHERS_REFILL_NANOS);
    private TokenBuckets<NodeId> charged = seeds;
    private NodeId sender;
    private long nowNanos;
    private boolean isMetered;
    private boolean hasSkipped;

    SignatureLimits(Context outside, NodeId self) {
        this.outside = outside;
        this.sender = self;
    }

    /** A message is taken: what is checked from now on is charged to its sender. All whom this node does not know share what one member has. */
    void begin(long atNanos, NodeId from, boolean isSeed) {
        nowNanos = atNanos;
        sender = from;
        charged = isSeed ? seeds : others;
        isMetered = true;
        hasSkipped = false;
    }

    /** The message has been dealt with. */
    void end(NodeId from, Effects effects) {
        isMetered = false;
        if (hasSkipped) {
            effects.tell(new Lifecycle.Refused(
                    "a signature from " + from + " is not checked: too many false ones have come in that name"));
        }
    }

    @Override
    public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
        if (isMetered && !charged.take(nowNanos, sender)) {
            hasSkipped = true;
            return false;
        }
        boolean isValid = outside.signatures().isValid(signer, content, signature);
        if (isMetered && isValid) {
            charged.giveBack(sender);
        }
        return isValid;
    }

    @Override
    public PublicKey publicKey() {
        return outside.signatures().publicKey();
    }

    @Override
    public Signature sign(byte[] content) {
        return outside.signatures().sign(content);
    }

    @Override
    public Signatures signatures() {
        return this;
    }

    @Override
    public Random64 random() {
        return outside.random();
    }

    @Override
    public Sha256 sha256() {
        return outside.sha256();
    }

    @Override
    public long wallMicros() {
        return outside.wallMicros();
    }
}
