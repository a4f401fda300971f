package dev.hearsay.sim;

import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;

/**
 * Stands in for SHA-256: as wide, far quicker, the same everywhere, and without a collision in any run that could be
 * simulated; an enemy could make one easily.
 */
final class FastHash implements Sha256 {

    private static final int WORDS = 4;

    @Override
    public byte[] of(byte[] content) {
        long state = content.length;
        int at = 0;
        for (; at + Long.BYTES <= content.length; at += Long.BYTES) {
            state = Random64.mix(state ^ word(content, at, at + Long.BYTES));
        }
        state = Random64.mix(state ^ word(content, at, content.length));
        byte[] digest = new byte[WORDS * Long.BYTES];
        for (int i = 0; i < digest.length; i++) {
            if (i % Long.BYTES == 0) {
                state = Random64.mix(state + i + 1);
            }
            digest[i] = (byte) (state >>> (8 * (i % Long.BYTES)));
        }
        return digest;
    }

    private static long word(byte[] content, int from, int to) {
        long word = 0;
        for (int i = from; i < to; i++) {
            word = word << 8 | (content[i] & 0xff);
        }
        return word;
    }
}
