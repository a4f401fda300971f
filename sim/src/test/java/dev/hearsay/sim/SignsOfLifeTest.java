package dev.hearsay.sim;

import static dev.hearsay.sim.SeededRun.MILLI;
import static dev.hearsay.sim.SeededRun.SECOND;
import static dev.hearsay.sim.SeededRun.peer;
import static dev.hearsay.sim.SeededRun.peers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.AntiEntropyProtocol;
import dev.hearsay.core.HeartbeatProtocol;
import dev.hearsay.core.LinkProtocol;
import dev.hearsay.core.Message;
import dev.hearsay.core.Part;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RegistrationProtocol;
import dev.hearsay.core.SuspicionProtocol;
import dev.hearsay.core.node.Node;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who lives is known by what only the living can know, and who is removed is forgotten. */
class SignsOfLifeTest {

    /** Somebody speaks ten times a second in the name of a dead peer, to everybody, and says in the names of all others that it lives; it is removed all the same. */
    @Test
    void nobodyKeepsADeadPeerAmongTheMembersByPingingInItsName() {
        for (long randomSeed = 1; randomSeed <= 10; randomSeed++) {
            SeededRun run = SeededRun.of(randomSeed, 3, 6, "loss", "5%").run(20 * SECOND);
            Random64 random = new Random64(randomSeed);
            Message lives = new SuspicionProtocol.SuspectReply(run.registration(4), null);
            run.kill(Victims.nodes(4));
            for (int i = 0; i < 450; i++) {
                for (int j : new int[] {0, 1, 2, 3, 5}) {
                    run.forge(peer(4), peer(j), new HeartbeatProtocol.Ping(i));
                    run.forge(peer(4), peer(j), new HeartbeatProtocol.Pong(random.nextLong()));
                    run.forge(peer(4), peer(j), new AntiEntropyProtocol.Summary(i, 0, 0));
                    for (int witness : new int[] {0, 1, 2, 3, 5}) {
                        run.forge(peer(witness), peer(j), lives);
                    }
                    if (i % 50 == 0) {
                        run.forge(peer(4), peer(j), new LinkProtocol.Link(List.of(peer(j)), true));
                    }
                }
                run.run(100 * MILLI);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(run.list(i).members())
                        .as("random seed %d, seed %d", randomSeed, i)
                        .isEqualTo(peers(0, 1, 2, 3, 5));
            }
            assertThat(run.measure(Measure.FALSE_REMOVALS)).isZero();
        }
    }

    /** Most of a large network goes for good: those who stay remember, and say, what they would had the others never been. */
    @Test
    void whoIsRemovedLeavesNoMemoryAndNoTraffic() {
        int stay = 8;
        SeededRun small = SeededRun.of(1, 3, stay).run(300 * SECOND);
        int all = 100;
        SeededRun run = SeededRun.of(1, 3, all).run(60 * SECOND);
        for (int last = all; last > stay; last -= 4) {
            run.kill(Victims.nodes(last - 1, last - 2, last - 3, last - 4));
            run.run(20 * SECOND);
        }
        run.run(120 * SECOND);
        run.told.clear();
        assertThat(run.list(0).members()).hasSize(stay);
        int remembered = 0;
        int usual = 0;
        for (int i = 0; i < stay; i++) {
            assertThat(run.peerAt(i).neighbours()).allMatch(neighbour -> neighbour.port() < stay);
            remembered += remembered(run.peerAt(i));
            usual += remembered(small.peerAt(i));
        }
        assertThat(remembered).isLessThan(usual * 3 / 2);
        assertThat(pingsPerMinute(run)).isLessThan(pingsPerMinute(small) * 5 / 4);
    }

