package dev.hearsay.live.replay;

import dev.hearsay.core.Context;
import dev.hearsay.core.PublicKey;
import dev.hearsay.core.Random64;
import dev.hearsay.core.Sha256;
import dev.hearsay.core.Signature;
import dev.hearsay.core.Signatures;
import dev.hearsay.live.node.LiveContext;
import dev.hearsay.wire.RecordingLine;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outside as it was: gives the answers that the node got then, in their order. */
final class RecordedContext implements Context, Signatures {

    /** The node asks what it did not ask then. */
    static final class Astray extends RuntimeException {
        Astray(String question) {
            super(question);
        }
    }

    private final Random64 random;
    private final Sha256 sha256 = LiveContext.newSha256();
    private final @Nullable PublicKey key;
    private Iterator<Long> wall = List.<Long>of().iterator();
    private Iterator<Signature> signed = List.<Signature>of().iterator();
    private Iterator<Boolean> valid = List.<Boolean>of().iterator();

    RecordedContext(long randomSeed, @Nullable PublicKey key) {
        this.random = new Random64(randomSeed);
        this.key = key;
    }

    /** Gives these answers from now on. */
    void answer(RecordingLine.Answers answers) {
        wall = answers.wallMicros().iterator();
        signed = answers.signed().iterator();
        valid = answers.valid().iterator();
    }

    /** What the node asked then and did not ask now; empty if there is nothing. */
    String unasked() {
        if (wall.hasNext()) {
            return "read the wall clock";
        }
        if (signed.hasNext()) {
            return "signed something";
        }
        return valid.hasNext() ? "checked a signature" : "";
    }

    private static <T> T next(Iterator<T> answers, String question) {
        if (!answers.hasNext()) {
            throw new Astray(question);
        }
        return answers.next();
    }

    @Override
    public Random64 random() {
        return random;
    }

    @Override
    public Sha256 sha256() {
        return sha256;
    }

    @Override
    public Signatures signatures() {
        return this;
    }

    @Override
    public long wallMicros() {
        return next(wall, "reads the wall clock");
    }

    @Override
    public PublicKey publicKey() {
        if (key == null) {
            throw new Astray("asks for its key");
        }
        return key;
    }

    @Override
    public Signature sign(byte[] content) {
        return next(signed, "signs something");
    }

    @Override
    public boolean isValid(PublicKey signer, byte[] content, Signature signature) {
        return next(valid, "checks a signature");
    }
}
