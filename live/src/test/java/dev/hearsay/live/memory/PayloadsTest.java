package dev.hearsay.live.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Bulky;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Rumor;
import dev.hearsay.core.RumorId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    private static final Origin ORIGIN = new Origin(new NodeId("a", 1), 1);

    private final MemoryBudget.Account account = new MemoryBudget.Account(3000);
    private final List<Bulky> away = new ArrayList<>();
    private final List<Bulky> again = new ArrayList<>();
    private final Payloads.Keeper one = new Keeper(1);
    private final Payloads.Keeper other = new Keeper(2);

    private final class Keeper implements Payloads.Keeper {
        private final NodeId node;

        Keeper(int number) {
            node = new NodeId("a", number);
        }

        @Override
        public NodeId node() {
            return node;
        }

        @Override
        public void putAway(Bulky thing) {
            away.add(thing);
        }

        @Override
        public void saveAgain(Bulky thing) {
            again.add(thing);
        }
    }

    private static void nobody() {}

    private static Rumor rumor(int number, int bytes) {
        return new Rumor(new RumorId(number, 1, 1, 1), ORIGIN, number, 1, 1, new byte[bytes]);
    }

    @Test
    void theOldestThatIsOnDiskMakesRoomAtEveryNodeThatHasIt() {
        Payloads payloads = new Payloads(account, true);
        payloads.added(rumor(1, 1000), one);
        payloads.added(rumor(1, 1000), other);
        payloads.added(rumor(2, 1000), one);
        payloads.added(rumor(3, 1000), one);
        assertThat(account.used()).as("the first is there once for both").isEqualTo(3000);
        payloads.written(one.node(), rumor(1, 1000));
        payloads.written(one.node(), rumor(2, 1000));
        assertThat(payloads.room(1000, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NOW);
        assertThat(away).as("of the first one node's is not on disk yet").containsExactly(rumor(2, 1000));
        payloads.added(rumor(4, 1000), one);
        payloads.written(other.node(), rumor(1, 1000));
        assertThat(payloads.room(1000, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NOW);
        assertThat(away).containsExactly(rumor(2, 1000), rumor(1, 1000), rumor(1, 1000));
        assertThat(account.used()).isEqualTo(2000);
    }

    @Test
    void whatIsBehindMakesRoomOnceItIsWritten() {
        Payloads payloads = new Payloads(account, true);
        List<String> heard = new ArrayList<>();
        payloads.added(rumor(1, 2000), one);
        assertThat(payloads.room(3001, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NONE);
        assertThat(payloads.room(2000, () -> heard.add("written"))).isEqualTo(Payloads.Room.SOON);
        assertThat(heard).isEmpty();
        payloads.written(one.node(), rumor(1, 2000));
        assertThat(heard).containsExactly("written");
        assertThat(payloads.room(2000, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NOW);
    }

    @Test
    void whatTheStoreCouldNotWriteIsSavedAgainWhenItsRoomIsWanted() {
        Payloads payloads = new Payloads(account, true);
        payloads.added(rumor(1, 2000), one);
        payloads.added(rumor(1, 2000), other);
        payloads.written(other.node(), rumor(1, 2000));
        payloads.lost(one.node(), rumor(1, 2000));
        assertThat(payloads.room(1000, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NOW);
        assertThat(again).as("nobody needs the room").isEmpty();
        assertThat(payloads.room(1001, PayloadsTest::nobody)).isEqualTo(Payloads.Room.SOON);
        assertThat(again).containsExactly(rumor(1, 2000));
        payloads.lost(one.node(), rumor(1, 2000));
        assertThat(payloads.room(1001, PayloadsTest::nobody))
                .as("the disk has just failed again")
                .isEqualTo(Payloads.Room.NONE);
        assertThat(away).as("what is nowhere else is kept").isEmpty();
    }

    @Test
    void withoutAStoreNothingMakesRoomUntilItIsForgotten() {
        Payloads payloads = new Payloads(account, false);
        payloads.added(rumor(1, 2000), one);
        assertThat(payloads.room(1001, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NONE);
        assertThat(payloads.hasRoom(rumor(1, 2000)))
                .as("what is there takes no more")
                .isTrue();
        assertThat(payloads.room(100, PayloadsTest::nobody))
                .as("what is small is counted elsewhere")
                .isEqualTo(Payloads.Room.NOW);
        payloads.removed(rumor(1, 2000), one);
        assertThat(payloads.room(3000, PayloadsTest::nobody)).isEqualTo(Payloads.Room.NOW);
    }

    @Test
    void ofANodeThatEndsNothingIsLeft() {
        Payloads payloads = new Payloads(account, true);
        payloads.added(rumor(1, 1000), one);
        payloads.added(rumor(2, 1000), one);
        payloads.added(rumor(2, 1000), other);
        payloads.removed(one);
        assertThat(account.used()).isEqualTo(1000);
    }

    @Test
    void nodesShareWhatIsTheSameAndNothingElse() {
        Payloads payloads = new Payloads(account, true);
        Rumor first = rumor(1, 1000);
        payloads.added(first, one);
        assertThat(payloads.shared(rumor(1, 1000))).isSameAs(first);
        Rumor forged = new Rumor(
                first.id(), ORIGIN, 1, 1, 1, "x".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(payloads.shared(forged)).isSameAs(forged);
        Rumor small = rumor(2, 10);
        assertThat(payloads.shared(small)).isSameAs(small);
    }
}
