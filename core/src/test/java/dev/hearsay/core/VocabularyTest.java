package dev.hearsay.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Origin ORIGIN = new Origin(new NodeId("127.0.0.1", 7001), 42);

    private static Rumor rumor(String text) {
        return Rumor.of(TestSha256.JDK, ORIGIN, 1, 5, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7001", "localhost:1", "[::1]:65535", "node-1.example:80"})
    void addressesReadAsTheyPrint(String text) {
        assertThat(NodeId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "7001", "host:", ":7001", "host:0", "host:65536", "host:x", "::1:7001", "[]:7"})
    void whatIsNoAddressIsRefusedWithTheTextInTheSentence(String text) {
        assertThatThrownBy(() -> NodeId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void rumorIdsReadAsTheyPrint() {
        RumorId id = rumor("apple").id();
        assertThat(id.toString()).hasSize(64).startsWith(id.brief());
        assertThat(RumorId.parse(id.toString())).isEqualTo(id).isEqualByComparingTo(id);
        assertThat(RumorId.parse("f".repeat(64))).isEqualTo(new RumorId(-1, -1, -1, -1));
        assertThatThrownBy(() -> RumorId.parse("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RumorId.parse("ab")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRumorWhoseContentWasChangedIsNotGenuine() {
        Rumor rumor = rumor("apple");
        assertThat(rumor.isGenuine(TestSha256.JDK)).isTrue();
        byte[] other = "grape".getBytes(StandardCharsets.UTF_8);
        assertThat(new Rumor(rumor.id(), ORIGIN, 1, 5, 1, other).isGenuine(TestSha256.JDK))
                .isFalse();
        assertThat(new Rumor(rumor.id(), ORIGIN, 2, 5, 1, rumor.payload()).isGenuine(TestSha256.JDK))
                .isFalse();
        assertThat(new Rumor(rumor.id(), ORIGIN, 1, 6, 1, rumor.payload()).isGenuine(TestSha256.JDK))
                .isFalse();
        assertThat(new Rumor(rumor.id(), ORIGIN, 1, 5, 2, rumor.payload()).isGenuine(TestSha256.JDK))
                .isFalse();
        Origin otherLife = new Origin(ORIGIN.node(), 43);
        assertThat(new Rumor(rumor.id(), otherLife, 1, 5, 1, rumor.payload()).isGenuine(TestSha256.JDK))
                .isFalse();
    }

    @Test
    void rumorsAreNumberedFromOneAndRelayedAtLeastOnce() {
        byte[] payload = {};
        RumorId id = rumor("x").id();
        assertThatThrownBy(() -> new Rumor(id, ORIGIN, 0, 5, 1, payload)).hasMessageContaining("numbered from 1");
        assertThatThrownBy(() -> new Rumor(id, ORIGIN, 1, 5, 0, payload)).hasMessageContaining("1 to 100");
        assertThatThrownBy(() -> new Rumor(id, ORIGIN, 1, 5, 101, payload)).hasMessageContaining("1 to 100");
    }

    /** The first numbers of the reference implementation for the seed 1234567. */
    @Test
    void splitMixGivesThePublishedNumbers() {
        Random64 random = new Random64(1234567);
        assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    @Test
    void boundedNumbersAreUniformAndSplitsDiffer() {
        Random64 random = new Random64(7);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[random.nextInt(10)]++;
        }
        // Five standard deviations of a binomial with n = 100,000 and p = 0.1 are 474.
        for (int count : counts) {
            assertThat(count).isBetween(10_000 - 474, 10_000 + 474);
        }
        assertThat(random.split(1).nextLong()).isNotEqualTo(random.split(2).nextLong());
        assertThat(random.split(1).nextLong()).isEqualTo(random.split(1).nextLong());
        assertThat(random.nextLong(1L << 40)).isBetween(0L, (1L << 40) - 1);
        assertThat(random.nextDouble()).isBetween(0.0, 1.0);
    }

    /** Whatever its signature is worth: nobody hashes what is longer than a peer's word can be. */
    @Test
    void aDeclarationOfTooManyNeighboursIsNotGenuine() {
        Signature signature = Signature.of(new byte[Signature.BYTES]);
        PublicKey key = new PublicKey(1, 2, 3, 4);
        Signatures believing = new Signatures() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(byte[] content) {
                return signature;
            }

            @Override
            public boolean isValid(PublicKey signer, byte[] content, Signature of) {
                return true;
            }
        };
        Statement life = new Statement(Statement.Change.REGISTER, ORIGIN.node(), 1, key);
        List<NodeId> most = Collections.nCopies(Declaration.NEIGHBOURS_MAX, ORIGIN.node());
        assertThat(new Declaration(life, 1, most, signature).isGenuine(believing))
                .isTrue();
        List<NodeId> more = Collections.nCopies(Declaration.NEIGHBOURS_MAX + 1, ORIGIN.node());
        assertThat(new Declaration(life, 1, more, signature).isGenuine(believing))
                .isFalse();
    }
}
