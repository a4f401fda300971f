package dev.hearsay.core;

/** A context whose wall clock stands where the test puts it. */
public final class TestContext implements Context {

    public long wallMicros = 1_000_000;
    private final Random64 random;

    public TestContext(long randomSeed) {
        this.random = new Random64(randomSeed);
    }

    @Override
    public Random64 random() {
        return random;
    }

    @Override
    public Sha256 sha256() {
        return TestSha256.JDK;
    }

    @Override
    public long wallMicros() {
        return wallMicros;
    }
}
