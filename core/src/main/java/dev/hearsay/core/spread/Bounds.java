package dev.hearsay.core.spread;

import dev.hearsay.core.AntiEntropyProtocol.Digest;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.math.Ranges;

/** What a node takes and keeps of rumors at most, and what each takes of its memory and of a message, in round numbers. */
final class Bounds {

    /**
     * No origin numbers its rumors further than this: whoever publishes more goes on as another origin. It does not depend on what a node knows of an
     * origin, for what one took and another refused, the two would compare for ever.
     */
    static final long SEQUENCE_MAX = 1L << 24;

    /** The same in stores of earlier versions. */
    static final long SAVED_MAX = 1L << 46;

    /** Origins of which a node knows something. */
    static final int ORIGINS_MAX = 1 << 16;

    /** Gaps in what a node has seen of one origin; people may number versions with gaps. */
    static final int RANGES_MAX = 1 << 12;

    /** The same of versions; fewer than a report may have, so that whatever is published can be committed. */
    static final int VERSION_RANGES_MAX = 1 << 13;

    /** Of a digest; where one bucket is larger, the receiver must do with what fits. */
    static final int DIGEST_BYTES = 256 << 10;

    static final int DIGEST_BYTES_MAX = 4 << 20;

    private static final int ENTRY_BYTES = 400;
    private static final int ORIGIN_BYTES = 300;
    private static final int NODE_BYTES = 64;
    private static final int RANGE_BYTES = 16;
    private static final int HOLDING_JSON_BYTES = 100;
    private static final int RANGE_JSON_BYTES = 24;

    private Bounds() {}

    /** The largest number that is taken of an origin; versions are numbered by people. */
    static long sequenceMax(Origin origin) {
        return origin.equals(Origin.VERSIONS) ? Long.MAX_VALUE : SEQUENCE_MAX;
    }

    /** The largest number that is believed of a node's own store. */
    static long savedMax(Origin origin) {
        return Math.max(sequenceMax(origin), SAVED_MAX);
    }

    /** Whether one more number would open one gap too many. */
    static boolean isTornBy(Origin origin, long sequence, Ranges seen) {
        int most = origin.equals(Origin.VERSIONS) ? VERSION_RANGES_MAX : RANGES_MAX;
        return seen.size() >= most
                && !seen.contains(sequence - 1)
                && (sequence == Long.MAX_VALUE || !seen.contains(sequence + 1));
    }

    static long bytes(RelayedRumor carried) {
        long bytes = (long) ENTRY_BYTES + carried.rumor().size();
        for (NodeId node : carried.path()) {
            bytes += NODE_BYTES + node.host().length();
        }
        return bytes;
    }

    static long bytes(Seen seen) {
        return (long) ORIGIN_BYTES
                + seen.origin().node().host().length()
                + (long) RANGE_BYTES * seen.numbers().size();
    }

    static long bytesInDigest(Seen seen) {
        return (long) HOLDING_JSON_BYTES
                + seen.origin().node().host().length()
                + (long) RANGE_JSON_BYTES * seen.numbers().size();
    }

    // --- Buckets of origins, see Digest ------------------------------------------------------------------------------

    static int bucket(Origin origin) {
        return (int) (start(origin) >>> (Long.SIZE - Integer.numberOfTrailingZeros(Digest.BUCKETS)));
    }

    static boolean isIn(Origin origin, long buckets) {
        return buckets == Digest.ALL || (buckets >>> bucket(origin) & 1) == 1;
    }

    /** Equal at two nodes for which the same counts as seen of this origin. */
    static long hash(Seen seen) {
        long hash = start(seen.origin());
        Ranges numbers = seen.numbers();
        for (int i = 0; i < numbers.size(); i++) {
            hash = Random64.mix(hash ^ numbers.first(i));
            hash = Random64.mix(hash ^ numbers.last(i));
        }
        return hash;
    }

    private static long start(Origin origin) {
        return Random64.mix(origin.epoch() ^ (long) origin.node().hashCode() << 32);
    }
}
