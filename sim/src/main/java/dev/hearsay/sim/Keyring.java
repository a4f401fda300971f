package dev.hearsay.sim;

import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Stands in for Ed25519. It is no cryptography: this ring knows every secret, and checks a signature by making it again. But nobody else does, and a
 * node is handed only {@link Signatures} of its own; so within a simulation nobody can sign for another.
 */
final class Keyring {

    private static final Sha256 HASH = new FastHash();

    private final Random64 random;
    private final Map<PublicKey, Keys> byPublicKey = new HashMap<>();

    /**
     * An empty ring.
     *
     * @param random decides the secrets
     */
    Keyring(Random64 random) {
        this.random = random;
    }

    /** The key pair of that number; the same whenever it is asked for. */
    Signatures keys(long number) {
        Keys keys = new Keys(random.split(number).nextLong());
        return byPublicKey.computeIfAbsent(keys.publicKey, key -> keys);
    }

    private final class Keys implements Signatures {
        private final long secret;
        private final PublicKey publicKey;

        Keys(long secret) {
            this.secret = secret;
            this.publicKey = PublicKey.of(digest(new byte[0]));
        }

        /** The secret comes first, so that it decides how all that follows is mixed. */
        private byte[] digest(byte[] content) {
            byte[] both = new byte[Long.BYTES + content.length];
            for (int i = 0; i < Long.BYTES; i++) {
                both[i] = (byte) (secret >>> (8 * i));
            }
            System.arraycopy(content, 0, both, Long.BYTES, content.length);
            return HASH.of(both);
        }

        @Override
        public PublicKey publicKey() {
            return publicKey;
        }

        @Override
        public Signature sign(byte[] content) {
            return Signature.of(Arrays.copyOf(digest(content), Signature.BYTES));
        }

        @Override
        public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
            Keys owner = byPublicKey.get(signer);
            return owner != null && owner.sign(content).equals(signature);
        }
    }
}
