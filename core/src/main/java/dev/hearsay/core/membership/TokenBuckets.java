package dev.hearsay.core.membership;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each of many may ask: a bucket holds what one may still ask, and is refilled as time passes (Turner 1986; RFC 2697). */
public final class TokenBuckets<K> {

    private static final class Bucket {
        long tokens;
        long refilledNanos;
    }

    /** Whoever asks is remembered up to here; then those that have been quiet are forgotten first. */
    private static final int MAX = 10_000;

    private final int capacity;
    private final long refillNanos;
    private final Map<K, Bucket> buckets = new LinkedHashMap<>();

    /**
     * All full.
     *
     * @param capacity how often one may ask at once, and
     * @param refillNanos after which time once more
     */
    public TokenBuckets(int capacity, long refillNanos) {
        this.capacity = capacity;
        this.refillNanos = refillNanos;
    }

    /** Whether this one may ask now; if so, it has. */
    public boolean take(long nowNanos, K who) {
        Bucket bucket = buckets.remove(who);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = capacity;
            bucket.refilledNanos = nowNanos;
            if (buckets.size() >= MAX) {
                buckets.remove(buckets.keySet().iterator().next());
            }
        }
        buckets.put(who, bucket);
        long refills = (nowNanos - bucket.refilledNanos) / refillNanos;
        bucket.tokens = Math.min(capacity, bucket.tokens + refills);
        bucket.refilledNanos += refills * refillNanos;
        if (bucket.tokens == 0) {
            return false;
        }
        bucket.tokens--;
        assert bucket.tokens >= 0 && bucket.tokens < capacity : "a bucket holds " + bucket.tokens + " of " + capacity;
        return true;
    }

    /** What this one has just asked costs nothing after all. */
    public void giveBack(K who) {
        Bucket bucket = buckets.get(who);
        if (bucket != null && bucket.tokens < capacity) {
            bucket.tokens++;
        }
    }
}