    /** A thousand peers come and go, eight at a time: those who stay remember, and say, what they did before. */
    @Test
    @Tag("slow")
    void aThousandThatComeAndGoLeaveMemoryAndTrafficWhereTheyWere() {
        int stay = 8;
        int group = 8;
        SeededRun run = SeededRun.of(1, 3, stay + 1_000);
        run.run(0);
        List<ActiveFault> absent = new ArrayList<>();
        for (int first = stay; first < run.peers; first += group) {
            absent.add(run.kill(group(first, group)));
        }
        run.run(300 * SECOND);
        assertThat(run.list(0).members()).hasSize(stay);
        int remembered = remembered(run, stay);
        int messages = messagesPerMinute(run);
        for (int i = 0; i < absent.size(); i++) {
            run.start(absent.get(i));
            run.run(10 * SECOND);
            run.told.clear();
            assertThat(run.list(0).members()).contains(peer(stay + i * group));
            run.kill(group(stay + i * group, group));
            run.run(10 * SECOND);
        }
        run.run(120 * SECOND);
        assertThat(run.list(0).members()).hasSize(stay);
        assertThat(remembered(run, stay)).isLessThan(remembered * 5 / 4);
        assertThat(messagesPerMinute(run)).isLessThan(messages * 5 / 4);
    }

    private static Victims group(int first, int size) {
        return Victims.nodes(IntStream.range(first, first + size).boxed().toArray(Integer[]::new));
    }

    private static int remembered(SeededRun run, int peers) {
        return IntStream.range(0, peers).map(i -> remembered(run.peerAt(i))).sum();
    }

    private static int messagesPerMinute(SeededRun run) {
        int[] messages = new int[1];
        run.spy = message -> messages[0]++;
        run.run(60 * SECOND);
        run.told.clear();
        return messages[0];
    }

    private static int pingsPerMinute(SeededRun run) {
        int[] pings = new int[1];
        run.spy = message -> pings[0] += message instanceof HeartbeatProtocol.Ping ? 1 : 0;
        run.run(60 * SECOND);
        return pings[0];
    }

    /** Entries of all collections of the parts that watch and link. */
    private static int remembered(Node node) {
        return entries(node, new IdentityHashMap<>());
    }

    private static int entries(Object thing, Map<Object, Object> seen) {
        if (seen.put(thing, thing) != null) {
            return 0;
        }
        int entries = 0;
        try {
            for (Field field : fields(thing.getClass())) {
                field.setAccessible(true);
                Object value = field.get(thing);
                if (value instanceof Map<?, ?> map) {
                    entries += map.size();
                    for (Object one : map.values()) {
                        entries += one instanceof Collection<?> many ? many.size() : 0;
                    }
                } else if (value instanceof Collection<?> many) {
                    entries += many.size();
                } else if (value instanceof Part[] parts) {
                    for (Part part : parts) {
                        entries += part != null && isWatched(part.getClass()) ? entries(part, seen) : 0;
                    }
                } else if (value != null && isWatched(value.getClass())) {
                    entries += entries(value, seen);
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return entries;
    }

    private static List<Field> fields(Class<?> kind) {
        List<Field> fields = new ArrayList<>(List.of(kind.getDeclaredFields()));
        Class<?> parent = kind.getSuperclass();
        if (parent != null && parent.getName().startsWith("dev.hearsay.")) {
            fields.addAll(fields(parent));
        }
        fields.removeIf(field -> Modifier.isStatic(field.getModifiers()));
        return fields;
    }

    private static boolean isWatched(Class<?> kind) {
        String name = kind.getName();
        return name.startsWith("dev.hearsay.core.detect.") || name.startsWith("dev.hearsay.core.overlay.");
    }

    /** A peer that was removed and comes back is linked again, like anybody. */
    @Test
    void whoComesBackIsLinkedAgain() {
        SeededRun run = SeededRun.of(1, 3, 12, "topology", "powerlaw:1:3").run(20 * SECOND);
        ActiveFault killed = run.kill(Victims.nodes(5));
        run.run(40 * SECOND);
        run.start(killed);
        run.told.clear();
        run.run(40 * SECOND);
        assertThat(run.peerAt(5).neighbours()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(run.told(RegistrationProtocol.Registered.class)).isNotEmpty();
        assertThat(run.simulation.findFault()).isNull();
    }
}
