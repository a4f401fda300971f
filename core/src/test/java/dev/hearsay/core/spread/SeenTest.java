package dev.hearsay.core.spread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RelayedRumor;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.TestSha256;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeenTest {

    private static final Origin ORIGIN = new Origin(new NodeId("host", 1), 1);

    /** Against a map, whatever comes and goes in whatever order. */
    @Test
    void whatIsKeptIsFoundByNumber() {
        for (int randomSeed = 0; randomSeed < 200; randomSeed++) {
            Random64 random = new Random64(randomSeed);
            RumorLog log = new RumorLog(new Retention(1, 1000, 1 << 20));
            Seen seen = new Seen(ORIGIN);
            TreeMap<Long, RumorLog.Entry> expected = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                if (expected.isEmpty() || random.nextInt(100) < 55) {
                    long number = 1L + random.nextInt(100);
                    if (!expected.containsKey(number)) {
                        Rumor rumor = Rumor.of(TestSha256.JDK, ORIGIN, number, 1, 1, new byte[] {(byte) i});
                        RumorLog.Entry entry = log.add(new RelayedRumor(rumor, 0, List.of()), ORIGIN.node(), 1, 1);
                        seen.add(entry);
                        expected.put(number, entry);
                    }
                } else {
                    long number = random.nextInt(3) > 0
                            ? expected.firstKey()
                            : List.copyOf(expected.keySet()).get(random.nextInt(expected.size()));
                    seen.forget(expected.remove(number));
                }
                long first = 1L + random.nextInt(100);
                long last = random.nextInt(4) == 0 ? Long.MAX_VALUE : first + random.nextInt(50);
                assertThat(seen.within(first, last))
                        .as("random seed %s, step %s", randomSeed, i)
                        .isEqualTo(List.copyOf(
                                expected.subMap(first, true, last, true).values()));
                assertThat(seen.isIdle()).isEqualTo(expected.isEmpty());
            }
        }
    }
}
