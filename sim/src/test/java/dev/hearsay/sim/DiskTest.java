package dev.hearsay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearsay.core.Fact;
import dev.hearsay.core.MembershipProtocol;
import dev.hearsay.core.NodeId;
import dev.hearsay.core.Origin;
import dev.hearsay.core.Random64;
import dev.hearsay.core.RumorProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiskTest {

    private final Disk disk = new Disk();

    private static Fact binding(int number) {
        return new RumorProtocol.Began(new Origin(new NodeId("sim", number), 1));
    }

    private static Fact other(int number) {
        return new MembershipProtocol.Admitted(new NodeId("sim", number));
    }

    @Test
    void aCrashLosesWhatIsNotDurableAndSaysWhichPromisesAreGone() {
        disk.save(binding(1));
        disk.save(other(2));
        int place = disk.save(binding(3));
        disk.sync(place, fact -> {});
        disk.save(other(4));
        disk.writeBehind();
        disk.save(other(5));
        disk.save(binding(6));
        List<Fact> lost = new ArrayList<>();
        disk.crash(lost::add);
        assertThat(lost).containsExactly(binding(6));
        assertThat(disk.facts()).containsExactly(binding(1), other(2), binding(3), other(4));
    }

    @Test
    void onlyBindingFactsAreMadeDurableByASync() {
        disk.save(other(1));
        List<Fact> durable = new ArrayList<>();
        disk.sync(disk.save(binding(2)), durable::add);
        assertThat(durable).containsExactly(binding(2));
        disk.crash(fact -> {});
        assertThat(disk.facts()).containsExactly(binding(2));
    }

    @Test
    void aFailureLosesTheBindingFactsThatWereToBeSynced() {
        disk.sync(disk.save(binding(1)), fact -> {});
        int place = disk.save(binding(2));
        disk.save(binding(3));
        assertThat(disk.fail(place)).containsExactly(binding(2));
        assertThat(disk.facts()).containsExactly(binding(1), binding(3));
    }

    @Test
    void aWipedDiskIsEmpty() {
        disk.sync(disk.save(binding(1)), fact -> {});
        disk.damage(DiskLoss.ALL, new Random64(1));
        assertThat(disk.facts()).isEmpty();
    }

    @Test
    void aDiskThatLosesItsTailLosesTheLastBindingFacts() {
        disk.save(binding(1));
        disk.sync(disk.save(binding(2)), fact -> {});
        disk.save(other(3));
        disk.sync(disk.save(binding(4)), fact -> {});
        disk.writeBehind();
        disk.loseTail(2);
        assertThat(disk.facts()).containsExactly(binding(1), other(3));
    }

    @Test
    void aTornWriteKeepsTheBeginningOfWhatWasBeingWritten() {
        Set<List<Fact>> seen = new HashSet<>();
        for (int randomSeed = 0; randomSeed < 50; randomSeed++) {
            Disk torn = new Disk();
            torn.sync(torn.save(binding(1)), fact -> {});
            torn.save(other(2));
            torn.save(binding(3));
            torn.save(binding(4));
            List<Fact> durable = new ArrayList<>();
            List<Fact> lost = new ArrayList<>();
            torn.tear(new Random64(randomSeed), durable::add);
            torn.crash(lost::add);
            durable.addAll(lost);
            assertThat(durable).containsExactly(binding(3), binding(4));
            seen.add(torn.facts());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        List.of(binding(1)),
                        List.of(binding(1), other(2)),
                        List.of(binding(1), other(2), binding(3)),
                        List.of(binding(1), other(2), binding(3), binding(4)));
    }

    @Test
    void anOldPageHasWhatWasThereBeforeAndPerhapsWhatCameAfter() {
        Set<List<Fact>> seen = new HashSet<>();
        for (int randomSeed = 0; randomSeed < 50; randomSeed++) {
            Disk old = new Disk();
            old.save(binding(1));
            old.sync(old.save(binding(2)), fact -> {});
            old.damage(DiskLoss.OLD_PAGE, new Random64(randomSeed));
            seen.add(old.facts());
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        List.of(), List.of(binding(1)), List.of(binding(2)), List.of(binding(1), binding(2)));
    }
}
